"""The three-way merge of a delivery: what the source changed comes in, what an editor changed stays.

A field changes only where the source differs from its own last delivery, and the catalogue does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from sociale_kaart.faults import Fault
from sociale_kaart.files import Row
from sociale_kaart.matching.words import tokens

EDITOR_FIELDS = ("id", "herkomst", "opmerking")
"""Fields that an import never overwrites."""

HIDDEN, SHOWN = "concept", "actief"

Cells = dict[str, str]


@dataclass(frozen=True)
class Change:
    """One field of one initiative: what stood in it, and what the delivery has."""

    id: str
    field: str
    here: str
    delivered: str


@dataclass
class Merged:
    """What a merge does, row by row.

    `new`: rows added; `changed`: fields taken over; `kept`: fields where an editor's own text
    stays although the source changed it; `emptied`: fields that the source emptied and that stay;
    `removed`: ids of rows delivered no more, which get the status `concept`; `deleted`: ids that the
    source still delivers, but that an editor took out and that stay out; `unchanged`: number of rows
    left alone; `touched`: the rows that it changed or added, by the delivered row.
    """

    new: list[Row] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    kept: list[Change] = field(default_factory=list)
    emptied: list[Change] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    unchanged: int = 0
    touched: list[tuple[Row, Cells]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def merge(
    current: list[Cells],
    before: Mapping[str, Cells],
    delivery: Iterable[Row],
    columns: list[str],
    source: str,
    day: str,
) -> Merged:
    """Merge delivered rows into the `current` ones, which are changed in place.

    `before` holds what this source last delivered, by id; `columns` are those that the delivery
    speaks of; `day` (ISO) is written beside rows that are delivered no more.
    """
    merged = Merged()
    by_id = {row["id"]: row for row in current}
    by_name: dict[str, list[Cells]] = defaultdict(list)
    for row in current:
        by_name[_name_key(row)].append(row)
    delivery = list(delivery)
    delivered: set[str] = set()
    claimed = {row["id"] for row in delivery} & by_id.keys()
    expected = {(_name_key(row), row["soort"]) for row in delivery}
    for incoming in delivery:
        mine = by_id.get(incoming["id"])
        if mine and incoming["id"] not in before and _is_another(mine, incoming):
            merged.faults.append(Fault(incoming.file, incoming.number, "id", _taken(mine)))
            continue
        mine = mine or _of_that_name(by_name, incoming, claimed, expected)
        if mine is None and incoming["id"] in before:
            merged.deleted.append(incoming["id"])
            continue
        if mine is None:
            merged.new.append(incoming)
            merged.touched.append((incoming, incoming.values))
            delivered.add(incoming["id"])
            continue
        delivered.add(mine["id"])
        claimed.add(mine["id"])
        _update(mine, before.get(incoming["id"], {}), incoming, columns, source, merged)
    for row in current:
        if row.get("herkomst") == source and row["id"] not in delivered and row["status"] == SHOWN:
            row["status"] = HIDDEN
            row["opmerking"] = "; ".join(
                filter(None, (row.get("opmerking", ""), f"{_note(source)} op {day}"))
            )
            merged.removed.append(row["id"])
    return merged


def _update(
    mine: Cells, last: Mapping[str, str], incoming: Row, columns: list[str], source: str, merged: Merged
) -> None:
    changed = _shown_again(mine, incoming, source)
    for column in columns:
        new, own, previous = incoming[column], mine.get(column, ""), last.get(column, "")
        if column in EDITOR_FIELDS or new == own:
            continue
        change = Change(mine["id"], column, own, new)
        if not new:
            merged.emptied += [change] if own == previous else []
        elif own == previous:
            mine[column] = new
            changed.append(change)
        elif new != previous:
            merged.kept.append(change)
    merged.changed += changed
    if changed:
        merged.touched.append((incoming, mine))
    else:
        merged.unchanged += 1


def _shown_again(mine: Cells, incoming: Row, source: str) -> list[Change]:
    """Undo what an earlier merge did to a row that was delivered no more and now is again."""
    notes = mine.get("opmerking", "").split("; ")
    rest = [note for note in notes if not note.startswith(f"{_note(source)} op ")]
    if mine["status"] != HIDDEN or len(rest) == len(notes) or incoming["status"] == HIDDEN:
        return []
    change = Change(mine["id"], "status", mine["status"], incoming["status"])
    mine["status"], mine["opmerking"] = incoming["status"], "; ".join(rest)
    return [change]


def _note(source: str) -> str:
    return f"niet meer in de levering van {source}"


def _name_key(cells: Mapping[str, str] | Row) -> str:
    return " ".join(tokens(f"{cells['naam']} {cells['plaats']}"))


def _of_that_name(
    by_name: Mapping[str, list[Cells]],
    incoming: Row,
    claimed: Container[str],
    expected: Container[tuple[str, str]],
) -> Cells | None:
    """The row with that name and place that no other delivered row is for, of that kind if there is one."""
    key = _name_key(incoming)
    found = [row for row in by_name.get(key, ()) if row["id"] not in claimed]
    same_kind = next((row for row in found if row["soort"] == incoming["soort"]), None)
    return same_kind or next((row for row in found if (key, row["soort"]) not in expected), None)


def _is_another(mine: Cells, incoming: Row) -> bool:
    return tokens(mine["naam"]) != tokens(incoming["naam"]) and mine["plaats"] != incoming["plaats"]


def _taken(mine: Cells) -> str:
    return f"dit id is al van '{mine['naam']}' in '{mine['plaats']}'; geef deze rij een ander id."
