"""Referrals in the database: kept once, sealed, told, handed over to the right one, withdrawn for good."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from api.access.tokens import Tokens
from api.delivery.events import REFERRAL_MADE
from api.delivery.outbox import events
from api.delivery.receivers import Receivers
from api.referral.model import Gone, KeyReused, Made, NoReceiver, NotAllowed, UnknownReferral
from api.referral.statuses import DELIVERED, DONE, NEXT, PICKED_UP, RECEIVED, STATUSES, WITHDRAWN, may_follow
from api.referral.tables import consents
from api.referral.tables import referrals as table
from api.storage.seal import NoKey, Seal
from tests.referral.conftest import JANSEN, application


def rows(database, what) -> list[dict]:
    with database.begin() as connection:
        return [dict(row) for row in connection.execute(select(what)).mappings()]


def told(database) -> list[str]:
    return [row["type"] for row in sorted(rows(database, events), key=lambda row: row["number"])]


def test_the_statuses_and_what_may_follow_what():
    assert STATUSES == ("ontvangen", "bezorgd", "opgepakt", "afgerond", "ingetrokken")
    allowed = {(before, after) for before in STATUSES for after in STATUSES if may_follow(after, before)}
    assert allowed == {
        (RECEIVED, DELIVERED),
        (DELIVERED, PICKED_UP),
        (PICKED_UP, DONE),
        *((before, WITHDRAWN) for before in (RECEIVED, DELIVERED, PICKED_UP)),
    }
    assert NEXT.keys() == set(STATUSES)


def test_a_referral_is_kept_with_its_consent_and_told(referrals, database, consent, clock):
    made = referrals.make(application(), consent)
    [row], [agreed], [event] = rows(database, table), rows(database, consents), rows(database, events)
    assert made.id.startswith("aan_") and row["id"] == made.id and row["status"] == RECEIVED
    assert row["municipality"] == "Zeist" and row["practice_id"] is None and row["made_at"] == clock.moment
    assert agreed["text"] == consent.text and agreed["version"] == consent.version
    assert agreed["given_at"] == clock.moment and agreed["asked_by"] == "inwoner"
    assert (event["type"], event["subject"]) == ("aanmelding.gemaakt", made.id)


def test_nothing_of_the_person_can_be_read_in_what_is_kept(referrals, database, consent):
    made = referrals.make(application(), consent)
    kept = str([rows(database, what) for what in (table, consents, events)])
    for part in (JANSEN.name, JANSEN.phone, JANSEN.wish, made.code, made.code.replace("-", "")):
        assert part not in kept


def test_the_same_request_is_kept_once_and_answered_the_same(referrals, database, consent, receiver):
    made = referrals.make(application(), consent)
    referrals.hand_over(made.id, receiver)
    assert referrals.make(application(), consent) == made == referrals.earlier(application())
    assert len(rows(database, table)) == len(rows(database, consents)) == len(rows(database, events)) == 1


def test_the_same_request_at_the_same_time_is_kept_once(referrals, database, consent):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: referrals.make(application(), consent), range(16)))
    assert len(set(made)) == 1
    assert len(rows(database, table)) == len(rows(database, consents)) == len(rows(database, events)) == 1


def test_a_key_belongs_to_one_content_and_to_one_sender(referrals, database, consent, practice):
    referrals.make(application(), consent)
    with pytest.raises(KeyReused):
        referrals.make(application(personal=replace(JANSEN, wish="iets anders")), consent)
    with pytest.raises(KeyReused):
        referrals.make(replace(application(), municipality="Utrecht"), consent)
    referrals.make(application(practice=practice), consent)
    assert len(rows(database, table)) == 2


def test_a_key_belongs_to_its_content_also_after_withdrawal(referrals, consent):
    made = referrals.make(application(), consent)
    referrals.withdraw(made.code)
    for other in (
        application(personal=replace(JANSEN, wish="iets anders")),
        replace(application(), municipality="Ede"),
    ):
        with pytest.raises(KeyReused):
            referrals.make(other, consent)
    assert referrals.make(application(), consent) == Made(made.id, None, WITHDRAWN)


def test_without_a_receiver_nothing_is_kept(referrals, database, consent):
    with pytest.raises(NoReceiver):
        referrals.make(replace(application(), municipality="Utrecht"), consent)
    assert rows(database, table) == rows(database, consents) == rows(database, events) == []


def test_without_a_key_nothing_is_kept(referrals, database, consent):
    referrals._seal = Seal([])
    with pytest.raises(NoKey):
        referrals.make(application(), consent)
    assert rows(database, table) == []


def test_a_receiver_gets_everything_and_then_has_it(referrals, consent, receiver, clock, database):
    made = referrals.make(application(), consent)
    clock.pass_by(hours=1)
    first = referrals.hand_over(made.id, receiver)
    assert first.personal == JANSEN and first.status == DELIVERED and first.changed_at == clock.moment
    assert first.consent.text == consent.text and first.practice is None
    clock.pass_by(hours=1)
    assert referrals.hand_over(made.id, receiver) == first
    [row] = rows(database, table)
    assert row["delivered_at"] == first.changed_at


@pytest.mark.parametrize("municipality", [None, "gemeente ZEIST"])
def test_a_receiver_of_all_and_one_spelled_otherwise_have_it_too(
    referrals, consent, database, seal, municipality
):
    made = referrals.make(application(), consent)
    receivers = Receivers(database, seal)
    added, _, _ = receivers.add("Nog een", "https://127.0.0.1:9/events", [REFERRAL_MADE], municipality)
    assert referrals.hand_over(made.id, Tokens(database).holder(added.id)).id == made.id


def test_another_receiver_gets_nothing(referrals, consent, elsewhere, database):
    made = referrals.make(application(), consent)
    for act in (
        lambda: referrals.hand_over(made.id, elsewhere),
        lambda: referrals.move_on(made.id, elsewhere, PICKED_UP),
        lambda: referrals.hand_over("aan_222222222222", elsewhere),
        lambda: referrals.hand_over("aan_\x00", elsewhere),
        lambda: referrals.withdraw_for(elsewhere, "aan_\x00"),
        lambda: referrals.withdraw(made.code, "aan_\x00"),
    ):
        with pytest.raises(UnknownReferral):
            act()
    assert rows(database, table)[0]["status"] == RECEIVED


def test_the_receiver_says_what_became_of_it(referrals, consent, receiver, database, clock):
    made = referrals.make(application(), consent)
    with pytest.raises(NotAllowed):
        referrals.move_on(made.id, receiver, PICKED_UP)
    referrals.hand_over(made.id, receiver)
    with pytest.raises(NotAllowed):
        referrals.move_on(made.id, receiver, DONE)
    for status in (PICKED_UP, PICKED_UP, DONE, DONE):
        referrals.move_on(made.id, receiver, status)
    [row] = rows(database, table)
    assert row["status"] == DONE and row["picked_up_at"] == row["closed_at"] == clock.moment
    for status in (RECEIVED, DELIVERED, PICKED_UP, WITHDRAWN):
        with pytest.raises(NotAllowed):
            referrals.move_on(made.id, receiver, status)


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_withdrawing_deletes_the_data_and_tells_it(referrals, consent, receiver, database, clock, steps):
    made = referrals.make(application(), consent)
    if steps > 0:
        referrals.hand_over(made.id, receiver)
    if steps > 1:
        referrals.move_on(made.id, receiver, PICKED_UP)
    referrals.withdraw(made.code, made.id)
    [row], [agreed] = rows(database, table), rows(database, consents)
    assert row["status"] == WITHDRAWN and row["sealed"] is None and row["closed_at"] == clock.moment
    assert agreed["withdrawn_at"] == clock.moment
    assert told(database) == ["aanmelding.gemaakt", "aanmelding.ingetrokken"]
    with pytest.raises(Gone):
        referrals.hand_over(made.id, receiver)
    with pytest.raises(Gone):
        referrals.move_on(made.id, receiver, PICKED_UP)


def test_withdrawing_twice_is_withdrawing_once(referrals, consent, database):
    made = referrals.make(application(), consent)
    for _ in range(3):
        referrals.withdraw(made.code.lower().replace("-", " "))
    assert told(database) == ["aanmelding.gemaakt", "aanmelding.ingetrokken"]
    again = referrals.make(application(), consent)
    assert (again.id, again.code, again.status) == (made.id, None, WITHDRAWN)


def test_whoever_stops_afterwards_has_the_data_deleted_all_the_same(referrals, consent, receiver, database):
    """Consent can be withdrawn at any time; that it was done stays done."""
    made = referrals.make(application(), consent)
    referrals.hand_over(made.id, receiver)
    referrals.move_on(made.id, receiver, PICKED_UP)
    referrals.move_on(made.id, receiver, DONE)
    referrals.withdraw(made.code)
    [row] = rows(database, table)
    assert row["status"] == DONE and row["sealed"] is None
    assert told(database)[-1] == "aanmelding.ingetrokken"


def test_a_wrong_code_or_the_code_of_another_withdraws_nothing(referrals, consent, database):
    made = referrals.make(application(), consent)
    other = referrals.make(application(key="o" * 16), consent)
    for code, referral_id in (
        ("2222-2222-2222", made.id),
        (other.code, made.id),
        ("", None),
        (made.id, None),
    ):
        with pytest.raises(UnknownReferral):
            referrals.withdraw(code, referral_id)
    assert all(row["sealed"] for row in rows(database, table))


def test_a_practice_withdraws_its_own_and_no_other(referrals, consent, practice, tokens, database):
    made = referrals.make(application(practice=practice), consent)
    by_resident = referrals.make(application(), consent)
    other = tokens.make("praktijk", "Praktijk Twee")[0]
    for who, what in ((other, made.id), (practice, by_resident.id)):
        with pytest.raises(UnknownReferral):
            referrals.withdraw_for(who, what)
    referrals.withdraw_for(practice, made.id)
    referrals.withdraw_for(practice, made.id)
    assert [row["status"] for row in rows(database, table) if row["id"] == made.id] == [WITHDRAWN]


def test_a_practice_hears_only_whether_it_was_picked_up(referrals, consent, practice, receiver, clock):
    made = []
    for number in range(3):
        clock.pass_by(minutes=1)
        made.append(referrals.make(application(key=f"{number}" * 16, practice=practice), consent))
    referrals.make(application(), consent)
    referrals.hand_over(made[0].id, receiver)
    for one in (made[1], made[2]):
        referrals.hand_over(one.id, receiver)
        referrals.move_on(one.id, receiver, PICKED_UP)
    seen = [(one.id, one.is_picked_up) for one in referrals.made_by(practice)]
    assert seen == [(made[2].id, True), (made[1].id, True), (made[0].id, False)]


def test_a_practice_hears_no_more_of_what_was_withdrawn(referrals, consent, practice, receiver):
    """Whoever withdrew it, and however far it was: nothing waits to be picked up."""
    by_code, done, by_practice, stays = (
        referrals.make(application(key=f"{number}" * 16, practice=practice), consent) for number in range(4)
    )
    referrals.hand_over(done.id, receiver)
    for status in (PICKED_UP, DONE):
        referrals.move_on(done.id, receiver, status)
    for one in (by_code, done):
        referrals.withdraw(one.code)
    referrals.withdraw_for(practice, by_practice.id)
    assert [one.id for one in referrals.made_by(practice)] == [stays.id]


def test_who_did_what_is_noted_with_ids_alone(referrals, consent, practice, receiver, audit):
    made = referrals.make(application(practice=practice), consent)
    referrals.make(application(practice=practice), consent)
    referrals.hand_over(made.id, receiver)
    referrals.withdraw_for(practice, made.id)
    assert [(line.holder_id, line.action, line.subject) for line in audit.lines()] == [
        (practice.id, "aanmelding_gemaakt", made.id),
        (receiver.id, "aanmelding_bekeken", made.id),
        (practice.id, "aanmelding_ingetrokken", made.id),
    ]


def test_codes_can_be_typed_from_paper_and_differ(referrals, consent):
    made = [referrals.make(application(key=f"{number:016d}"), consent) for number in range(20)]
    assert len({one.code for one in made}) == len({one.id for one in made}) == 20
    assert not set("01IO") & set("".join(one.code for one in made))
