"""Audit lines: codes and ids only, kept for the days of the setting."""

from __future__ import annotations

from datetime import timedelta

import pytest

from api.access.audit import CODES, Audit
from tests.own_settings import own_settings


@pytest.fixture
def audit(database, clock) -> Audit:
    return Audit(database, own_settings(), clock)


def test_a_line_says_who_when_and_what(audit, accepted, clock):
    audit.note(accepted.holder, "aanmelding_bekeken", "aan-0f1e2d3c4b5a")
    audit.note(None, "inloggen_mislukt")
    of_practice, of_nobody = audit.lines()
    assert (of_practice.holder_id, of_practice.holder_kind) == (accepted.holder.id, "praktijk")
    assert (of_practice.moment, of_practice.subject) == (clock(), "aan-0f1e2d3c4b5a")
    assert (of_nobody.holder_id, of_nobody.subject) == (None, None)


@pytest.mark.parametrize(
    ("action", "subject"),
    [
        ("iets_anders", None),
        ("", None),
        ("vraag", "mevrouw Jansen"),
        ("vraag", "0612345678"),
        ("vraag", "jansen@example.nl"),
        ("vraag", ""),
        ("vraag", "a" * 65),
        ("vraag", "Zoë-Jansen"),
    ],
)
def test_no_free_text_can_be_written(audit, action, subject):
    with pytest.raises(ValueError, match="must be an id|not declared") as refused:
        audit.note(None, action, subject)
    assert not subject or subject not in str(refused.value)
    assert audit.lines() == []


def test_a_line_within_a_transaction_is_undone_with_it(audit, database):
    with pytest.raises(RuntimeError), database.begin() as connection:
        audit.note_within(connection, None, "vraag")
        raise RuntimeError
    assert audit.lines() == []


def test_questions_are_noted_once_a_minute_for_each_session(audit, sessions, accepted, clock):
    _, key = sessions.start(accepted.holder, accepted.token_id)
    _, other = sessions.start(accepted.holder, accepted.token_id)
    stale = sessions.use(key)
    for _ in range(3):
        audit.note_question(sessions.use(key))
        audit.note_question(stale)
    assert len(audit.lines()) == 1
    audit.note_question(sessions.use(other))
    clock.pass_by(seconds=59)
    audit.note_question(sessions.use(key))
    assert len(audit.lines()) == 2
    clock.pass_by(seconds=1)
    audit.note_question(sessions.use(key))
    assert [line.action for line in audit.lines()] == ["vraag"] * 3
    assert {line.holder_id for line in audit.lines()} == {accepted.holder.id}


def test_an_open_desk_asks_as_nobody(audit):
    audit.note_question(None)
    assert audit.lines() == []


def test_lines_of_a_day_and_of_a_practice(audit, accepted, clock):
    audit.note(None, "token_gemaakt", accepted.holder.id)
    clock.pass_by(days=1)
    audit.note(accepted.holder, "ingelogd")
    audit.note(None, "inloggen_mislukt")
    assert [line.action for line in audit.lines(holder_id=accepted.holder.id)] == [
        "token_gemaakt",
        "ingelogd",
    ]
    assert [line.action for line in audit.lines(since=clock())] == ["ingelogd", "inloggen_mislukt"]


def test_old_lines_are_deleted(audit, clock):
    audit.note(None, "inloggen_mislukt")
    clock.pass_by(days=365)
    audit.note(None, "inloggen_mislukt")
    assert audit.clean() == 0
    clock.pass_by(seconds=1)
    assert audit.clean() == 1
    assert [line.moment for line in audit.lines()] == [clock() - timedelta(seconds=1)]


def test_the_codes_are_unique_and_fit_their_column():
    assert len(set(CODES)) == len(CODES) and max(map(len, CODES)) <= 30
