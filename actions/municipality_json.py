"""What the page around a conversation may show of the municipality: its name, its contact, its colours."""

from __future__ import annotations

from sociale_kaart.municipality_site import default_suggestions

from actions.context import ActionContext
from actions.number_guard import FRONT_DESK
from actions.sentences import say


def municipality_json(name: str | None, channel: str, context: ActionContext) -> dict | None:
    """The object `gemeente` of an opening for the municipality with that name; None when nothing is known.

    Contact is the one that the answers give. Every number is checked as in an answer; colours hold none.
    """
    contact, site = context.at(name, None).municipality, context.site_of(name)
    if not contact.has_contact:
        return None
    own_name = contact.name or contact.default_place
    shown = {
        "naam": own_name,
        "logotekst": site.logo_text or _logo_text(own_name),
        "telefoon": contact.phone,
        "website": contact.website,
        "openingstijden": contact.opening_hours,
    }
    colours = {f"--{token}": colour for token, colour in site.colours.items()}
    return {**context.numbers.checked(shown, channel), "kleuren": colours}


def suggestions(name: str | None, channel: str, context: ActionContext) -> list[str]:
    """What a resident can start with on the site of that municipality; none for a front desk."""
    if channel == FRONT_DESK:
        return []
    own = context.site_of(name).suggestions
    return context.numbers.checked(list(own or default_suggestions()), channel)


def _logo_text(name: str | None) -> str | None:
    """`Gemeente Assen`, also where the setting already says `Gemeente Assen`."""
    if not name:
        return None
    before = say("gemeente.naam", naam="").lower()
    return name if name.lower().startswith(before) else say("gemeente.naam", naam=name)
