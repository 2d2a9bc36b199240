"""The checks: one module each, `check(book)` here and `check(site)` in `built/`, findings out.

A check is pure: no network, no globals, and it never stops at its first finding.
Every public module of a package is one; adding a file adds the check.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from scripts.checks import built
from scripts.content.book import Book
from scripts.findings import Finding


def modules(package: ModuleType) -> list[ModuleType]:
    """The checks of a package, in alphabetical order."""
    names = [m.name for m in pkgutil.iter_modules(package.__path__) if not m.ispkg and m.name[0] != "_"]
    return [import_module(f"{package.__name__}.{name}") for name in sorted(names)]


def check_source(book: Book) -> Iterator[Finding]:
    """Everything that needs no build."""
    import scripts.checks as package

    for module in modules(package):
        yield from module.check(book)


def check_built(site: object) -> Iterator[Finding]:
    """Everything that reads the built pages."""
    for module in modules(built):
        yield from module.check(site)
