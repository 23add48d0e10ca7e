"""Whose contact data somebody gets: of the conversation's municipality, the site's, or the place named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sociale_kaart.model import Place
from sociale_kaart.municipality import Desk, MunicipalFolder, Municipalities, name_key
from sociale_kaart.municipality_names import official_name
from sociale_kaart.places import Gazetteer

from actions.sentences import say


@dataclass(frozen=True)
class Municipality:
    """Contact of a municipality. Empty fields are never filled by guessing."""

    name: str | None = None
    phone: str | None = None
    website: str | None = None
    opening_hours: str | None = None
    out_of_hours_gp_phone: str | None = None
    self_referral: bool = False
    default_place: str | None = None
    out_of_hours_gp_website: str | None = None
    team: Desk | None = None

    @property
    def has_contact(self) -> bool:
        """Whether there is anything to show: a name, a number, a site or opening hours."""
        return bool(self.name or self.phone or self.website or self.opening_hours)

    def contact_sentence(self) -> str:
        """How to reach a human at the municipality, and its neighbourhood team where that is known."""
        return " ".join([self._desk_sentence(), *self._team_sentence()])

    def contact_line(self) -> str:
        """Name, phone and website without a sentence around them; empty when none is known."""
        if not (self.phone or self.website):
            return ""
        name = say("gemeente.naam", naam=self.name) if self.name else say("gemeente.gemeente")
        known = (name, self.phone, self.website)
        return ", ".join(part for part in known if part) + "."

    def gp_out_of_hours_sentence(self) -> str:
        """What to do in evenings, nights and weekends."""
        if not self.out_of_hours_gp_phone:
            return say("huisartsenpost.kan_het_niet_wachten")
        return say("huisartsenpost.met_nummer", telefoon=self.out_of_hours_gp_phone)

    def _desk_sentence(self) -> str:
        who = say("gemeente.de_gemeente", naam=self.name) if self.name else say("gemeente.uw_gemeente")
        if self.phone:
            also = [say("gemeente.kijk_ook", website=self.website)] if self.website else []
            return " ".join([self._call(who), *also])
        if self.website:
            return say("gemeente.kijken", website=self.website, wie=who)
        return say("gemeente.zoeken", wie=who)

    def _call(self, who: str) -> str:
        if not self.opening_hours:
            return say("gemeente.bellen", wie=who, telefoon=self.phone)
        hours = self.opening_hours
        return say("gemeente.bellen_met_tijden", wie=who, telefoon=self.phone, openingstijden=hours)

    def _team_sentence(self) -> Iterator[str]:
        if self.team and self.team.name and (self.team.phone or self.team.website):
            how, hours = self.team.phone or self.team.website, self.team.opening_hours
            if self.team.phone and hours:
                yield say("wijkteam.er_is_met_tijden", naam=self.team.name, hoe=how, openingstijden=hours)
            else:
                yield say("wijkteam.er_is", naam=self.team.name, hoe=how)


def site_for(site: Municipality, folders: Municipalities, name: str | None, known: Gazetteer) -> Municipality:
    """`site`, or an empty one for a conversation of another municipality that is known to exist.

    So nobody gets the number of the wrong town hall. A name that is no municipality counts as the site's own.
    """
    if not (name and site.default_place) or folders.named(name):
        return site
    other = official_name(name, known)
    return Municipality() if other and name_key(other) != name_key(site.default_place) else site


def local_contact(
    site: Municipality, folders: Municipalities, name: str | None, place: Place | None
) -> Municipality:
    """The contact for a conversation of municipality `name` in which `place` was named.

    The folder of `name`, else of the site, else, where the site has no contact of its own, of the place.
    What the settings say of the site goes before its folder, and never to another municipality with a folder.
    """
    own = folders.named(name) or folders.named(site.default_place)
    if own is None and place and not site.has_contact:
        own = folders.named(place.municipality)
    where = own.name if own else place.municipality if place else name or site.default_place
    is_site = own is None or not site.default_place or folders.named(site.default_place) is own
    settings = site if is_site else Municipality()
    gp = Desk(phone=settings.out_of_hours_gp_phone)
    if not gp.phone:
        gp = folders.out_of_hours_gp(where) or gp
    desk = own.desk if own else Desk()
    return Municipality(
        name=settings.name or (own.name if own else None),
        phone=settings.phone or desk.phone,
        website=settings.website or desk.website,
        opening_hours=settings.opening_hours or (None if settings.phone else desk.opening_hours),
        out_of_hours_gp_phone=gp.phone,
        self_referral=settings.self_referral,
        default_place=site.default_place,
        out_of_hours_gp_website=gp.website,
        team=own.team_for(place.name if place else None) if own else None,
    )


def self_referral(site: Municipality, folders: Municipalities, municipality: str | None) -> str | None:
    """How the people of `municipality` apply for Welzijn op Recept themselves; None where they may not."""
    folder = folders.named(municipality)
    if folder and folder.self_referral:
        return _with_number(folder)
    is_site = not site.default_place or name_key(site.default_place) == name_key(municipality or "")
    return say("zelf_aanmelden") if site.self_referral and is_site else None


def _with_number(folder: MunicipalFolder) -> str:
    if not folder.self_referral_phone:
        return folder.self_referral
    return say("zelf_aanmelden_bel", hoe=folder.self_referral, telefoon=folder.self_referral_phone)
