"""Pandoc, which writes the book as EPUB and the slides."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path

import pypandoc


def converted(html: str, to: str, day: date, options: list[str], files: Mapping[str, bytes]) -> bytes:
    """An HTML document in another format. `files` are what it and the options refer to; `day` is the date that pandoc
    writes wherever a format wants the time of making. Raises CalledProcessError with what pandoc says."""
    stamp = str(int(datetime.combine(day, time(), UTC).timestamp()))
    with tempfile.TemporaryDirectory() as folder:
        for name, data in {**files, "book.html": html.encode()}.items():
            (Path(folder) / name).write_bytes(data)
        command = [pypandoc.get_pandoc_path(), "--from=html", f"--to={to}", "--output=result", *options, "book.html"]
        environment = os.environ | {"SOURCE_DATE_EPOCH": stamp}
        subprocess.run(command, cwd=folder, env=environment, check=True, stderr=subprocess.PIPE)
        return (Path(folder) / "result").read_bytes()


def data_file(name: str) -> bytes:
    """One of the files that pandoc itself works from."""
    command = [pypandoc.get_pandoc_path(), f"--print-default-data-file={name}"]
    return subprocess.run(command, check=True, capture_output=True).stdout
