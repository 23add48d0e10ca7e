"""What is no fault, but worth a look: old sources, rows that nobody can reach, doubtful addresses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sociale_kaart.files import Row
from sociale_kaart.freshness import in_words, is_up_to_date
from sociale_kaart.reference import Reference

SHOWN = "actief"
_WAYS_TO_REACH = ("telefoon", "email", "website")


def warnings_in(row: Row, reference: Reference, today: date) -> Iterator[tuple[str, str]]:
    """Pairs of field and message for a row that is shown; a row that is not shown has none."""
    if row["status"] != SHOWN:
        return
    checked = row["gecontroleerd_op"] or row["bron_datum"]
    if not checked:
        yield (
            "gecontroleerd_op",
            "de datum van de bron is niet bekend; kijk of dit nog klopt en vul de dag in.",
        )
    elif not is_up_to_date(checked, today):
        yield (
            "gecontroleerd_op",
            f"de bron is van '{in_words(checked)}', ouder dan een jaar; kijk of dit nog klopt.",
        )
    if not any(row[field] for field in _WAYS_TO_REACH):
        yield "telefoon", "er is geen telefoonnummer, mailadres of website; zoek hoe mensen dit bereiken."
    if row["website"].startswith("http://"):
        yield "website", "dit adres begint met http://; kijk of het ook met https:// werkt."
    if row["postcode"] and not reference.places_of_postcode(row["postcode"]):
        yield "postcode", f"'{row['postcode']}' staat niet in postcodes.csv; is het een postbus?"
