"""What packages and tests need beside Python, and how it is got: Debian's packages, where we may install them."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import shutil
import subprocess
import tarfile
import urllib.request
from pathlib import Path

from scripts.environment import ROOT, CannotRun

FONT = "NanumGothic"  # of the PDF and of the drawings in packages, in both languages

# The Nu HTML checker as its makers publish it, and the sum that npm keeps of it.
CHECKER = "https://registry.npmjs.org/vnu-jar/-/vnu-jar-26.9.27.tgz"
CHECKER_SUM = "TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA=="


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
        raise CannotRun(
            "the checks of the e-book and of pages need Java; install it (Debian: apt install default-jre-headless)"
        )


def need_hunspell() -> None:
    """Raises CannotRun with what to install."""
    if not _spells() and not (install("hunspell", "hunspell-ko", "hunspell-en-us") and _spells()):
        raise CannotRun(
            "the spelling of prose needs hunspell with its Korean and English dictionaries; "
            "install them (Debian: apt install hunspell hunspell-ko hunspell-en-us)"
        )


def _spells() -> bool:
    if not shutil.which("hunspell"):
        return False
    known = [subprocess.run(["hunspell", "-d", name, "-l"], input=b"", capture_output=True) for name in ("ko", "en_US")]
    return all(one.returncode == 0 for one in known)


def html_checker() -> Path:
    """The checker's jar; fetched once. Raises CannotRun with what failed."""
    jar = ROOT / ".venv/vnu" / Path(CHECKER).stem / "vnu.jar"
    if jar.is_file():
        return jar
    print("Fetching the Nu HTML checker from npm (once) …", flush=True)
    try:
        with urllib.request.urlopen(CHECKER, timeout=120) as answer:
            packed = answer.read()
    except OSError as error:
        raise CannotRun(f"the check of pages needs {CHECKER}, which cannot be fetched: {error}") from None
    if base64.b64encode(hashlib.sha512(packed).digest()).decode() != CHECKER_SUM:
        raise CannotRun(f"{CHECKER} is not what was locked; nothing of it was kept")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        content = archive.extractfile("package/build/dist/vnu.jar").read()
    jar.parent.mkdir(parents=True, exist_ok=True)
    part = jar.with_suffix(".part")
    part.write_bytes(content)
    part.rename(jar)
    return jar
