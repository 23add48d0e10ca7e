"""The contact of a municipality for pages: of its own folder, and for this site also of the settings."""

from __future__ import annotations

from functools import cache

from sociale_kaart.municipality import Municipalities, load_municipalities, name_key
from sociale_kaart.municipality_names import official_name as find_official_name
from sociale_kaart.places import Gazetteer

from actions.context import municipality_of
from actions.local_contact import Municipality, local_contact, self_referral
from api.settings import Settings


def contact_of(settings: Settings, asked: str) -> Municipality | None:
    """What is known of the municipality called `asked`; only a name where nothing else is known.

    None where there is no municipality of that name. The settings count for the site's own one only.
    """
    name = official_name(asked)
    if name is None:
        return None
    site = municipality_of(settings)
    is_site = name_key(site.default_place or "") == name_key(name)
    found = local_contact(site if is_site else Municipality(), _folders(), name, None)
    return found if found.name else Municipality(**{**vars(found), "name": name})


def official_name(asked: str) -> str | None:
    """How the municipality called `asked` spells itself; None where there is none of that name."""
    folder = _folders().named(asked)
    return folder.name if folder else find_official_name(asked, Gazetteer.load())


def self_referral_of(settings: Settings, name: str) -> str | None:
    """How the people of the municipality called `name` apply for Welzijn op Recept themselves, or None."""
    return self_referral(municipality_of(settings), _folders(), name)


@cache
def _folders() -> Municipalities:
    return load_municipalities()
