"""A small static server that answers as a good host of the built site would: its own 404 page, and `_headers`."""

from __future__ import annotations

import sys
import threading
from fnmatch import fnmatch
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Handler(SimpleHTTPRequestHandler):
    def parse_request(self) -> bool:
        """Nothing is answered any more once a test has set `gone` on the server."""
        return not getattr(self.server, "gone", False) and super().parse_request()

    def send_error(self, code: int, *rest: object) -> None:
        """The site's bilingual page for what is not there."""
        if code != 404:
            super().send_error(code, *rest)
            return
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        """With what `_headers` says of this address."""
        for name, value in told(Path(self.directory) / "_headers", self.path):
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Silent: test output is for findings."""


class Server(ThreadingHTTPServer):
    """Silent about browsers that go away in the middle of an answer."""

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def told(file: Path, address: str) -> list[tuple[str, str]]:
    """The headers that a file as Netlify and Cloudflare Pages read it gives an address."""
    headers, asked = [], False
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        if line.startswith("  ") and asked:
            name, _, value = line.strip().partition(": ")
            headers.append((name, value))
        elif not line.startswith("  "):
            asked = bool(line) and fnmatch(address.partition("?")[0], line)
    return headers


def serve(folder: Path) -> tuple[ThreadingHTTPServer, str]:
    """The running server and its address, ending in a slash."""
    server = Server(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}/"
