"""The project's own logic: content model, checks, site build. Start at `__main__.py`."""
