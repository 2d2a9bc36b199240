"""All kinds of fault; a module a class."""

from mutations import KINDS, data, files, markup, prose, teaching

__all__ = ["KINDS", "data", "files", "markup", "prose", "teaching"]
