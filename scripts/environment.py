"""The project's own Python environment: made from the hash-locked requirements, renewed when they change.

Uses the standard library only, because it runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
LOCK = ROOT / "requirements.txt"  # what building and checking needs
FULL_LOCK = ROOT / "requirements-test.txt"  # that, and what packages and tests need
NEED_ALL = ("bench", "editions", "exports", "release", "test")
STAMP = FOLDER / "requirements.sha256"  # of the lock that is installed
OLDEST = (3, 11)


class CannotRun(Exception):
    """Something outside the project is missing; the message says what to do."""


def interpreter() -> Path:
    return FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def enter(arguments: list[str]) -> None:
    """Makes sure that we run inside the environment; if not, starts again there and exits with its code."""
    if sys.version_info < OLDEST:
        raise CannotRun(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]}")
    enough = [FULL_LOCK] if arguments and arguments[0] in NEED_ALL else [LOCK, FULL_LOCK]
    installed = STAMP.read_text() if STAMP.is_file() and interpreter().exists() else ""
    if installed not in map(_hash, enough):
        _make(enough[0])
    if Path(sys.prefix).resolve() == FOLDER.resolve():
        return
    command = [str(interpreter()), "-m", "scripts", *arguments]
    try:
        raise SystemExit(subprocess.call(command, cwd=ROOT))
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _hash(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def _make(lock: Path) -> None:
    print(f"Setting up .venv from {lock.name} (once; takes a minute) …", flush=True)
    try:
        if not interpreter().exists():
            subprocess.run([sys.executable, "-m", "venv", str(FOLDER)], check=True, capture_output=True, text=True)
        subprocess.run(
            [str(interpreter()), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
             "--no-warn-script-location", "--require-hashes", "--only-binary", ":all:", "-r", str(lock)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
    except subprocess.CalledProcessError as error:
        said = ((error.stderr or "") + (error.stdout or "")).strip().splitlines()
        errors = [line for line in said if line.startswith("ERROR")] or said[-3:]
        hint = ""
        if "ensurepip" in " ".join(said):
            hint = "\nOn Debian and Ubuntu: apt install python3-venv"
        raise CannotRun("the environment could not be made:\n" + "\n".join(errors) + hint) from None
    STAMP.write_text(_hash(lock))
