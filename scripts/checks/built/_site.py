"""The built site as the checks read it: every HTML page parsed, every file known."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

from scripts.content.book import Book
from scripts.findings import Finding


@dataclass
class BuiltPage:
    """`path` is the file below the site, `url` its address below the site's root."""

    path: str
    url: str
    root: html.HtmlElement
    ids: set[str] = field(default_factory=set)

    def finding(self, element: html.HtmlElement | None, id: str, message: str) -> Finding:
        return Finding(f"site/{self.path}", (element.sourceline if element is not None else None) or 1, 1, id, message)

    @property
    def locale(self) -> str:
        return "en" if self.url.startswith("en/") else "ko"


@dataclass
class Site:
    folder: Path
    book: Book
    site_url: str
    pages: dict[str, BuiltPage]
    files: set[str]

    @classmethod
    def read(cls, folder: Path, book: Book, site_url: str) -> Site:
        files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
        pages = {}
        parser = html.HTMLParser(encoding="utf-8")
        for path in sorted(f for f in files if f.endswith(".html")):
            root = html.document_fromstring((folder / path).read_bytes(), parser=parser)
            ids = {value for value in root.xpath("//@id")} | {value for value in root.xpath("//a/@name")}
            url = path.removesuffix("index.html")
            pages[url] = BuiltPage(path, url, root, ids)
        return cls(folder, book, site_url, pages, files)

    @property
    def documents(self) -> list[BuiltPage]:
        """All pages but those that stand alone: 404.html, and what sends readers on from where a page was."""
        moved = {old for old, name in self.book.moves if not name}
        return [page for page in self.pages.values() if page.url != "404.html" and page.url not in moved]

    def inside(self, page: BuiltPage, target: str) -> tuple[str, str] | None:
        """Address and anchor below the site's root that a reference of a page means; None if it leaves the site."""
        base = self.site_url.rstrip("/") + "/"
        whole = urlsplit(urljoin(base + page.url, target))
        home = urlsplit(base)
        if (whole.scheme, whole.netloc) != (home.scheme, home.netloc) or not whole.path.startswith(home.path):
            return None
        return unquote(whole.path.removeprefix(home.path)), unquote(whole.fragment)
