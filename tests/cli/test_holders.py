"""`practices`, `clients` and `audit`: who may in, made and ended on the command line."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta, timezone

import pytest

from api.access.audit import Audit
from api.access.session_store import Sessions
from api.access.tokens import CLIENT, PRACTICE, Tokens
from api.cli.main import main
from api.storage.database import Database
from tests.own_settings import new_store, own_settings

TOKEN = re.compile(r"st_[0-9a-f]{12}_[A-Za-z0-9_-]{43}")


@pytest.fixture
def database(monkeypatch):
    address = new_store()
    monkeypatch.setenv("DATABASE_URL", address)
    database = Database(address)
    yield database
    database.close()


@pytest.fixture
def tokens(database) -> Tokens:
    return Tokens(database)


def run(capsys, *arguments: str) -> str:
    """What a command printed; it must succeed."""
    assert main(list(arguments)) == 0
    return capsys.readouterr().out


def refused(capsys, *arguments: str) -> str:
    """The one line of a command that cannot be carried out."""
    assert main(list(arguments)) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and printed.err.startswith("sociale-triage: ") and printed.err.count("\n") == 1
    return printed.err


@pytest.mark.parametrize(("family", "kind"), [("practices", PRACTICE), ("clients", CLIENT)])
def test_a_new_holder_gets_a_token_that_is_printed_once(capsys, tokens, family, kind):
    printed = run(capsys, family, "add", "  De   Linde ", "--gemeente", "gemeente zeist")
    [token] = TOKEN.findall(printed)
    assert printed.splitlines()[-1] == token and "alleen nu getoond" in printed
    holder = tokens.holder_of(token, kind)
    assert (holder.name, holder.municipality) == ("De Linde", "Zeist")
    assert holder.id in printed
    listed = run(capsys, family, "list") + run(capsys, family, "list", "--json")
    assert holder.id in listed and "De Linde" in listed and not TOKEN.search(listed)


def test_a_client_may_work_for_several_municipalities(capsys, tokens):
    run(capsys, "clients", "add", "Kiosk")
    assert tokens.all(CLIENT)[0].municipality is None


@pytest.mark.parametrize("wrong", ["", "  ", "a" * 101, "De\x1b[31mLinde"])
def test_a_name_that_is_none_is_a_wrong_use(capsys, tokens, wrong):
    with pytest.raises(SystemExit) as exit:
        main(["practices", "add", wrong, "--gemeente", "Zeist"])
    assert exit.value.code == 2 and tokens.all() == []


def test_an_unknown_municipality_is_refused(capsys, tokens):
    assert "'Zeitz' is geen gemeente" in refused(
        capsys, "practices", "add", "De Linde", "--gemeente", "Zeitz"
    )
    assert tokens.all() == []


def test_an_empty_list_is_said(capsys, database):
    assert run(capsys, "practices", "list") == "Er is nog geen praktijk.\n"
    assert json.loads(run(capsys, "practices", "list", "--json")) == []


def test_rotating_gives_a_new_token(capsys, tokens):
    holder, old = tokens.make(PRACTICE, "De Linde", "Zeist")
    printed = run(capsys, "practices", "rotate", holder.id, "--grace", "24")
    [new] = TOKEN.findall(printed)
    assert "werkt nog 24 uur" in printed
    assert tokens.holder_of(old, PRACTICE) == tokens.holder_of(new, PRACTICE) == holder
    [newest] = TOKEN.findall(run(capsys, "practices", "rotate", holder.id))
    assert [bool(tokens.holder_of(one, PRACTICE)) for one in (old, new, newest)] == [False, False, True]


@pytest.mark.parametrize("hours", ["-1", "2161", "1.5", "veel"])
def test_hours_that_are_none_are_a_wrong_use(capsys, database, hours):
    with pytest.raises(SystemExit) as exit:
        main(["practices", "rotate", "pra-0f1e2d3c4b5a", f"--grace={hours}"])
    assert exit.value.code == 2


def test_revoking_ends_tokens_and_sessions(capsys, tokens, database):
    holder, token = tokens.make(PRACTICE, "De Linde", "Zeist")
    sessions = Sessions(database, own_settings())
    accepted = tokens.accept(token, PRACTICE)
    _, key = sessions.start(accepted.holder, accepted.token_id)
    run(capsys, "practices", "revoke", holder.id)
    assert tokens.holder_of(token, PRACTICE) is None and sessions.use(key) is None
    assert "ingetrokken op" in run(capsys, "practices", "list")
    assert json.loads(run(capsys, "practices", "list", "--json"))[0]["ingetrokkenOp"]


@pytest.mark.parametrize("command", ["rotate", "revoke"])
def test_an_unknown_revoked_or_other_holder_is_refused(capsys, tokens, command):
    client, token = tokens.make(CLIENT, "Kiosk")
    gone, _ = tokens.make(PRACTICE, "Weg", "Zeist")
    tokens.revoke(gone.id)
    for holder_id in ("pra-0f1e2d3c4b5a", client.id, gone.id):
        assert "'practices list' toont ze alle" in refused(capsys, "practices", command, holder_id)
    assert tokens.holder_of(token, CLIENT)


@pytest.mark.parametrize("command", [["practices", "list"], ["audit"]])
def test_a_database_that_cannot_be_used_is_one_line_without_its_password(capsys, monkeypatch, command):
    monkeypatch.setenv("DATABASE_URL", "postgresql://balie:GEHEIM@127.0.0.1:1/opslag")
    said = refused(capsys, *command)
    assert "DATABASE_URL" in said and "GEHEIM" not in said


def test_what_is_done_here_is_in_the_audit_without_the_token(capsys, tokens, database):
    token = TOKEN.search(run(capsys, "practices", "add", "De Linde", "--gemeente", "Zeist")).group()
    holder = tokens.holder_of(token, PRACTICE)
    run(capsys, "practices", "rotate", holder.id)
    run(capsys, "practices", "revoke", holder.id)
    lines = json.loads(run(capsys, "audit", "--json"))
    assert [line["handeling"] for line in lines] == ["token_gemaakt", "token_vervangen", "token_ingetrokken"]
    assert {(line["wie"], line["onderwerp"]) for line in lines} == {(None, holder.id)}
    assert "st_" not in run(capsys, "audit")


def test_the_audit_of_a_day_or_a_practice(capsys, tokens, database):
    holder, _ = tokens.make(PRACTICE, "De Linde", "Zeist")
    yesterday = datetime.now(timezone.utc) - timedelta(days=1)
    Audit(database, own_settings(), lambda: yesterday).note(holder, "ingelogd")
    Audit(database, own_settings()).note(None, "inloggen_mislukt")
    of_practice = run(capsys, "audit", "--practice", holder.id)
    assert of_practice.count("\n") == 1 and f"ingelogd  De Linde ({holder.id})" in of_practice
    today = datetime.now().astimezone().date().isoformat()
    since = run(capsys, "audit", "--since", today)
    assert since.count("\n") == 1 and "inloggen_mislukt  -" in since
    assert run(capsys, "audit", "--since", "2999-01-01") == "Er zijn geen regels.\n"


def test_a_day_that_is_none_is_refused(capsys, database):
    assert "2026-11-22" in refused(capsys, "audit", "--since", "gisteren")
