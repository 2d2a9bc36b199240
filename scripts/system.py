"""What packages and tests need beside Python, and how it is got: Debian's packages, where we may install them."""

from __future__ import annotations

import os
import shutil
import subprocess

from scripts.environment import CannotRun

FONT = "NanumGothic"  # of the PDF and of the drawings in packages, in both languages


def install(*packages: str) -> bool:
    """From Debian, if this machine has it and we are root."""
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        return False
    print(f"Installing {', '.join(packages)} with apt-get (once) …", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ):
        if subprocess.run(command, env=environment, capture_output=True).returncode:
            return False
    return True


def need_font() -> None:
    """Raises CannotRun with what to install; a machine that cannot list its fonts is believed to have it."""
    if shutil.which("fc-list") and not _has_font() and not (install("fonts-nanum") and _has_font()):
        raise CannotRun(f"the font {FONT} is missing; install it (Debian: apt install fonts-nanum)")


def _has_font() -> bool:
    return bool(subprocess.run(["fc-list", f":family={FONT}"], capture_output=True).stdout.strip())


def need_java() -> None:
    """Raises CannotRun with what to install."""
    if not shutil.which("java") and not install("default-jre-headless"):
        raise CannotRun("the check of the e-book needs Java; install it (Debian: apt install default-jre-headless)")
