"""The whole site in both languages as a folder that opens without a server, from a USB stick by `file://`.

Browsers then show no index.html for a folder, and give scripts no other file: links name their file, and what search needs
comes as plain scripts. What a page says of the site's own address (citations, canonical) stays.
"""

from __future__ import annotations

import json
import posixpath
import re
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from scripts.checks.built._site import Site
from scripts.content.book import LOCALES, address
from scripts.exports.archive import zipped
from scripts.finish.names import stamped
from scripts.view import View

NAME = "site-ko-en.zip"
_FOLDER = "site-ko-en/"  # so that unpacking makes one folder
_LEFT_OUT = ("packages/", "search/", "404.html", "_headers", "sitemap.xml", "sw.js", "offline.json")
_TAG = re.compile(r"""<([a-zA-Z][\w-]*)(?:"[^"]*"|'[^']*'|[^>"'])*>""")
_LINK = re.compile(r"""(?<=\s)(href|src|action)=("[^"]*"|'[^']*'|[^\s>]+)""")
_SEARCH = re.compile(r"""(?<=\s)data-says=("[^"]*"|'[^']*')""")
# Origins of files differ from browser to browser, so a policy of 'self' may shut out the copy's own scripts.
_POLICY = re.compile(r"""<meta (?=[^>]*Content-Security-Policy)(?:"[^"]*"|'[^']*'|[^>"'])*>""", re.IGNORECASE)
_NO_PACKAGES = re.compile(r"<p (?=[^>]*\bpackages\b)[^>]*>.*?</p>", re.DOTALL)


def site(built: Site, views: dict[str, View]) -> bytes:
    """A zip of every page, style, script and picture, with links that lead from file to file."""
    files = {name: (built.folder / name).read_bytes() for name in built.files if _goes_along(name)}
    for page in built.documents:
        text = (built.folder / page.path).read_text(encoding="utf-8")
        locale = "en" if page.url.startswith("en/") else "ko"
        files[page.path] = _page(built, page.url, text, views[locale].t("packages_online"), locale).encode()
    files["assets/from-disk.js"] = (Path(__file__).parent / "from_disk.js").read_bytes()
    for locale in LOCALES:
        files[f"assets/search-{locale}.js"] = _search(built, locale)
    return zipped({_FOLDER + name: data for name, data in files.items()})


def _goes_along(name: str) -> bool:
    return not name.startswith(_LEFT_OUT) and not name.endswith((".br", ".gz", ".html"))


def _page(built: Site, url: str, text: str, online: str, locale: str) -> str:
    up = "../" * url.count("/")

    def tag(match: re.Match) -> str:
        def link(found: re.Match) -> str:
            target = unescape(found[2].strip("\"'"))
            return f'{found[1]}="{escape(_by_file(built, url, target))}"'

        def says(found: re.Match) -> str:
            words = json.loads(unescape(found[1][1:-1]))
            words |= {key: value + "index.html" for key, value in words.items() if key.endswith("_url")}
            return f'data-says="{escape(json.dumps(words))}" data-local="{up}assets/search-{locale}.js"'

        return _SEARCH.sub(says, _LINK.sub(link, match[0]))

    text = _TAG.sub(tag, _POLICY.sub("", text))
    downloads = built.site_url.rstrip("/") + "/" + address("teach/downloads", locale)
    text = _NO_PACKAGES.sub(lambda _: f'<p><a href="{escape(downloads)}">{escape(online)}</a></p>', text)
    return text.replace(
        "<script defer src=", f'<script defer src="{up}assets/from-disk.js"></script><script defer src=', 1
    )


def _by_file(built: Site, url: str, target: str) -> str:
    """The target with the file that a server would have sent."""
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not parts.path:
        return target
    rest = target[len(parts.path) :]
    path = posixpath.normpath(posixpath.join("/", url, parts.path)).lstrip("/") + "/" * parts.path.endswith(("/", "."))
    path = "" if path == "/" else path
    if unquote(path) not in built.pages:
        return target
    return posixpath.relpath(path + "index.html", url or ".") + rest


def _search(built: Site, locale: str) -> bytes:
    """A script that sets what search needs in this language as one value."""
    folder = built.folder / "search"
    index = json.loads((folder / f"{locale}.json").read_text(encoding="utf-8"))
    texts = {}
    for page in index["pages"]:
        path = folder / page[0] / "text.json"
        page[0] += "index.html"
        if path.is_file():
            texts[page[0]] = json.loads(path.read_text(encoding="utf-8"))
    files = {
        "worker": stamped(built.folder, "search-worker.js").read_text(encoding="utf-8"),
        "box": stamped(built.folder, "search.js").read_text(encoding="utf-8"),
        "index": index,
        "texts": texts,
    }
    return f"globalThis.searchFiles = {json.dumps(files, ensure_ascii=False, separators=(',', ':'))};\n".encode()
