"""A municipality's own folder, laid over the national lists: contact data, own entries, hidden entries.

A folder is `data/gemeenten/<naam>/` with `gemeente.yml`, and where needed `initiatieven.csv` and
`verborgen.csv` (see `data/gemeenten/_sjabloon/`). Folders that start with `_` are not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sociale_kaart.files import INITIATIVES, REPOSITORY, Row, read_rows, read_yaml
from sociale_kaart.matching.words import tokens
from sociale_kaart.municipality_site import Site, site_of

FOLDERS = REPOSITORY / "data" / "gemeenten"
FACTS = "gemeente.yml"
OWN_ENTRIES = INITIATIVES
HIDDEN_ENTRIES = "verborgen.csv"

HIDDEN = "verborgen"
"""The status of a hidden entry once it is laid over; never shown, to nobody."""


@dataclass(frozen=True)
class Desk:
    """Where people can call or look. `areas`: the districts or municipalities it is for; empty is all."""

    name: str | None = None
    phone: str | None = None
    website: str | None = None
    opening_hours: str | None = None
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class MunicipalFolder:
    """What one municipality says of itself. `own_rows` may hold only the cells that differ.

    `self_referral` is how people apply for Welzijn op Recept themselves; None where they may not.
    """

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    desk: Desk = Desk()
    teams: tuple[Desk, ...] = ()
    out_of_hours_gp: Desk | None = None
    self_referral: str | None = None
    self_referral_phone: str | None = None
    site: Site = Site()
    own_rows: tuple[Row, ...] = ()
    hidden_rows: tuple[Row, ...] = ()

    def team_for(self, district: str | None) -> Desk | None:
        """The neighbourhood team of a district, else the one that is for everybody; None where unsure."""
        key = name_key(district or "")
        for team in self.teams:
            if key and key in map(name_key, team.areas):
                return team
        for_all = [team for team in self.teams if not team.areas]
        return for_all[0] if len(for_all) == 1 else None

    def phones(self) -> Iterator[str]:
        """Every number of `gemeente.yml`, as written."""
        for desk in (self.desk, *self.teams, self.out_of_hours_gp):
            if desk and desk.phone:
                yield desk.phone
        if self.self_referral_phone:
            yield self.self_referral_phone


class Municipalities:
    """All folders, found by name or alias."""

    def __init__(self, folders: Iterable[MunicipalFolder] = ()) -> None:
        self._folders = tuple(folders)
        self._by_name = {
            name_key(name): folder for folder in self._folders for name in (*folder.aliases, folder.name)
        }

    def __iter__(self) -> Iterator[MunicipalFolder]:
        return iter(self._folders)

    def named(self, name: str | None) -> MunicipalFolder | None:
        """The folder of the municipality with that name, spelled with or without `gemeente`."""
        return self._by_name.get(name_key(name)) if name else None

    def out_of_hours_gp(self, name: str | None) -> Desk | None:
        """The out-of-hours GP service of a municipality: its own, else one that says it serves it."""
        own = self.named(name)
        if own and own.out_of_hours_gp:
            return own.out_of_hours_gp
        served = (folder.out_of_hours_gp for folder in self._folders if folder.out_of_hours_gp)
        key = name_key(name or "")
        return next((desk for desk in served if key and key in map(name_key, desk.areas)), None)


def name_key(name: str) -> str:
    """A name of a municipality as names are compared: `Gemeente Súdwest-Fryslân` is `sudwest fryslan`."""
    words = tokens(name)
    return " ".join(words[1:] if words[:1] == ["gemeente"] and len(words) > 1 else words)


def municipal_folders(data_dir: Path | str | None = None) -> list[Path]:
    """The folders that are read, by name: those of the program, or those in `gemeenten/` of `data_dir`."""
    root = FOLDERS if data_dir is None else Path(data_dir) / FOLDERS.name
    return sorted(path for path in root.glob("[!_.]*") if path.is_dir())


def municipal_files(data_dir: Path | str | None = None) -> list[Path]:
    """Every file of every folder that is read, in a fixed order."""
    names = (FACTS, OWN_ENTRIES, HIDDEN_ENTRIES)
    paths = (folder / name for folder in municipal_folders(data_dir) for name in names)
    return [path for path in paths if path.exists()]


def load_municipalities(data_dir: Path | str | None = None) -> Municipalities:
    """All folders. They must be without faults (municipality_check.py); raises where one is unreadable."""
    return Municipalities(_folder(path) for path in municipal_folders(data_dir))


def lay_over(rows: Iterable[Row], municipalities: Iterable[MunicipalFolder]) -> list[Row]:
    """The national rows with own entries laid over them and hidden ones hidden, then the new own entries.

    An own row with the id of a national one replaces it cell by cell, where it is filled in.
    """
    folders = list(municipalities)
    own = {row["id"]: (folder, row) for folder in folders for row in folder.own_rows}
    hidden = {row["id"] for folder in folders for row in folder.hidden_rows}
    laid = []
    for row in rows:
        folder, over = own.pop(row["id"], (None, None))
        laid.append(merged(row, over) if over else row)
    laid += [new_entry(row, folder) for folder, row in own.values()]
    return [_hide(row) if row["id"] in hidden else row for row in laid]


def merged(national: Row, own: Row) -> Row:
    """The national row with the filled cells of the own one; it stands where the own one stands."""
    filled = {column: cell for column, cell in own.values.items() if cell}
    return Row(own.number, {**national.values, **filled}, own.file)


def new_entry(row: Row, folder: MunicipalFolder) -> Row:
    """An own entry that no national list has, with the municipality as its origin."""
    return Row(row.number, {**row.values, "herkomst": f"gemeente {folder.name}"}, row.file)


def file_name(folder: Path, name: str) -> str:
    """How reports name a file of a folder: `gemeenten/assen/gemeente.yml`."""
    return f"{FOLDERS.name}/{folder.name}/{name}"


def _hide(row: Row) -> Row:
    return Row(row.number, {**row.values, "status": HIDDEN}, row.file)


def _folder(path: Path) -> MunicipalFolder:
    facts = read_yaml(path / FACTS)
    prescribing = facts.get("welzijn_op_recept") or {}
    is_open = prescribing.get("zelf_aanmelden") == "ja"
    return MunicipalFolder(
        slug=path.name,
        name=facts["naam"],
        aliases=tuple(facts.get("ook_bekend_als") or ()),
        desk=_desk(facts.get("contact") or {}),
        teams=tuple(_desk(team, "wijken") for team in facts.get("wijkteams") or ()),
        out_of_hours_gp=_desk(facts["huisartsenpost"], "gemeenten") if facts.get("huisartsenpost") else None,
        self_referral=prescribing.get("aanmelden") if is_open else None,
        self_referral_phone=prescribing.get("telefoon") if is_open else None,
        site=site_of(facts.get("site")),
        own_rows=_rows(path, OWN_ENTRIES),
        hidden_rows=_rows(path, HIDDEN_ENTRIES),
    )


def _desk(facts: Mapping[str, Any], areas: str = "") -> Desk:
    return Desk(
        name=facts.get("naam"),
        phone=facts.get("telefoon"),
        website=facts.get("website"),
        opening_hours=facts.get("openingstijden"),
        areas=tuple(facts.get(areas) or ()),
    )


def _rows(folder: Path, name: str) -> tuple[Row, ...]:
    if not (folder / name).exists():
        return ()
    rows = read_rows(folder / name)
    return tuple(Row(row.number, row.values, file_name(folder, name)) for row in rows)
