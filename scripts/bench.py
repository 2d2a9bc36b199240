"""Measures the site beside stock Material on the same pages, in one run on one machine: `make bench`.

Prints a Markdown table of ratios, then what scripts/bench_search.py measures. Seconds are those of the clock and the
median of some runs: let the machine do nothing else.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import brotli
import yaml
from playwright.sync_api import Browser

from scripts import bench_search
from scripts.environment import ROOT, CannotRun

RUNS = 3
EDITED = "docs/cases/roblox.en.md"
EDITED_AT = "en/cases/roblox/"
VIEWS = {
    "home": "",
    "chapter": "chapters/03-making-content/",
    "case": "cases/roblox/",
    "term": "glossary/digital-twin/",
}
STOCK = {
    "site_name": "Stock",
    "site_url": "https://stock.example/",
    "exclude_docs": "*.yml\n",
    "theme": {"name": "material", "language": "ko", "font": False},
    "plugins": [
        "search",
        {
            "i18n": {
                "docs_structure": "suffix",
                "fallback_to_default": False,
                "languages": [
                    {"locale": "ko", "name": "한국어", "default": True, "build": True},
                    {"locale": "en", "name": "English", "build": True},
                ],
            }
        },
    ],
    "markdown_extensions": ["admonition", "attr_list", "tables", "toc", "pymdownx.details", "pymdownx.superfences"],
}
Row = tuple[str, float, float, str]  # what, ours, stock, unit


def run(browser: Browser) -> Iterator[str]:
    """Lines of the report."""
    yield f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, Chromium {browser.version}"
    yield ""
    yield "| what | here | stock Material | ratio |"
    yield "|---|---:|---:|---:|"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours, stock = _projects(folder)
        for what, here, there, unit in _rows(folder, ours, stock, browser):
            yield f"| {what} | {here:.4g} {unit} | {there:.4g} {unit} | {here / there:.2f} |"
        yield ""
        yield from bench_search.run(folder / "built", browser)


def _projects(folder: Path) -> tuple[Path, Path]:
    """Copies of this project and of its Markdown under stock Material, to be built and edited."""
    ours, stock = folder / "ours", folder / "stock"
    for name in ("docs", "overrides", "scripts"):
        shutil.copytree(ROOT / name, ours / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", ours)
    shutil.copytree(ROOT / "docs", stock / "docs", ignore=shutil.ignore_patterns("*.yml", "*.js", "*.css"))
    for page in (stock / "docs").rglob("*.md"):
        prose = page.read_text(encoding="utf-8")
        page.write_text(re.sub(r"(?m)^template: .*\n", "", prose, count=1), encoding="utf-8")
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    nav = yaml.safe_load(text[text.index("\nnav:\n") :])
    (stock / "mkdocs.yml").write_text(
        yaml.safe_dump(STOCK | nav, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    return ours, stock


def _grow(project: Path, times: int) -> None:
    """Makes a book of about so many times the pages by copies of its cases and terms, in the navigation too."""
    docs, config = project / "docs", project / "mkdocs.yml"
    head, _, nav = config.read_text(encoding="utf-8").partition("\nnav:\n")
    sections = yaml.safe_load("nav:\n" + nav)["nav"]
    pages = sorted(path for folder in ("cases", "glossary") for path in (docs / folder).glob("*.??.md"))
    entries = [path for path in pages if not path.name.startswith("index.")]
    for number in range(round(len(list(docs.rglob("*.??.md"))) * (times - 1) / len(entries))):
        for path in entries:
            slug, _, rest = path.name.partition(".")
            shutil.copy(path, path.with_name(f"{slug}-{number}.{rest}"))
            if rest.startswith("ko"):
                _list_beside(sections, f"{path.parent.name}/{slug}", f"-{number}")
                if (data := path.with_name(f"{slug}.yml")).is_file():
                    shutil.copy(data, path.with_name(f"{slug}-{number}.yml"))
    config.write_text(head + "\n" + yaml.safe_dump({"nav": sections}, allow_unicode=True), encoding="utf-8")


def _list_beside(sections: list, key: str, ending: str) -> None:
    for section in sections:
        for pages in section.values() if isinstance(section, dict) else ():
            if isinstance(pages, list) and f"{key}.md" in pages:
                pages.append(f"{key}{ending}.md")


def _rows(folder: Path, ours: Path, stock: Path, browser: Browser) -> Iterator[Row]:
    pages = ["-m", "mkdocs", "build", "--quiet", "--site-dir"]
    there = _seconds(stock, [*pages, str(folder / "stock-built")])
    yield "build, pages by MkDocs alone", _seconds(ours, [*pages, str(folder / "pages")]), there, "s"
    whole = _seconds(ours, ["-m", "scripts.bench", str(folder / "built")])
    yield "build, checked and finished", whole, there, "s"
    code = "from scripts.build import serve; serve(port={})"
    here = _latency(ours, ["-c", code])
    there = _latency(stock, ["-m", "mkdocs", "serve", "--livereload", "--dev-addr", "127.0.0.1:{}"])
    yield "a word saved until the page has it", here, there, "s"
    for times in (4, 16):
        grown = []
        for project in (ours, stock):
            copy = folder / f"{project.name}-{times}"
            shutil.copytree(project, copy)
            _grow(copy, times)
            grown.append(_seconds(copy, [*pages, str(copy / "site")], runs=1))
            grown.append(sum(path.stat().st_size for path in (copy / "site").rglob("*") if path.is_file()) / 1e6)
            shutil.rmtree(copy)
        yield f"{times} times the pages, by MkDocs alone", grown[0], grown[2], "s"
        yield f"{times} times the pages, what is written", grown[1], grown[3], "MB"
    for name, address in VIEWS.items():
        first = [_first_view(browser, folder / site, address) for site in ("built", "stock-built")]
        for kind in first[1]["bytes"]:
            yield f"{name}, {kind}", *(one["bytes"].get(kind, 0) / 1000 for one in first), "KB"
        yield f"{name}, requests", *(one["requests"] for one in first), ""


def _seconds(project: Path, arguments: list[str], runs: int = RUNS) -> float:
    """Of the clock, median."""
    taken = []
    for _ in range(runs):
        begun = time.monotonic()
        done = subprocess.run([sys.executable, *arguments], cwd=project, env=_quiet(), capture_output=True, text=True)
        taken.append(time.monotonic() - begun)
        if done.returncode:
            raise CannotRun(f"{project.name} does not build:\n{done.stdout}{done.stderr}")
    return statistics.median(taken)


def _quiet() -> dict[str, str]:
    return os.environ | {"NO_MKDOCS_2_WARNING": "1"}


def _latency(project: Path, arguments: list[str]) -> float:
    """Seconds from a save to the page that has the new word, median of RUNS."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}/{EDITED_AT}"
    command = [sys.executable, *(argument.replace("{}", str(port)) for argument in arguments)]
    server = subprocess.Popen(command, cwd=project, env=_quiet(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    file = project / EDITED
    text = file.read_text(encoding="utf-8")
    try:
        _wait_for(address, "")
        taken = []
        for number in range(RUNS):
            time.sleep(2 + number / 7)  # not in step with the server's looks at its files
            begun = time.monotonic()
            file.write_text(f"{text}\nnewword{number}\n", encoding="utf-8")
            _wait_for(address, f"newword{number}")
            taken.append(time.monotonic() - begun)
        return statistics.median(taken)
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str, words: str, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=seconds) as answer:
                if words in answer.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.01)
    raise CannotRun(f"{address} did not show {words!r} within {seconds:.0f} seconds")


def _first_view(browser: Browser, site: Path, address: str) -> dict:
    """What an untouched phone loads of a page: bytes after brotli by kind, and requests."""
    context = browser.new_context(
        viewport={"width": 360, "height": 760}, has_touch=True, is_mobile=True, service_workers="block"
    )
    sizes: dict[str, int] = {"all": 0, "html": 0, "css": 0, "js": 0}
    requests = 0

    def answer(route) -> None:
        nonlocal requests
        requests += 1
        path = route.request.url.removeprefix(bench_search.ORIGIN).partition("?")[0]
        file = site / path / "index.html" if path.endswith("/") or not path else site / path
        if not file.is_file():
            route.fulfill(status=404)
            return
        size = len(brotli.compress(file.read_bytes()))
        sizes["all"] += size
        kind = file.suffix[1:]
        if kind in sizes:
            sizes[kind] += size
        route.fulfill(path=file)

    context.route("**/*", answer)
    page = context.new_page()
    page.goto(bench_search.ORIGIN + address, wait_until="networkidle")
    page.wait_for_timeout(500)
    context.close()
    return {"bytes": sizes, "requests": requests}


def _processor() -> str:
    file = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*: (.*)", file.read_text()) if file.is_file() else None
    return found[1] if found else platform.processor() or platform.machine()


if __name__ == "__main__":  # a build in a copy of the project, to be timed
    from scripts.build import build

    sys.exit(1 if build(target=Path(sys.argv[1])) else 0)
