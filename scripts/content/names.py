"""Finding the names of cases and terms in running text, fast enough for a whole book."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

_PLURAL = re.compile(r"(?:e?s)?(?![A-Za-z0-9])")


class NameIndex:
    """Names → keys. The longest name wins.

    Names begin at a word. Latin names end at one too (a plural s is allowed);
    Korean names take particles, so nothing is asked of what follows them.
    Names without capitals match in any case, others only at the start of a
    sentence with their first letter raised.
    """

    def __init__(self, names: dict[str, str]) -> None:
        self._by_start: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for name, key in sorted(names.items(), key=lambda pair: (-len(pair[0]), pair[0])):
            self._by_start[name[:2].lower()].append((name.lower(), name, key))
        starts = "|".join(map(re.escape, sorted(self._by_start)))
        self._start = re.compile(rf"(?<![가-힣a-z0-9-])(?=[가-힣a-z0-9])(?={starts})")

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and key of every name, in order, without overlaps."""
        flat = re.sub(r"\s", " ", text)
        lower, done = flat.lower(), 0
        for word in self._start.finditer(lower):
            start = word.start()
            if start < done:
                continue
            for small, name, key in self._by_start[lower[start : start + 2]]:
                if lower.startswith(small, start) and (end := self._end(flat, start, name)):
                    yield start, end, key
                    done = end
                    break

    @staticmethod
    def _end(flat: str, start: int, name: str) -> int | None:
        stop = start + len(name)
        found = flat[start:stop]
        if name != name.lower() and found != name and found != name[0].upper() + name[1:]:
            return None
        if "가" <= name[-1] <= "힣":
            return stop
        tail = _PLURAL.match(flat, stop)
        return tail.end() if tail else None

    def blank(self, text: str) -> str:
        """The text with every name replaced by spaces."""
        for start, end, _ in self.find(text):
            text = text[:start] + " " * (end - start) + text[end:]
        return text
