"""A referral as a FHIR R4 Bundle: ServiceRequest (a proposal), Task, Consent and Patient.

The Patient is an entry of its own with a name and telecom and nothing else. It is not contained, because
Task and Consent both point to it and a contained resource can be pointed to only from within. The
ServiceRequest names its subject by `display` alone, so that it can be passed on without contact data; the
Task binds the two. There is no BSN anywhere.

Sources: hl7.org/fhir/R4 (resources and value sets), build.fhir.org/ig/RIVO-Noord/zorgviewer-ig (ICPC-1).
"""

from __future__ import annotations

import base64
import uuid
from datetime import datetime, timezone

from sociale_kaart.sentences import Sentences

from api.referral.consent import PRACTICE
from api.referral.model import Consent, Referral
from api.referral.personal_data import PersonalData
from api.referral.statuses import DELIVERED, DONE, PICKED_UP, RECEIVED, WITHDRAWN
from api.referral.texts import FORM, moments, program_name

MEDIA_TYPE = "application/fhir+json"
ICPC_1_NL = "http://hl7.org/fhir/sid/icpc-1-nl"
REFERRAL_ID = "urn:sociale-triage:aanmelding"
"""The system of our own ids."""

TASK_STATUS = {
    RECEIVED: "requested",
    DELIVERED: "received",
    PICKED_UP: "in-progress",
    DONE: "completed",
    WITHDRAWN: "cancelled",
}
"""Our status as a code of http://hl7.org/fhir/task-status."""

_PRIVACY_SCOPE = {"system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "patient-privacy"}
_CONSENT_DOCUMENT = {"system": "http://loinc.org", "code": "59284-0"}
_OPT_IN = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "OPTIN"}


def bundle(referral: Referral) -> dict:
    """The Bundle (type collection). Without personal data there is no Patient, and all is revoked."""
    patient = _patient(referral.personal) if referral.personal else None
    resources = [
        _service_request(referral),
        _task(referral),
        _consent(referral),
        *([patient] if patient else []),
    ]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "identifier": _identifier(referral),
        "timestamp": _moment(referral.changed_at),
        "entry": [
            {"fullUrl": _url(referral, resource["resourceType"]), "resource": resource}
            for resource in resources
        ],
    }


def _service_request(referral: Referral) -> dict:
    known = referral.personal
    resource = {
        "resourceType": "ServiceRequest",
        "identifier": [_identifier(referral)],
        "status": "draft" if known else "revoked",
        "intent": "proposal",
        "category": [{"text": program_name()}],
        "subject": {"display": _display(known)},
        "authoredOn": _moment(referral.made_at),
    }
    if referral.practice:
        resource["requester"] = {"display": referral.practice}
    if known:
        resource["occurrenceTiming"] = {"code": {"text": moments()[known.moment]}}
        resource["note"] = [{"text": known.wish}]
    if known and known.icpc:
        resource["reasonCode"] = [{"coding": [{"system": ICPC_1_NL, "code": known.icpc}]}]
    return resource


def _task(referral: Referral) -> dict:
    return {
        "resourceType": "Task",
        "identifier": [_identifier(referral)],
        "status": TASK_STATUS[referral.status] if referral.personal else TASK_STATUS[WITHDRAWN],
        "businessStatus": {"text": referral.status},
        "intent": "proposal",
        "focus": {"reference": _url(referral, "ServiceRequest")},
        "for": _person(referral),
        "authoredOn": _moment(referral.made_at),
        "lastModified": _moment(referral.changed_at),
    }


def _consent(referral: Referral) -> dict:
    given = referral.consent
    resource = {
        "resourceType": "Consent",
        "status": "inactive" if given.withdrawn_at else "active",
        "scope": {"coding": [_PRIVACY_SCOPE]},
        "category": [{"coding": [_CONSENT_DOCUMENT]}],
        "patient": _person(referral),
        "dateTime": _moment(given.given_at),
        "performer": [_person(referral)],
        "sourceAttachment": {
            "contentType": "text/plain; charset=UTF-8",
            "language": "nl",
            "title": given.version,
            "data": base64.b64encode(given.text.encode()).decode(),
        },
        "policyRule": {"coding": [_OPT_IN]},
        "provision": {"type": "permit", "period": _period(given)},
    }
    if given.asked_by == PRACTICE and referral.practice:
        resource["organization"] = [{"display": referral.practice}]
    return resource


def _patient(known: PersonalData) -> dict:
    ways = {"phone": known.phone, "email": known.email}
    telecom = [{"system": system, "value": value} for system, value in ways.items() if value]
    return {"resourceType": "Patient", "name": [{"text": known.name}], "telecom": telecom}


def _person(referral: Referral) -> dict:
    if referral.personal is None:
        return {"display": _display(None)}
    return {"reference": _url(referral, "Patient"), "display": referral.personal.name}


def _display(known: PersonalData | None) -> str:
    return known.name if known else Sentences.load(FORM).say("ingetrokken_persoon")


def _identifier(referral: Referral) -> dict:
    return {"system": REFERRAL_ID, "value": referral.id}


def _period(given: Consent) -> dict:
    end = {"end": _moment(given.withdrawn_at)} if given.withdrawn_at else {}
    return {"start": _moment(given.given_at), **end}


def _url(referral: Referral, resource_type: str) -> str:
    """The same for the same referral, however often it is fetched."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{REFERRAL_ID}:{referral.id}:{resource_type}").urn


def _moment(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).isoformat(timespec="seconds")
