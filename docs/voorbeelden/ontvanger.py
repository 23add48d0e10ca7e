"""A receiver of events of the sociale wegwijzer: verifies, remembers what it had, answers at once.

    pip install standardwebhooks
    WEBHOOK_SECRETS="whsec_..." python ontvanger.py

While a signing secret is being replaced, WEBHOOK_SECRETS may hold both, with a space between them.
"""

import binascii
import os
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from standardwebhooks import Webhook, WebhookVerificationError

LARGEST_BODY = 20_000


def verified(body, headers, secrets):
    """The event, when one of our secrets signed exactly this body in the last five minutes; else None.

    body: the bytes as they came in, not JSON that was read and written again.
    """
    for secret in secrets:
        try:
            return Webhook(secret).verify(body, headers)
        except (WebhookVerificationError, ValueError, binascii.Error):
            continue
    return None


class Inbox:
    """What was received. In a real system: a table with webhook-id as its primary key."""

    def __init__(self):
        self.events = {}

    def take(self, webhook_id, event):
        """Keep the event, once, before 204 is answered; work on it afterwards."""
        self.events.setdefault(webhook_id, event)


def receiver(secrets, inbox, port=8080):
    """A server that takes events in on 127.0.0.1."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            length = self.headers.get("content-length", "")
            if not length.isdecimal() or int(length) > LARGEST_BODY:
                return self.answer(413)
            event = verified(self.rfile.read(int(length)), dict(self.headers), secrets)
            if event is None:
                return self.answer(401)
            inbox.take(event["id"], event)
            return self.answer(204)

        def answer(self, status):
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    receiver(os.environ["WEBHOOK_SECRETS"].split(), Inbox()).serve_forever()
