"""What an organisation delivers: a CSV file with our columns or Open Referral HSDS (JSON)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sociale_kaart.check_rows import PROVINCES, is_area, parts_of
from sociale_kaart.columns import COLUMNS
from sociale_kaart.faults import Fault, one_line
from sociale_kaart.files import Row, clean
from sociale_kaart.hsds import identifier
from sociale_kaart.hsds_rows import CARRIED, UnreadableService, count_of_locations, left_out, row_of
from sociale_kaart.matching.words import tokens
from sociale_kaart.reference import Reference
from sociale_kaart.tables import EMPTY, UnreadableFile, missing_columns, read_table, read_text

LISTS = ("service", "services", "contents", "data")
"""Under which name a JSON object may hold its list of services (the HSDS API pages them as `contents`)."""

_POSTCODE = re.compile(r"^([1-9]\d{3}) ?([A-Za-z]{2})$")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*$")


@dataclass
class Delivery:
    """Delivered rows, complete with id, status and origin; which columns it speaks of; remarks and faults."""

    rows: list[Row] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_delivery(
    path: Path | str,
    source: str,
    reference: Reference,
    known_ids: Iterable[str],
    encoding: str | None = None,
    kind: str = "",
) -> Delivery:
    """The rows in a file from `source`; `kind` stands in for rows that name no kind of ours.

    `known_ids`: the ids in the catalogue, to know our own services by. Raises UnreadableFile
    where it is no such file at all.
    """
    path = Path(path)
    if path.suffix.lower() == ".json":
        delivery = _from_json(path, reference, known_ids, encoding, kind)
    else:
        delivery = _from_csv(path, encoding, kind)
    if not delivery.rows and not delivery.faults:
        delivery.faults.append(
            Fault(path.name, None, None, "er staat geen enkele rij in; kies een ander bestand.")
        )
    _complete(delivery.rows, source)
    return delivery


def slug(text: str) -> str:
    """A name as it may stand in an id or a file name: `Gemeente Ede` becomes `gemeente-ede`."""
    return "-".join(tokens(text)) or "bron"


def _from_csv(path: Path, encoding: str | None, kind: str) -> Delivery:
    table = read_table(path, encoding)
    required = ["naam"] if kind else ["naam", "soort"]
    missing = missing_columns(table.file, table.columns, required)
    if missing:
        raise UnreadableFile(missing)
    unknown = [name for name in table.columns if name and name not in COLUMNS]
    remarks = list(table.remarks)
    if unknown:
        names = one_line(", ".join(unknown[:20]))
        remarks.append(f"Deze kolommen kennen wij niet en zijn niet overgenomen: {names}.")
    for row in table.rows:
        row.values["soort"] = row["soort"] or kind
    columns = [name for name in COLUMNS if name in table.columns or (kind and name == "soort")]
    return Delivery(table.rows, columns, remarks, table.faults)


def _from_json(
    path: Path, reference: Reference, known_ids: Iterable[str], encoding: str | None, kind: str
) -> Delivery:
    delivery = Delivery(columns=list(CARRIED))
    ours = {identifier("service", one): one for one in known_ids}
    dropped: Counter[str] = Counter()
    for number, service in enumerate(_services(path, encoding), 1):
        try:
            for at in range(count_of_locations(service)):
                values = row_of(service, reference.kinds, kind, at)
                values["id"] = values["id"] or _own_id(service, ours, at)
                dropped.update(_in_our_words(values, reference))
                delivery.rows.append(Row(number, values, path.name))
            dropped.update(left_out(service))
        except UnreadableService as error:
            delivery.faults.append(
                Fault(path.name, number, None, f"{error} Vraag om een lijst van 'service'.")
            )
            continue
        if not delivery.rows[-1]["soort"]:
            delivery.faults.append(Fault(path.name, number, "soort", _no_kind(reference)))
    delivery.remarks += [
        f"Bij {count} diensten past niet in onze kolommen: {what}." for what, count in dropped.items()
    ]
    return delivery


def _services(path: Path, encoding: str | None) -> list[dict[str, Any]]:
    """The services in a JSON file; raises UnreadableFile where it holds no list of objects."""
    text = read_text(path, encoding)
    if not text.strip():
        raise UnreadableFile([Fault(path.name, None, None, EMPTY)])
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        message = (
            f"dit is geen geldige JSON (regel {error.lineno}, teken {error.colno}); vraag een nieuw bestand."
        )
        raise UnreadableFile([Fault(path.name, None, None, message)]) from error
    except RecursionError as error:
        message = "deze JSON is te diep genest; vraag een nieuw bestand."
        raise UnreadableFile([Fault(path.name, None, None, message)]) from error
    except ValueError as error:  # a figure of thousands of digits
        message = "in deze JSON staat een veel te lang getal; vraag een nieuw bestand."
        raise UnreadableFile([Fault(path.name, None, None, message)]) from error
    if isinstance(content, dict):
        lists = [content[name] for name in LISTS if isinstance(content.get(name), list)]
        content = lists[0] if lists else [content] if "name" in content else None
    if not isinstance(content, list) or not all(isinstance(one, dict) for one in content):
        message = "hierin staat geen lijst van diensten (HSDS 3.0, 'service'); kies een ander bestand."
        raise UnreadableFile([Fault(path.name, None, None, message)])
    return content


def _own_id(service: dict[str, Any], ours: dict[str, str], at: int) -> str:
    """Our id of a service of ours, else the deliverer's own where that can be an id."""
    given = str(service.get("id") or "").lower()
    found = ours.get(given) or (given if _ID.match(given) else "")
    return f"{found}-{at + 1}" if found and at else found


def _in_our_words(values: dict[str, str], reference: Reference) -> list[str]:
    """Spell postcode and area as we do, and fill in the municipality of a place of which there is only one.

    Gives back, in Dutch, what had to be left out because it names no municipality or province.
    """
    values["postcode"] = _POSTCODE.sub(lambda match: f"{match[1]} {match[2].upper()}", values["postcode"])
    if values["provincie"] not in PROVINCES:
        values["provincie"] = ""
    if not reference.municipality(values["gemeente"], values["provincie"]):
        place = reference.only_place(values["plaats"], values["provincie"])
        values["gemeente"] = place.municipality if place else ""
        values["provincie"] = (place.province if place else None) or values["provincie"]
    areas = [
        f"provincie {area}" if area in PROVINCES and not reference.municipality(area) else area
        for area in parts_of(values["werkgebied"])
    ]
    known = [area for area in areas if is_area(area, reference)]
    if known != parts_of(values["werkgebied"]):
        values["werkgebied"] = ";".join(known)
    return ["een werkgebied dat geen gemeente of provincie is"] if len(known) < len(areas) else []


def _no_kind(reference: Reference) -> str:
    codes = ", ".join(sorted(reference.kinds))
    return f"deze dienst noemt geen soort van ons; geef één soort voor alles met --soort. Kies uit {codes}."


def _complete(rows: list[Row], source: str) -> None:
    """Fill in id, status and origin where a row has none, in every column."""
    taken = {row["id"] for row in rows if row["id"]}
    for row in sorted(rows, key=lambda row: row["soort"]):  # so that the order of the file gives no other ids
        values = {column: clean(row[column]) for column in COLUMNS}
        if not values["id"] and values["naam"]:
            values["id"] = _free_id(slug(f"{values['naam']} {values['plaats']}"), values["soort"], taken)
            taken.add(values["id"])
        values["status"] = values["status"] or "actief"
        values["herkomst"] = source
        row.values.clear()
        row.values.update(values)


def _free_id(wanted: str, kind: str, taken: set[str]) -> str:
    """The id, with the kind behind it where another row has it (the check says what is double)."""
    return wanted if wanted not in taken else f"{wanted}-{slug(kind)}"
