"""The provider of provider.mjs as a process, and a browser without a screen that signs in there."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import httpx

from tests.compulsory import missing

FOLDER = Path(__file__).parent
CLIENT_ID, CLIENT_SECRET = "balie", "only-for-these-tests"


@contextmanager
def running_provider() -> Iterator[str]:
    """The issuer of a provider that runs in the block. Skips the test where it cannot run."""
    node = shutil.which("node")
    if not node:
        missing("no node: install node 20.19 or later with npm, then run .ci/oidc")
    if not (FOLDER / "node_modules" / "oidc-provider").is_dir():
        missing("no OpenID Connect provider: run .ci/oidc")
    command = [node, str(FOLDER / "provider.mjs")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def sign_in_there(address: str, practice: str, stop_before: str) -> str:
    """Follow `address` to the provider, sign in as `practice` and agree.

    The address to which the provider then sends the browser, which starts with `stop_before`.
    """
    with httpx.Client(timeout=10) as browser:
        answer = browser.get(address)
        for _ in range(20):
            if answer.is_redirect:
                goal = urljoin(str(answer.url), answer.headers["location"])
                if goal.startswith(stop_before):
                    return goal
                answer = browser.get(goal)
            else:
                answer = browser.post(**_filled_in(answer, practice))
    raise AssertionError(f"the provider did not send the browser back: {answer.status_code} {answer.text}")


def _filled_in(page: httpx.Response, practice: str) -> dict:
    """Where the form of the page goes, and what goes in it."""
    action = re.search(r'<form[^>]* action="([^"]+)"', page.text)
    assert action, page.text
    prompt = re.search(r'name="prompt" value="(\w+)"', page.text)[1]
    fields = (
        {"prompt": prompt, "login": practice, "password": "x"} if prompt == "login" else {"prompt": prompt}
    )
    return {"url": urljoin(str(page.url), html.unescape(action[1])), "data": fields}
