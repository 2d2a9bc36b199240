"""The Nu HTML checker, which the W3C runs, has nothing to say of any page."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from scripts.system import html_checker

# It reads files, so that 'self' of the pages' policy names no place for it.
BLIND = "Resource violates Content Security Policy"


def _said(*paths: Path) -> list[str]:
    command = ["java", "-Xss4m", "-jar", str(html_checker()), "--skip-non-html", "--format", "json", *map(str, paths)]
    answer = subprocess.run(command, capture_output=True, text=True).stderr
    messages = json.loads(answer)["messages"]
    return [
        f"{one['url']}:{one.get('lastLine')}:{one.get('lastColumn')} {one['message']} {one.get('extract', '')}"
        for one in messages
        if BLIND not in one["message"]
    ]


def test_every_page_is_valid_html(built: Path):
    assert _said(built) == []


def test_the_checker_speaks_where_there_is_something_to_say(tmp_path: Path):
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=ko><title>x</title><p><ul><li>y</ul></p>", encoding="utf-8")
    assert "No “p” element in scope" in "".join(_said(page))
