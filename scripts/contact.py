"""Where readers report an error without git: a mailbox, a form, or the issue form of the repository."""

from __future__ import annotations

import re
from urllib.parse import quote

ISSUE_FORM = "factual-error.yml"  # in .github/ISSUE_TEMPLATE; its field `page` is filled in
_ADDRESS = re.compile(r"mailto:[^\s@?&<>\"]+@[^\s@?&<>\"]+|https://[^\s/?#<>\"]+[^\s<>\"]*", re.IGNORECASE)


def read(setting: object) -> str:
    """The setting `extra.contact` of mkdocs.yml, empty where there is none. ValueError: it is neither a mailbox nor an
    https address."""
    text = "" if setting is None else str(setting).strip()
    if text and not _ADDRESS.fullmatch(text):
        raise ValueError(
            f"{text!r} is no address for reports; set CONTACT to mailto:name@host or https://…, or leave it empty"
        )
    return text


def report_url(contact: str, repository: str, page: str, subject: str) -> str | None:
    """Where to report an error on the page of this address. A mailbox gets the subject, the issue form of a
    repository on GitHub the page; None where neither is known."""
    if contact.lower().startswith("mailto:"):
        return f"{contact}?subject={quote(subject, safe='')}"
    if contact:
        return contact
    if repository.startswith("https://github.com/"):
        return f"{repository.rstrip('/')}/issues/new?template={ISSUE_FORM}&page={quote(page, safe='')}"
    return None
