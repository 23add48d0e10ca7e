"""Run as a program: a server with the doors that the bench asks, that answers the same to everything.

`python -m tests.cli.bench.fake_server PORT [CHILD]`: with CHILD it starts a process that outlives it. The
text `kapot` is answered with 500, `stil` with an empty list.
"""

from __future__ import annotations

import json
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body leave together: a second packet waits for the client, 40 ms each time

    def do_GET(self) -> None:  # noqa: N802 (name of the base class)
        self._answer(200, {"status": "ok"})

    def do_POST(self) -> None:  # noqa: N802
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/v1/gesprekken":
            self._answer(201, {"gesprekId": "een", "berichten": []})
        elif self.path == "/v1/gesprekken/een/berichten":
            self._answer(200, {"berichten": [{"tekst": f"U zei: {asked['tekst']}"}], "triage": None})
        elif self.path == "/v1/triage":
            self._answer(200, {"uitkomst": "sociaal"})
        elif asked["message"] == "kapot":
            self._answer(500, {"status": "failure"})
        elif asked["message"] == "stil":
            self._answer(200, [])
        else:
            said = {"recipient_id": asked["sender"], "text": f"U zei:\n {asked['message']}"}
            self._answer(200, [said, {"recipient_id": asked["sender"], "custom": {}}])

    def log_message(self, *_: object) -> None:
        pass

    def _answer(self, status: int, content: object) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
