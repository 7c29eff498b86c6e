"""A course site of somebody else, such as Moodle, that shows the tutor: on another port, or another name."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from settings import LOOPBACK

PAGES = {
    "/script": '<script src="{tutor}/embed.js" defer></script>',
    "/left": '<script src="{tutor}/embed.js" data-side="left" defer></script>',
    "/frame": '<iframe src="{tutor}/" title="Course tutor" width="340" height="600"></iframe>',
}
AROUND = (
    '<!doctype html><html lang="en"><title>Another course</title><style>button {{ color: red; display: none }}</style>'
    "<main><h1>Another course</h1><p>Its own text.</p>{inside}</main></html>"
)


class CourseSite:
    """Serves ``PAGES``."""

    def __init__(self) -> None:
        self.tutor = ""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                inside = PAGES.get(self.path, "").format(tutor=site.tutor)
                body = AROUND.format(inside=inside).encode()
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                return

        self._server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def start(self) -> None:
        """Begin to serve."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._server.shutdown()
        self._server.server_close()
