"""What the actions work with: the catalogue, the places, the help lines and the municipality."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sociale_kaart.helplines import load_helplines
from sociale_kaart.model import HelpLine, Route
from sociale_kaart.places import Gazetteer
from sociale_kaart.store import Catalogue, open_catalogue

from actions.danger_answers import DangerAnswers
from actions.number_guard import NumberGuard, guard_of
from actions.responses import Responses


@dataclass(frozen=True)
class Municipality:
    """Contact of the municipality that runs this site. Empty fields are never filled by guessing."""

    name: str | None = None
    phone: str | None = None
    website: str | None = None
    opening_hours: str | None = None
    out_of_hours_gp_phone: str | None = None
    self_referral: bool = False
    default_place: str | None = None

    def contact_sentence(self) -> str:
        """One Dutch sentence that says how to reach a human at the municipality."""
        who = f"de gemeente {self.name}" if self.name else "uw gemeente"
        if self.phone:
            hours = f" ({self.opening_hours})" if self.opening_hours else ""
            site = f" of kijk op {self.website}" if self.website else ""
            return f"U kunt {who} bellen: {self.phone}{hours}{site}."
        if self.website:
            return f"Op {self.website} staat hoe u {who} bereikt."
        return f"Op de website van {who} staat hoe u een medewerker bereikt."

    def contact_line(self) -> str:
        """Name, phone and website without a sentence around them; empty when none is known."""
        if not (self.phone or self.website):
            return ""
        known = (f"Gemeente {self.name}" if self.name else "Gemeente", self.phone, self.website)
        return ", ".join(part for part in known if part) + "."

    def gp_out_of_hours_sentence(self) -> str:
        """One Dutch sentence about evenings, nights and weekends."""
        number = f": {self.out_of_hours_gp_phone}" if self.out_of_hours_gp_phone else ""
        return (
            f"Kan het niet wachten tot uw huisarts weer open is? "
            f"Bel 's avonds, 's nachts en in het weekend de huisartsenpost{number}."
        )


@dataclass(frozen=True)
class ActionContext:
    """Everything an action may ask; made once per process."""

    catalogue: Catalogue
    helplines: dict[str, HelpLine]
    responses: Responses
    danger: DangerAnswers
    municipality: Municipality = field(default_factory=Municipality)

    @property
    def gazetteer(self) -> Gazetteer:
        return self.catalogue.gazetteer

    @cached_property
    def numbers(self) -> NumberGuard:
        """What checks every number before it goes out."""
        own = (self.municipality.phone, self.municipality.out_of_hours_gp_phone)
        return guard_of(self.catalogue, self.helplines.values(), own)

    @property
    def routes(self) -> dict[str, Route]:
        return self.catalogue.routes


def municipality_of(settings: Any) -> Municipality:
    """The municipality's contact as the settings give it; empty stays empty."""
    return Municipality(
        name=settings.municipality_name or None,
        phone=settings.municipality_phone or None,
        website=settings.municipality_website or None,
        opening_hours=settings.municipality_hours or None,
        out_of_hours_gp_phone=settings.out_of_hours_phone or None,
        self_referral=settings.self_referral,
        default_place=settings.municipality or None,
    )


_context: ActionContext | None = None


def build_context(
    catalogue: Catalogue | None = None, municipality: Municipality | None = None
) -> ActionContext:
    """Load all reviewed data. `catalogue` defaults to the one in the repository."""
    return ActionContext(
        catalogue=catalogue or open_catalogue(),
        helplines=load_helplines(),
        responses=Responses.load(),
        danger=DangerAnswers.load(),
        municipality=municipality or Municipality(),
    )


def configure(new_context: ActionContext) -> None:
    """Set the context that all actions of this process use."""
    global _context
    _context = new_context


def current() -> ActionContext:
    """The context of this process; the defaults of the repository when nothing was configured."""
    global _context
    if _context is None:
        _context = build_context()
    return _context
