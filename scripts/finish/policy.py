"""What browsers are told to allow: nothing from elsewhere, no script but the site's own.

Each page carries its policy itself, because not every host sends headers; `_headers` (as Netlify and Cloudflare Pages
read it) says the same and what only a header can say. No `frame-ancestors`: Moodle shows a page that a lecturer links
inside a frame. https://www.w3.org/TR/CSP3/
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
_HEAD = re.compile(r"<meta charset=[^>]*>")
_RULES = (
    "default-src 'none'",
    "script-src 'self'{}",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)
_HEADERS = """\
/*
  Content-Security-Policy: {policy}
  Referrer-Policy: strict-origin-when-cross-origin
  X-Content-Type-Options: nosniff
  Permissions-Policy: camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()
  Cross-Origin-Opener-Policy: same-origin
  Cross-Origin-Resource-Policy: same-origin
  Cross-Origin-Embedder-Policy: require-corp

/assets/*
  Cache-Control: public, max-age=31536000, immutable
"""


def write(site: Path, pages: dict[Path, str]) -> None:
    """Puts the policy into every page, and the headers beside the pages."""
    hashes: set[str] = set()
    for path, text in pages.items():
        own = hashes_of(text)
        hashes |= own
        meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(own)}">'
        pages[path] = _HEAD.sub(lambda match, meta=meta: match[0] + meta, text, count=1)
    _write_headers(site, hashes)


def allow_all(site: Path) -> None:
    """Writes the headers anew for every page that is there by now: hosts send them with archived editions too."""
    _write_headers(site, {one for path in site.rglob("*.html") for one in hashes_of(path.read_text(encoding="utf-8"))})


def _write_headers(site: Path, hashes: set[str]) -> None:
    (site / "_headers").write_text(_HEADERS.format(policy=policy(hashes)), encoding="utf-8")


def hashes_of(page: str) -> set[str]:
    """The hash of every inline script of a page, as a policy names it."""
    return {
        "'sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() + "'"
        for script in _INLINE.findall(page)
    }


def policy(hashes: set[str]) -> str:
    """The policy of pages whose inline scripts have these hashes."""
    return "; ".join(_RULES).format("".join(f" {one}" for one in sorted(hashes)))
