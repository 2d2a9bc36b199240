"""Compressed copies beside the files, for hosts that send them as they are (nginx `brotli_static`, Caddy `precompressed`)."""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

_ENDINGS = {".html", ".css", ".js", ".json", ".svg", ".xml", ".ics"}
_LEAST = 512  # bytes; below it headers weigh more than what is saved


def write(site: Path) -> None:
    """`x.html.br` and `x.html.gz` for every text of the site; what was compressed before is written anew."""
    files = [p for p in sorted(site.rglob("*")) if p.suffix in _ENDINGS and p.is_file() and p.stat().st_size >= _LEAST]
    with ThreadPoolExecutor() as pool:
        list(pool.map(_write, files))


def _write(path: Path) -> None:
    data = path.read_bytes()
    path.with_name(path.name + ".br").write_bytes(brotli.compress(data))
    path.with_name(path.name + ".gz").write_bytes(gzip.compress(data, 9, mtime=0))
