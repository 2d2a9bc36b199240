"""What the project's history says. Raises CannotRun where there is no repository."""

from __future__ import annotations

import io
import subprocess
import tarfile
from pathlib import Path

from scripts.environment import CannotRun


def run(root: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=root, capture_output=True)
    except FileNotFoundError:
        raise CannotRun("git is missing; install it") from None
    if done.returncode:
        raise CannotRun(f"git {arguments[0]}: {done.stderr.decode().strip() or 'failed'}")
    return done.stdout


def tags(root: Path) -> set[str]:
    return set(run(root, "tag", "--list").decode().split())


def unsaved(root: Path) -> list[str]:
    """Files that differ from the last commit, or that it does not know."""
    return [line[3:] for line in run(root, "status", "--porcelain").decode().splitlines()]


def changed(root: Path, since: str, folder: str) -> list[str]:
    """Files below a folder that are not as they were at a tag."""
    return run(root, "diff", "--name-only", since, "--", folder).decode().splitlines()


def unpack(root: Path, tag: str, into: Path) -> None:
    """The project as it was at a tag, without its history."""
    with tarfile.open(fileobj=io.BytesIO(run(root, "archive", "--format=tar", tag))) as archive:
        archive.extractall(into, filter="data")
