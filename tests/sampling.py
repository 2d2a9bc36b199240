"""How much of what is many and alike a run tries: a share at each change, all of it in the weekly sweep (SWEEP=1)."""

from __future__ import annotations

import os
from collections.abc import Iterable

SWEEP = bool(os.environ.get("SWEEP"))


def some(items: Iterable, share: int, start: int = 0) -> list:
    """Every `share`-th item from the place `start` on; all of them in a sweep."""
    return list(items) if SWEEP else list(items)[start % share :: share]
