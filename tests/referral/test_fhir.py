"""The Bundle is FHIR R4, whole, and holds no more of the person than it must."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timezone

import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.servicerequest import ServiceRequest
from pydantic import ValidationError

from api.referral.fhir import bundle
from api.referral.model import Consent, Referral
from api.referral.statuses import DELIVERED, DONE, PICKED_UP, RECEIVED, WITHDRAWN
from tests.referral.conftest import JANSEN

MADE = datetime(2026, 11, 22, 9, 0, tzinfo=timezone.utc)
AGREED = Consent("praktijk", MADE, "1-abc", "Ja, dat mag.\n\nOók morgen.")
REFERRAL = Referral(
    id="aan_7kqm2xrd9hfa",
    status=DELIVERED,
    municipality="Zeist",
    practice="Praktijk De Linde",
    made_at=MADE,
    changed_at=MADE,
    personal=replace(JANSEN, icpc="Z29", email="a@x.nl"),
    consent=AGREED,
)
WITHDRAWN_REFERRAL = replace(
    REFERRAL, status=WITHDRAWN, personal=None, consent=replace(AGREED, withdrawn_at=MADE)
)
BY_RESIDENT = replace(REFERRAL, practice=None, personal=JANSEN, consent=replace(AGREED, asked_by="inwoner"))


def by_type(referral: Referral) -> dict[str, dict]:
    return {entry["resource"]["resourceType"]: entry["resource"] for entry in bundle(referral)["entry"]}


def references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("reference"), str):
            yield part["reference"]
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from references(one)


@pytest.mark.parametrize("referral", [REFERRAL, WITHDRAWN_REFERRAL, BY_RESIDENT])
def test_it_is_valid_and_whole(referral):
    made = bundle(referral)
    read = Bundle.parse_obj(made)
    assert read.type == "collection" and json.loads(read.json()).keys() == made.keys()
    urls = [entry["fullUrl"] for entry in made["entry"]]
    assert len(set(urls)) == len(urls) and all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", url) for url in urls)
    assert set(references(made)) <= set(urls)
    assert bundle(referral) == made


def test_the_validator_misses_nothing():
    for missing in ("intent", "subject", "status"):
        broken = by_type(REFERRAL)["ServiceRequest"]
        del broken[missing]
        with pytest.raises(ValidationError):
            ServiceRequest.parse_obj(broken)


def test_addresses_of_entries_are_the_same_at_every_fetch_and_differ_between_referrals():
    later = bundle(replace(REFERRAL, status=DONE))
    other = bundle(replace(REFERRAL, id="aan_222222222222"))
    urls = [[entry["fullUrl"] for entry in one["entry"]] for one in (bundle(REFERRAL), later, other)]
    assert urls[0] == urls[1] and not set(urls[0]) & set(urls[2])


def test_the_request_is_a_proposal_with_the_wish_and_the_code():
    request = by_type(REFERRAL)["ServiceRequest"]
    assert (request["status"], request["intent"]) == ("draft", "proposal")
    assert request["subject"] == {"display": "A. Jansen"}
    assert request["category"] == [{"text": "Welzijn op Recept"}]
    assert request["note"] == [{"text": JANSEN.wish}]
    assert request["requester"] == {"display": "Praktijk De Linde"}
    [coding] = request["reasonCode"][0]["coding"]
    assert coding == {"system": "http://hl7.org/fhir/sid/icpc-1-nl", "code": "Z29"}
    alone = by_type(BY_RESIDENT)["ServiceRequest"]
    assert "reasonCode" not in alone and "requester" not in alone


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (RECEIVED, "requested"),
        (DELIVERED, "received"),
        (PICKED_UP, "in-progress"),
        (DONE, "completed"),
    ],
)
def test_the_task_says_where_it_is(status, expected):
    task = by_type(replace(REFERRAL, status=status))["Task"]
    assert task["status"] == expected and task["businessStatus"] == {"text": status}
    urls = {entry["resource"]["resourceType"]: entry["fullUrl"] for entry in bundle(REFERRAL)["entry"]}
    assert task["focus"]["reference"] == urls["ServiceRequest"]
    assert task["for"]["reference"] == urls["Patient"]


def test_the_consent_holds_the_exact_text_and_who_asked():
    consent = by_type(REFERRAL)["Consent"]
    assert consent["status"] == "active" and consent["dateTime"] == "2026-11-22T09:00:00+00:00"
    assert consent["sourceAttachment"]["contentType"].startswith("text/plain")
    assert base64.b64decode(consent["sourceAttachment"]["data"]).decode() == AGREED.text
    assert consent["organization"] == [{"display": "Praktijk De Linde"}]
    assert "organization" not in by_type(BY_RESIDENT)["Consent"]


def test_the_patient_is_a_name_and_how_to_reach_it():
    assert by_type(REFERRAL)["Patient"] == {
        "resourceType": "Patient",
        "name": [{"text": "A. Jansen"}],
        "telecom": [{"system": "phone", "value": "06 12345678"}, {"system": "email", "value": "a@x.nl"}],
    }


def test_a_withdrawn_one_is_revoked_everywhere_and_holds_nothing_personal():
    found = by_type(WITHDRAWN_REFERRAL)
    assert found.keys() == {"ServiceRequest", "Task", "Consent"}
    assert found["ServiceRequest"]["status"] == "revoked"
    assert found["Task"]["status"] == "cancelled"
    assert found["Consent"]["status"] == "inactive" and "end" in found["Consent"]["provision"]["period"]
    assert "Jansen" not in str(found) and "12345678" not in str(found)
