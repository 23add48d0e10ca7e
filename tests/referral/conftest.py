from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.access.audit import Audit
from api.access.tokens import PRACTICE, Holder, Tokens
from api.delivery.events import EVENT_TYPES
from api.delivery.outbox import Outbox
from api.delivery.receivers import Receivers
from api.referral.consent import RESIDENT, ConsentText, consent_text
from api.referral.model import Application
from api.referral.personal_data import PersonalData
from api.referral.referrals import Referrals
from api.referral.retention import Retention
from api.storage.database import Database
from api.storage.seal import Seal, new_key
from tests.access.clock import Clock
from tests.own_settings import own_settings

JANSEN = PersonalData(
    name="A. Jansen", phone="06 12345678", email=None, moment="ochtend", wish="onder de mensen", icpc=None
)


@pytest.fixture
def database(store_url: str) -> Iterator[Database]:
    database = Database(store_url)
    yield database
    database.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def seal() -> Seal:
    return Seal([new_key()])


@pytest.fixture
def tokens(database: Database) -> Tokens:
    return Tokens(database)


@pytest.fixture
def receiver(database: Database, seal: Seal, tokens: Tokens) -> Holder:
    """The welfare organisation of Zeist, which gets every event there."""
    receivers = Receivers(database, seal)
    made, _, _ = receivers.add("Welzijn Nepstad", "https://127.0.0.1:9/events", EVENT_TYPES, "Zeist")
    return tokens.holder(made.id)


@pytest.fixture
def elsewhere(database: Database, seal: Seal, tokens: Tokens) -> Holder:
    receivers = Receivers(database, seal)
    made, _, _ = receivers.add("Elders", "https://127.0.0.1:9/events", EVENT_TYPES, "Utrecht")
    return tokens.holder(made.id)


@pytest.fixture
def practice(tokens: Tokens) -> Holder:
    return tokens.make(PRACTICE, "Praktijk De Linde", "Zeist")[0]


@pytest.fixture
def retention() -> Retention:
    return Retention(days=30, undelivered_days=90)


@pytest.fixture
def audit(database: Database, clock: Clock) -> Audit:
    return Audit(database, own_settings(), clock)


@pytest.fixture
def referrals(database, seal, audit, retention, clock, receiver) -> Referrals:
    return Referrals(database, seal, Outbox(database), audit, retention, clock)


@pytest.fixture
def consent(retention: Retention) -> ConsentText:
    return consent_text(RESIDENT, "Zeist", retention)


def application(key: str = "k" * 16, personal: PersonalData = JANSEN, **others) -> Application:
    return Application("Zeist", personal, key, **others)
