"""`serve` as a contributor uses it: it prints its address, shows an edit, and survives a broken save."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import make_small_project


class Server:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "serve.log"
        with socket.socket() as probe:  # workers run side by side
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        code = f"from scripts.build import serve; serve(port={port})"
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
        try:
            with urllib.request.urlopen(self.address + path, timeout=20) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError:  # the page is being built
            return ""

    def page_with(self, path: str, words: str, seconds: float = 40) -> bool:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if words in self.page(path):
                return True
            time.sleep(0.2)
        return False


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(make_small_project(tmp_path_factory.mktemp("served") / "project"))
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
        ("docs/cases/castle.ko.md", "문을 연다", "문을 활짝 연다", "cases/castle/", "활짝"),
        ("docs/cases/castle.yml", "en: The keepers", "en: The wardens", "en/cases/castle/", "The wardens"),
        ("overrides/strings.yml", "verdict: Verdict", "verdict: Judgement", "en/cases/castle/", "Judgement"),
        ("overrides/case.html", '<dl class="card">', '<dl class="card wide">', "cases/castle/", "card wide"),
        ("scripts/view.py", "return self.strings[key].format", 'return "§" + self.strings[key].format', "cases/castle/", "§"),
        ("docs/assets/site.css", "/* Errata */", "/* The errata */", "assets/site.css", "The errata"),
    ],
)  # fmt: skip
def test_an_edit_shows_without_a_restart(path, old, new, shown_on, shown, server):
    before = _edit(server, path, old, new)
    assert server.page_with(shown_on, shown), server.log.read_text(encoding="utf-8")
    (server.folder / path).write_text(before, encoding="utf-8")


def test_a_broken_save_tells_its_finding_and_the_server_lives_on(server):
    before = _edit(server, "docs/cases/castle.yml", "horizon: short", "horizon: [short")
    server.wait_for(r"docs/cases/castle\.yml:\d+:\d+ yaml: ")
    assert "Traceback" not in server.log.read_text(encoding="utf-8")
    assert "가상 성" in server.page("cases/castle/"), "the last good page is still served"
    file = server.folder / "docs/cases/castle.yml"
    file.write_text(before.replace("horizon: short", "horizon: long"), encoding="utf-8")
    assert server.page_with("en/cases/castle/", "Long term")
    file.write_text(before, encoding="utf-8")


def test_a_broken_template_is_told_with_its_place(server):
    before = _edit(server, "overrides/case.html", "{% endblock %}", "{% endblok %}")
    server.wait_for(r"overrides/case\.html:\d+: Encountered unknown tag 'endblok'")
    assert "Traceback" not in server.log.read_text(encoding="utf-8")
    (server.folder / "overrides/case.html").write_text(before, encoding="utf-8")
    assert server.page_with("cases/castle/", "가상 성")
