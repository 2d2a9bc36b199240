"""A Chromium for the browser tests and for printing: found, or installed where the machine allows it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.environment import CannotRun
from scripts.system import install

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The shell is the same engine without the window around pages, which costs tests most of their time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ADVICE = (
    "the browser tests need Chromium and it could not be installed here; "
    "install it (Debian: apt install chromium) or set CHROMIUM to its path"
)


@contextmanager
def running() -> Iterator[Browser]:
    """A Chromium that does not look for the network by itself."""
    from playwright.sync_api import sync_playwright

    path = chromium()  # before Playwright runs here, because looking for a browser starts it too
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", *quiet])
        yield browser
        browser.close()


def chromium() -> str:
    """Path of an executable. Raises CannotRun with what to install."""
    named = os.environ.get("CHROMIUM")
    if named:
        if os.access(named, os.X_OK):
            return named
        raise CannotRun(f"CHROMIUM={named} is not an executable")
    return _present() or _from_debian() or _from_playwright() or _give_up()


def _present() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _from_debian() -> str | None:
    for name in NAMES[:2]:
        if install(name, "fonts-nanum"):
            return shutil.which(name)
    return None


def _from_playwright() -> str | None:
    print("Installing Playwright's own Chromium (once) …", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True)
    return _playwrights_own()


def _give_up() -> str:
    raise CannotRun(ADVICE)
