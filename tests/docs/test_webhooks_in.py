"""docs/webhooks-in.md under test: its examples, and its client, against a real server."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import subprocess
import sys

import httpx
import pytest
from sociale_kaart.sentences import Sentences

from api.livechat.desk import TEXTS
from tests.browser.server import running
from tests.docs.markdown import ROOT, Page

pytestmark = pytest.mark.model

PAGE = Page(ROOT / "docs" / "webhooks-in.md")
CLIENT = ROOT / "docs" / "voorbeelden" / "klant.py"
TOKEN = "een-geheim-token-van-deze-test"
EXAMPLE = re.compile(r"^```sh\n(curl .*?)^```\n(?:\n```json\n(.*?)^```)?", re.S | re.M)


@pytest.fixture(scope="module")
def site(assistant):
    with running(assistant, CLIENT_TOKENS=hashlib.sha256(TOKEN.encode()).hexdigest()) as site:
        yield site


def fits(shown: object, answer: object) -> bool:
    """Whether what the page shows of an answer is true: `…` is anything, what is left out may be there."""
    if isinstance(shown, dict) and isinstance(answer, dict):
        return all(name in answer and fits(shown[name], answer[name]) for name in shown)
    if isinstance(shown, list) and isinstance(answer, list):
        return bool(shown) == bool(answer) and len(shown) <= len(answer) and all(map(fits, shown, answer))
    if isinstance(shown, str) and shown.endswith("…"):
        return isinstance(answer, str) and answer.startswith(shown[:-1])
    return shown == answer


def test_every_curl_example_gives_what_the_page_shows(site):
    examples = EXAMPLE.findall(PAGE.text)
    assert len(examples) == PAGE.text.count("```sh\ncurl") == 9
    for command, shown in examples:
        done = subprocess.run(
            ["bash", "-c", command],
            env={"PATH": os.environ["PATH"], "address": site.url, "token": TOKEN, "NO_PROXY": "*"},
            capture_output=True,
            text=True,
            check=True,
        )
        if shown:
            answer = json.loads(done.stdout)
            assert fits(json.loads(shown), answer), f"{command}\n{done.stdout}"
        else:
            assert all(json.loads(line)["recipient_id"] for line in done.stdout.splitlines())


def test_the_text_of_consent_stands_there_to_the_letter():
    assert PAGE.text.count(Sentences.load(TEXTS).say("toestemming")) == 2


@pytest.fixture(scope="module")
def example():
    """docs/voorbeelden/klant.py as a module."""
    spec = importlib.util.spec_from_file_location("klant", CLIENT)
    module = importlib.util.module_from_spec(spec)
    sys.modules["klant"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules["klant"]


@pytest.fixture
def http(site):
    with httpx.Client(base_url=site.url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60) as http:
        yield http


def test_the_client_talks_over_rasas_rest_channel(example, http):
    channel = example.RestChannel(http, "klant-rest")
    channel.say("Mijn man heeft beginnende dementie, waar kunnen we samen naartoe?")
    found = channel.say("Groningen")
    assert any("Odensehuis" in text for text in found.texts) and found.danger is None
    assert channel.press(found.buttons["Nog een andere plek"]).texts != found.texts
    danger = channel.say("ik wil dood")
    assert danger.danger == "crisis_113" and "113" in [call["telefoon"] for call in danger.calls]


def test_the_client_hands_a_livechat_over_and_sends_again_where_the_line_breaks(example, http):
    channel = example.Livechat(http, "klant-livechat")
    assert "computer" in channel.open("Terneuzen").texts[0]
    offered = channel.say("ik wil een mens spreken")
    assert channel.transcript("iets anders") is None
    assert [line["tekst"] for line in channel.transcript(offered.offer) if line["van"] == "bewoner"] == [
        "ik wil een mens spreken"
    ]
    really, heard = http.post, []

    def breaking(*arguments: object, **fields: object) -> httpx.Response:
        answer = really(*arguments, **fields)
        heard.append(fields["json"]["berichtId"])
        if len(heard) == 1:
            raise httpx.ReadTimeout("the answer was lost")
        return answer

    http.post = breaking
    channel.say("Ik zorg voor mijn vrouw.")
    http.post = really
    assert len(heard) == 2 and len(set(heard)) == 1
    lines = channel.transcript(offered.offer)
    assert [line["tekst"] for line in lines].count("Ik zorg voor mijn vrouw.") == 1
    channel.close()
    with pytest.raises(httpx.HTTPStatusError):
        channel.say("bent u er nog?")


@pytest.mark.parametrize("extra", [[], ["--livechat"]])
def test_the_client_works_in_a_terminal(example, site, capsys, extra):
    typed = iter(["ik wil een mens spreken", *(["ja"] if extra else []), ""])
    assert example.main([site.url, "--token", TOKEN, *extra], ask=lambda question: next(typed)) == 0
    said = capsys.readouterr().out
    assert "088 0767 000" in said and ("bewoner: ik wil een mens spreken" in said) == bool(extra)


def test_the_client_shows_why_it_is_refused(example, site, capsys):
    assert example.main([site.url, "--token", "fout"], ask=lambda question: "hallo") == 1
    assert "token" in capsys.readouterr().err
