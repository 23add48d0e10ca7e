"""Whom to tell of a weakness (RFC 9116): the operator, and nobody whom we made up."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from tests.api.conftest import assert_problem

PATH = "/.well-known/security.txt"


def test_it_names_whoever_runs_this_server(serve):
    client = serve(CONTACT_EMAIL="veilig@example.nl", PUBLIEK_ADRES="https://hulp.example.nl")
    answer = client.get(PATH)
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == "mailto:veilig@example.nl"
    assert fields["Canonical"] == f"https://hulp.example.nl{PATH}"
    left = datetime.fromisoformat(fields["Expires"].replace("Z", "+00:00")) - datetime.now(timezone.utc)
    assert timedelta(days=29) < left <= timedelta(days=30)


def test_without_an_address_there_is_no_such_page(client):
    assert_problem(client.get(PATH), 404)


def test_over_http_it_claims_no_place(serve):
    assert "Canonical" not in serve(CONTACT_EMAIL="veilig@example.nl").get(PATH).text
