"""Checks of the packages that `make exports` writes; each takes a file's name and its bytes."""
