from __future__ import annotations

import re
from html import unescape

import pytest

from actions.local_contact import Municipality
from api.integration_page import snippet, tokens
from api.settings import declared
from api.without_javascript import fallback_html
from tests.api.html import Html


def code(text: str, name: str) -> str:
    """What a reader copies from the piece of code called `name`."""
    return unescape(re.search(rf'<pre id="code-{name}"><code>(.*?)</code></pre>', text, re.S).group(1))


def test_the_snippet_is_two_lines():
    assert snippet("https://hulp.example.nl", "Terneuzen").splitlines() == [
        '<script src="https://hulp.example.nl/widget/sociale-triage.js" defer></script>',
        '<sociale-triage endpoint="https://hulp.example.nl" gemeente="Terneuzen"></sociale-triage>',
    ]


def test_the_recommended_snippet_holds_the_fallback():
    fallback = fallback_html(Municipality(name="Nepstad", phone="14 0999"))
    [_, element] = snippet("https://hulp.example.nl", "Nepstad", fallback).split("\n", 1)
    lines = element.splitlines()
    assert lines[0].startswith("<sociale-triage ") and lines[-1] == "</sociale-triage>"
    assert [line.removeprefix("  ") for line in lines[1:-1]] == fallback.splitlines()


def test_a_chosen_municipality_stands_in_every_snippet(client):
    text = client.get("/integratie", params={"gemeente": "gemeente terneuzen"}).text
    for name in ("kort", "aanbevolen"):
        assert 'gemeente="Terneuzen"' in code(text, name)
        assert 'src="http://testserver/widget/sociale-triage.js"' in code(text, name)
    assert "tel:140115" in code(text, "aanbevolen")
    assert "regels hieronder zijn voor gemeente Terneuzen" in text
    assert "Wij kennen het telefoonnummer" not in text


def test_the_link_to_the_numbers_alone_works(client):
    text = client.get("/integratie", params={"gemeente": "'s-Hertogenbosch"}).text
    link = code(text, "los")
    assert " " not in link and "'" not in link.split("?")[1]
    assert "s-Hertogenbosch staat hoe" in client.get(link.removeprefix("http://testserver")).text


def test_a_municipality_without_a_known_number_is_told_to_fill_it_in(client):
    text = client.get("/integratie?gemeente=Zeist").text
    assert "Wij kennen het telefoonnummer van gemeente Zeist niet" in text


def test_an_unknown_name_gets_a_clear_text_and_stays_in_the_box(client):
    answer = client.get("/integratie", params={"gemeente": '"><script>x</script>'})
    assert answer.status_code == 200 and "Wij kennen geen gemeente met deze naam" in answer.text
    [field] = Html(answer.text).all("input")
    assert field["value"] == '"><script>x</script>' and "<script>x" not in answer.text


@pytest.mark.parametrize("host", ['x"><b>', "a b", "user@evil.example"])
def test_a_strange_host_name_is_not_repeated(client, host):
    answer = client.get("/integratie", headers={"Host": host})
    assert answer.status_code == 400 and host not in answer.text


def test_every_token_of_the_list_is_in_the_table(client):
    text = client.get("/integratie").text
    assert len(tokens()) == 9
    for token in tokens():
        assert all(f"<code>{name}</code>" in text for name in token.names)
        assert f"<td><code>{token.fallback}</code>" in text and token.meaning in text


def test_the_policy_asks_for_nothing_more_than_this_server(client):
    policy = code(client.get("/integratie").text, "csp")
    assert policy == "script-src http://testserver\nconnect-src http://testserver"


def test_settings_that_are_named_exist(client):
    text = client.get("/integratie").text
    known = {setting["env"] for setting in declared()}
    named = set(re.findall(r"\b(?:CORS_|GEMEENTE|CONVERSATION_)[A-Z_]*\b", text))
    assert named <= known and {"CORS_ORIGINS", "GEMEENTE", "CONVERSATION_TTL_MINUTES"} <= named


def test_the_webhook_is_called_as_the_contract_says(client):
    call = code(client.get("/integratie").text, "webhook")
    assert "http://testserver/webhooks/rest/webhook" in call and "Authorization: Bearer" in call
    message = re.search(r"-d '(.+)'", call).group(1)
    answer = client.post(
        "/webhooks/rest/webhook", content=message, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in (200, 401)
