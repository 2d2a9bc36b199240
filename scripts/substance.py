"""Whether the text of a page changed in substance, or only in its form."""

from __future__ import annotations

import re

# Pairs of particles that mean the same; which one is right follows from the sound before it.
_PARTICLES = re.compile(r"(?<=[\w)\]’”])(은|이|을|과|으로)(?![가-힣])")
_BESIDE = {"은": "는", "이": "가", "을": "를", "과": "와", "으로": "로"}
_QUOTES = str.maketrans("‘’“”", "''\"\"")


def substance(text: str) -> str:
    """A text without what `make fix` or a new line break may change: white space, form of particles and quotes."""
    text = _PARTICLES.sub(lambda match: _BESIDE[match[1]], text)
    return re.sub(r"\s+", "", text.translate(_QUOTES))
