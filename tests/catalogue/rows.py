"""A good row, and how tests put rows in a file."""

from __future__ import annotations

from pathlib import Path

from sociale_kaart.columns import COLUMNS
from sociale_kaart.files import write_rows

GOOD = {
    "id": "odensehuis-test",
    "naam": "Odensehuis Test",
    "soort": "odensehuis",
    "straat_huisnummer": "Dorpsstraat 1",
    "postcode": "6711 AA",
    "adres_gezien": "ja",
    "plaats": "Ede",
    "gemeente": "Ede",
    "provincie": "Gelderland",
    "telefoon": "0318 123456",
    "email": "info@voorbeeld.nl",
    "website": "https://voorbeeld.nl",
    "verwijzing_nodig": "nee",
    "status": "actief",
    "bron_url": "https://voorbeeld.nl/over",
    "bron_datum": "2026-05",
    "gecontroleerd_op": "2026-05",
}
DELIVERED = [column for column in COLUMNS if column not in ("id", "status", "herkomst", "opmerking")]
"""The columns of a plain delivery."""


def list_of(
    folder: Path, *rows: dict[str, str], name: str = "levering.csv", columns: list[str] = COLUMNS
) -> Path:
    """A CSV file with these rows."""
    write_rows(folder / name, columns, rows)
    return folder / name
