"""A program: serve the real assistant, hold a conversation with it, and print what was imported.

One JSON list of module names on the standard output. Run by test_reachable.py in a process of its own.
"""

from __future__ import annotations

import json
import os
import sys

import httpx

from api.cli.local_server import serving
from tests.own_settings import own_settings

QUESTION = {"tekst": "Mijn man heeft beginnende dementie, waar kunnen we samen naartoe in Groningen?"}
PAGES = ("/", "/balie", "/integratie", "/docs", "/aanmelden", "/metrics", "/ready", "/v1/openapi.json")


def main() -> None:
    with serving(own_settings()) as address, httpx.Client(base_url=address) as client:
        conversation = client.post("/v1/gesprekken", json={}).json()["gesprekId"]
        client.post(f"/v1/gesprekken/{conversation}/berichten", json=QUESTION).raise_for_status()
        client.post("/v1/triage", json=QUESTION).raise_for_status()
        client.get("/v1/initiatieven", params={"zoek": "eenzaam"}).raise_for_status()
        for page in PAGES:
            client.get(page)
        names = sorted(sys.modules)
    os.write(1, json.dumps(names).encode())


if __name__ == "__main__":
    main()
