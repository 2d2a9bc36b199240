"""Checks of the built pages; see `scripts/checks/__init__.py`."""
