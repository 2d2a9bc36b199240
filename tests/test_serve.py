"""`serve` as a contributor uses it: it prints its address, shows an edit, and survives a broken save."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
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

    def wait_until(self, true: Callable[[], bool], seconds: float = 40) -> None:
        deadline = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < deadline, self.log.read_text(encoding="utf-8")
            time.sleep(0.1)

    def files(self) -> list[str]:
        """Addresses of the pages."""
        return sorted({"", *re.findall(f"(?<=<loc>){self.address}([^<]*)", self.page("sitemap.xml"))})

    def builds_of_everything(self) -> int:
        return self.log.read_text(encoding="utf-8").count("Documentation built in")


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
    assert "가상 성" in server.page("cases/castle/"), "the last good page is still served"
    assert "Traceback" not in server.log.read_text(encoding="utf-8")
    (server.folder / "overrides/case.html").write_text(before, encoding="utf-8")
    assert server.page_with("cases/castle/", "가상 성")


def _served(server: Server) -> dict[str, str]:
    """All pages, without the number of the build that the server writes into them."""
    return {path: re.sub(r"livereload\(\d+, \d+\)", "", server.page(path)) for path in server.files()}


@pytest.mark.parametrize(
    ("path", "old", "new", "shown_on", "shown"),
    [
        ("docs/cases/castle.ko.md", "문을 연다", "문을 활짝 연다", "cases/castle/", "활짝"),
        ("docs/glossary/xr.en.md", "\n## ", "\nOne more word.\n\n## ", "en/glossary/xr/", "One more word."),
    ],
)
def test_a_word_builds_its_page_alone_and_just_as_a_build_of_everything_would(path, old, new, shown_on, shown, server):
    before = _edit(server, path, old, new)
    server.wait_for(f"Built anew: {path}")
    assert server.page_with(shown_on, shown)
    alone = _served(server)
    assert len(alone) > 20
    whole = server.builds_of_everything()
    template = server.folder / "overrides/case.html"
    template.write_text(template.read_text(encoding="utf-8"), encoding="utf-8")
    server.wait_until(lambda: server.builds_of_everything() > whole)
    assert server.page_with(shown_on, shown)
    assert alone == _served(server)
    (server.folder / path).write_text(before, encoding="utf-8")
    server.wait_until(lambda: shown not in server.page(shown_on))


def test_what_other_pages_show_of_a_page_is_built_there_too(server):
    before = _edit(server, "docs/glossary/xr.en.md", "description: ", "description: Truly, ")
    assert server.page_with("en/glossary/xr/", "Truly, ")
    users = [path for path, text in _served(server).items() if "Truly, " in text]
    assert len(users) > 1
    (server.folder / "docs/glossary/xr.en.md").write_text(before, encoding="utf-8")
    server.wait_until(lambda: "Truly, " not in server.page(users[-1]))


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("docs/cases/castle.en.md", "AI opens", "TODO AI opens", "leftover: "),
        ("docs/cases/castle.yml", "horizon: short", "horizon: brief", "schema: "),
    ],
)
def test_findings_are_shown_on_the_pages_until_they_are_mended(path, old, new, said, server):
    assert "/findings.js" in server.page("cases/castle/")
    before = _edit(server, path, old, new)
    assert server.page_with("findings.js", said), server.log.read_text(encoding="utf-8")
    (server.folder / path).write_text(before, encoding="utf-8")
    server.wait_until(lambda: said not in server.page("findings.js"))


def test_a_slip_in_the_code_is_told_with_its_place_and_the_server_lives_on(server):
    before = _edit(server, "scripts/view.py", "def views(", "def views((")
    server.wait_for(r"scripts/view\.py:\d+: ")
    assert "가상 성" in server.page("cases/castle/")
    (server.folder / "scripts/view.py").write_text(before, encoding="utf-8")
    whole = server.builds_of_everything()
    server.wait_until(lambda: server.builds_of_everything() > whole or "가상 성" in server.page("cases/castle/"))
    assert "Traceback" not in server.log.read_text(encoding="utf-8")


def test_code_that_a_running_server_cannot_read_anew_is_told(server):
    with (server.folder / "scripts/hooks.py").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert server.wait_for(r"scripts/hooks\.py changed; stop the server and start it again to see that")
    assert server.process.poll() is None
