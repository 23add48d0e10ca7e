"""What the actions work with: the catalogue, the places, the help lines and the municipalities."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sociale_kaart.helplines import load_helplines
from sociale_kaart.model import HelpLine, Place, Route
from sociale_kaart.municipality import Municipalities, load_municipalities
from sociale_kaart.municipality_site import Site
from sociale_kaart.places import Gazetteer
from sociale_kaart.store import Catalogue, open_catalogue

from actions.danger_answers import DangerAnswers
from actions.local_contact import Municipality, local_contact, self_referral, site_for
from actions.number_guard import NumberGuard, guard_of
from actions.responses import Responses


@dataclass(frozen=True)
class ActionContext:
    """Everything an action may ask; made once per process."""

    catalogue: Catalogue
    helplines: dict[str, HelpLine]
    responses: Responses
    danger: DangerAnswers
    numbers: NumberGuard
    """What checks every number before it goes out."""
    site: Municipality
    """What the settings say of the municipality that runs this."""
    municipality: Municipality
    """Whom to call here; see `at`."""
    folders: Municipalities

    def at(self, municipality: str | None, place: Place | None) -> ActionContext:
        """The same context for a conversation of `municipality` (a name) in which `place` was named."""
        site = self._site_for(municipality)
        return replace(self, municipality=local_contact(site, self.folders, municipality, place))

    def self_referral(self, municipality: str | None) -> str | None:
        """How the people of a municipality apply for Welzijn op Recept themselves, or None."""
        return self_referral(self.site, self.folders, municipality)

    def site_of(self, municipality: str | None) -> Site:
        """The words and colours of a municipality's site: of its folder, else of the one that runs this.

        Plain for another municipality that is known to exist, as its contact; see `site_for`.
        """
        default = self._site_for(municipality).default_place
        folder = self.folders.named(municipality) or self.folders.named(default)
        return folder.site if folder else Site()

    def _site_for(self, municipality: str | None) -> Municipality:
        return site_for(self.site, self.folders, municipality, self.gazetteer)

    @property
    def gazetteer(self) -> Gazetteer:
        """The places of the catalogue."""
        return self.catalogue.gazetteer

    @property
    def routes(self) -> dict[str, Route]:
        """The routes of the catalogue, by code."""
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
    catalogue: Catalogue | None = None,
    municipality: Municipality | None = None,
    municipalities: Municipalities | None = None,
) -> ActionContext:
    """Load all reviewed data. `catalogue` and `municipalities` default to those in the repository.

    `municipality` is what the settings say of the municipality that runs this.
    """
    catalogue, site = catalogue or open_catalogue(), municipality or Municipality()
    folders = load_municipalities() if municipalities is None else municipalities
    helplines = load_helplines()
    own = [site.phone, site.out_of_hours_gp_phone, *(phone for one in folders for phone in one.phones())]
    return ActionContext(
        catalogue=catalogue,
        helplines=helplines,
        responses=Responses.load(),
        danger=DangerAnswers.load(),
        numbers=guard_of(catalogue, helplines.values(), own),
        site=site,
        municipality=local_contact(site, folders, None, None),
        folders=folders,
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
