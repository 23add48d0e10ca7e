"""Taking in a referral: danger first, then whether it can go anywhere, then every field, then the consent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import State

from api import logs
from api.access.tokens import Holder
from api.delivery.events import REFERRAL_MADE, Publisher
from api.jobs import Job
from api.problems import (
    Problem,
    disturbance,
    key_reused,
    referral_faulty,
    referral_gone,
    referral_without_receiver,
    self_referral_closed,
    status_not_allowed,
    unknown_referral,
)
from api.referral.consent import PRACTICE, RESIDENT, ConsentText, consent_text
from api.referral.fields import Fault, Faulty, Filled
from api.referral.model import (
    Application,
    Gone,
    KeyReused,
    Made,
    NoReceiver,
    NotAllowed,
    Overview,
    Referral,
    UnknownReferral,
)
from api.referral.referrals import Referrals
from api.referral.retention import Retention, delete_ended
from api.referral.texts import icpc_codes
from api.referral_screen import ReferralScreen
from api.settings import Settings
from api.site_contact import official_name, self_referral_of
from api.storage.seal import NoKey, Seal
from api.turns import Turns

_DELETE_EVERY = 3600
"""Seconds."""

T = TypeVar("T")


@dataclass(frozen=True)
class Agreement:
    """What somebody said to the consent text, and which text that was."""

    agreed: bool
    version: str


class ReferralDesk:
    """Takes referrals in, hands them over and withdraws them; every refusal is a problem."""

    def __init__(
        self,
        settings: Settings,
        turns: Turns,
        referrals: Referrals,
        retention: Retention,
        seal: Seal,
        publisher: Publisher,
    ) -> None:
        self._settings = settings
        self._turns = turns
        self._referrals = referrals
        self._seal = seal
        self._publisher = publisher
        self.retention = retention
        self.screen = ReferralScreen(turns)

    def municipality(self, asked: str | None) -> str | None:
        """How the municipality called `asked` spells itself; the site's own where none is asked."""
        name = (asked or "").strip() or self._settings.municipality
        return official_name(name) if name else None

    def how_to_apply(self, municipality: str) -> str | None:
        """What a municipality says of applying without a GP; None where one cannot."""
        return self_referral_of(self._settings, municipality)

    async def consent(self, municipality: str | None, practice: bool = False) -> ConsentText | None:
        """What to agree to before applying; None where nobody can apply now."""
        if municipality is None or not await self._is_open(municipality, practice):
            return None
        return consent_text(PRACTICE if practice else RESIDENT, municipality, self.retention)

    async def take(
        self,
        asked: str | None,
        filled: Filled,
        agreement: Agreement,
        key: str,
        client: str,
        practice: Holder | None = None,
    ) -> Made:
        """Keep a referral. `client`: whose requests are counted, where no practice is signed in.

        Raises a 409, 422, 429 or 503 problem; then nothing is kept.
        """
        await self.screen.check(
            (asked or "", *filled.but_wish()), filled.wish, "balie" if practice else "bewoner"
        )
        municipality = self.municipality(asked)
        if municipality is None:
            raise _faulty([Fault("gemeente", "onbekend")], practice)
        application, faults = _application(municipality, filled, key, practice)
        if application and (earlier := await self._work(self._referrals.earlier, application)):
            return earlier
        consent = await self.consent(municipality, practice is not None)
        if consent is None:
            raise _closed(practice)
        faults += _faults_of(agreement, consent)
        if application is None or faults:
            raise _faulty(faults, practice)
        await self._turns.rates.count("referral", practice.id if practice else client)
        try:
            return await self._work(self._referrals.make, application, consent)
        except NoReceiver:
            raise _closed(practice) from None

    async def hand_over(self, referral_id: str, receiver: Holder) -> Referral:
        """The referral for its receiver. Raises a 404, 410 or 503 problem."""
        return await self._work(self._referrals.hand_over, referral_id, receiver)

    async def move_on(self, referral_id: str, receiver: Holder, status: str) -> None:
        """Note what the receiver did. Raises a 404, 409 or 410 problem."""
        await self._work(self._referrals.move_on, referral_id, receiver, status)

    async def withdraw(self, code: str, client: str, referral_id: str | None = None) -> None:
        """Withdraw by code. `client`: whose tries are counted. Raises a 404 or 429 problem."""
        await self._turns.rates.count("withdrawal", client)
        await self._work(self._referrals.withdraw, code, referral_id)

    async def withdraw_for(self, practice: Holder, referral_id: str) -> None:
        """Withdraw what the practice made. Raises a 404 problem."""
        await self._work(self._referrals.withdraw_for, practice, referral_id)

    async def made_by(self, practice: Holder) -> list[Overview]:
        """The referrals of a practice, newest first, without what was withdrawn."""
        return await self._work(self._referrals.made_by, practice)

    async def _is_open(self, municipality: str, practice: bool) -> bool:
        if not self._seal.is_usable:
            return False
        if not practice and self.how_to_apply(municipality) is None:
            return False
        return await self._work(self._publisher.receives, REFERRAL_MADE, municipality)

    async def _work(self, work: Callable[..., T], *arguments: object) -> T:
        """Call `work` in a thread; what it refuses becomes a problem."""
        try:
            return await run_in_threadpool(work, *arguments)
        except UnknownReferral:
            raise unknown_referral() from None
        except Gone:
            raise referral_gone() from None
        except KeyReused:
            raise key_reused() from None
        except NotAllowed:
            raise status_not_allowed() from None
        except (NoKey, SQLAlchemyError) as error:
            logs.failure("store_failed", error, status=503)
            raise disturbance() from None


def _application(
    municipality: str, filled: Filled, key: str, practice: Holder | None
) -> tuple[Application | None, list[Fault]]:
    """The application when every field is right, else what to change."""
    codes = icpc_codes() if practice else ()
    try:
        personal = filled.personal_data(datetime.now(timezone.utc).date(), codes)
    except Faulty as faulty:
        return None, list(faulty.faults)
    return Application(municipality, personal, key, practice), []


def _faults_of(agreement: Agreement, consent: ConsentText) -> list[Fault]:
    """Nothing when the person agreed to this very text."""
    if not agreement.agreed:
        return [Fault("toestemming", "nodig")]
    return [] if agreement.version == consent.version else [Fault("toestemming", "verouderd")]


def _faulty(faults: list[Fault], practice: Holder | None) -> Problem:
    """The problem, said to whoever filled in the form."""
    asked_by = PRACTICE if practice else RESIDENT
    said = [{"veld": one.field, "code": one.code, "melding": one.message(asked_by)} for one in faults]
    return referral_faulty(said, practice is not None)


def _closed(practice: Holder | None) -> Problem:
    return referral_without_receiver() if practice else self_referral_closed()


async def _desk_of(request: Request) -> ReferralDesk:
    return request.app.state.referral_desk


ReferralDeskHere = Annotated[ReferralDesk, Depends(_desk_of)]
"""Dependency: the ReferralDesk of the application that received the request."""


def install(state: State, settings: Settings) -> None:
    """Add `referral_desk` to the state of the application, and the job that deletes in time.

    The state holds `turns`, `database`, `seal`, `audit`, `outbox` and `jobs`.
    """
    retention = Retention(settings.retention_days, settings.retention_undelivered_days)
    kept = Referrals(state.database, state.seal, state.outbox, state.audit, retention)
    state.referral_desk = ReferralDesk(settings, state.turns, kept, retention, state.seal, state.outbox)

    async def delete() -> None:
        await run_in_threadpool(delete_ended, state.database, retention, datetime.now(timezone.utc))

    state.jobs.add(Job("retention", _DELETE_EVERY, delete))
