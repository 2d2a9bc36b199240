"""Names that change with what is in the file, so that browsers may keep styles, scripts and pictures for good."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

_NAMED = re.compile(r"(?<=assets/)[a-z][a-z-]*\.(?:css|js|svg|png)\b")


def stamped(site: Path, name: str) -> Path:
    """The file that `name`, such as site.css, has become in a finished site."""
    stem, _, ending = name.rpartition(".")
    return next((site / "assets").glob(f"{stem}.????????.{ending}"))


def stamp(site: Path, pages: dict[Path, str]) -> None:
    """Renames `assets/site.css` to `assets/site.3f2a9c1b.css`, and every mention of it in pages, styles and scripts."""
    folder = site / "assets"
    sources = {path.name: path for path in sorted(folder.iterdir()) if _NAMED.fullmatch(f"assets/{path.name}", 7)}
    new_names: dict[str, str] = {}

    def new(name: str, asking: tuple[str, ...] = ()) -> str:
        if name in asking:
            raise ValueError(f"assets name each other in a circle: {' → '.join((*asking, name))}")
        if name not in new_names:
            body = sources[name].read_bytes()
            if not name.endswith(".png"):
                body = renamed(body.decode(), (*asking, name)).encode()
            stem, _, ending = name.rpartition(".")
            new_names[name] = f"{stem}.{hashlib.sha256(body).hexdigest()[:8]}.{ending}"
            sources[name].unlink()
            (folder / new_names[name]).write_bytes(body)
        return new_names[name]

    def renamed(text: str, asking: tuple[str, ...] = ()) -> str:
        return _NAMED.sub(lambda match: new(match[0], asking) if match[0] in sources else match[0], text)

    for path, text in pages.items():
        pages[path] = renamed(text)
    for name in sources:
        new(name)
