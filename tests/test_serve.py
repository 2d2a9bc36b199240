"""`serve` as a contributor uses it: it prints its address, shows an edit, and survives a broken save."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.environment import ROOT

COPIED = ("docs", "overrides", "scripts", "mkdocs.yml")


class Server:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "serve.log"
        code = "from scripts.build import serve; serve(port=8700)"
        with self.log.open("w") as log:
            self.process = subprocess.Popen([sys.executable, "-u", "-c", code], cwd=folder, stdout=log, stderr=log)
        self.address = self.wait_for(r"Serving on (http://127\.0\.0\.1:\d+/)")[1]

    def wait_for(self, pattern: str, seconds: float = 40) -> re.Match[str]:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if match := re.search(pattern, self.log.read_text(encoding="utf-8")):
                return match
            time.sleep(0.1)
        raise AssertionError(f"no {pattern!r} in:\n" + self.log.read_text(encoding="utf-8"))

    def page(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=20) as answer:
            return answer.read().decode()

    def page_with(self, path: str, words: str, seconds: float = 40) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if words in self.page(path):
                return True
            time.sleep(0.2)
        return False


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("project")
    for name in COPIED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    running = Server(folder)
    yield running
    running.process.terminate()
    running.process.wait(10)


def _edit(server: Server, path: str, old: str, new: str) -> str:
    file = server.folder / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text


@pytest.mark.parametrize(
    ("path", "old", "new", "shown_on", "shown"),
    [
        ("docs/cases/roblox.ko.md", "장터에 가깝고", "큰 장터에 가깝고", "cases/roblox/", "큰 장터에"),
        ("docs/cases/roblox.yml", "Roblox Corporation\ncountry", "Roblox Corp.\ncountry", "en/cases/roblox/", "Roblox Corp."),
        ("overrides/strings.yml", "verdict: Verdict", "verdict: Judgement", "en/cases/roblox/", "Judgement"),
        ("overrides/case.html", '<dl class="card">', '<dl class="card wide">', "cases/roblox/", "card wide"),
        ("scripts/view.py", 'return self.strings[key].format', 'return "§" + self.strings[key].format', "cases/roblox/", "§"),
        ("docs/assets/site.css", "/* Errata */", "/* The errata */", "assets/site.css", "The errata"),
    ],
)  # fmt: skip
def test_an_edit_shows_without_a_restart(path, old, new, shown_on, shown, server):
    before = _edit(server, path, old, new)
    assert server.page_with(shown_on, shown), server.log.read_text(encoding="utf-8")
    (server.folder / path).write_text(before, encoding="utf-8")


def test_a_broken_save_tells_its_finding_and_the_server_lives_on(server):
    before = _edit(server, "docs/cases/zepeto.yml", "horizon: short", "horizon: [short")
    server.wait_for(r"docs/cases/zepeto\.yml:\d+:\d+ yaml: ")
    assert "Traceback" not in server.log.read_text(encoding="utf-8")
    assert "제페토" in server.page("cases/zepeto/"), "the last good page is still served"
    (server.folder / "docs/cases/zepeto.yml").write_text(
        before.replace("horizon: short", "horizon: long"), encoding="utf-8"
    )
    assert server.page_with("en/cases/zepeto/", "Long term")
    (server.folder / "docs/cases/zepeto.yml").write_text(before, encoding="utf-8")
