"""Files that are not what they should be: a clear Dutch report, nothing written, nothing lost."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sociale_kaart.check import examine_file
from sociale_kaart.columns import COLUMNS
from sociale_kaart.files import csv_text, read_initiatives, read_rows
from sociale_kaart.interchange import ImportReport, export_csv, import_file

from tests.catalogue.rows import DELIVERED, GOOD, list_of

DAY = date(2026, 11, 22)
OWN = {**GOOD, "id": "eigen", "naam": "Eigen rij", "telefoon": "", "website": ""}
TEXT = csv_text(DELIVERED, [GOOD])
HEADER = TEXT.splitlines()[0] + "\n"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "kaart"
    list_of(folder / "initiatieven", OWN, name="thema.csv")
    return folder


def all_bytes(data_dir: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in data_dir.rglob("*") if path.is_file()}


def take(content: bytes | str, data_dir: Path, name: str = "levering.csv", **options) -> ImportReport:
    path = data_dir.parent / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return import_file(path, "Iemand", data_dir, dry_run=False, today=DAY, **options)


def packed(name: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(name, TEXT)
    return content.getvalue()


REFUSED = [
    ("empty", b"", "dit bestand is leeg"),
    ("only white space", b"\n \n", "dit bestand is leeg"),
    ("only a header", HEADER, "geen enkele rij"),
    ("windows text", TEXT.replace("Test", "Café").encode("cp1252"), "kies --encoding cp1252"),
    ("utf-16", TEXT.encode("utf-16"), "de tekenset is UTF-16"),
    ("utf-16 without mark", TEXT.encode("utf-16-le"), "sla het opnieuw op als 'CSV UTF-8'"),
    ("a zip", packed("levering.csv"), "ingepakt bestand (zip)"),
    ("an xlsx", packed("xl/workbook.xml"), "Excel-bestand (xlsx)"),
    ("an old xls", b"\xd0\xcf\x11\xe0" + bytes(600), "oud Excel-bestand"),
    ("gzip", gzip.compress(TEXT.encode()), "ingepakt bestand (gzip)"),
    ("a pdf", b"%PDF-1.7\n", "een PDF"),
    ("a picture", b"\x89PNG\r\n\x1a\n\x00\x00", "tekenset is geen UTF-8"),
    ("nul bytes", TEXT.replace("Test", "Te\0st"), "rij 2: hier staan tekens die in geen tekst horen (NUL)"),
    ("missing columns", "naam,plaats\nX,Ede\n", "veld soort: deze kolom ontbreekt"),
    ("none of our columns", "name,kind\nX,y\n", "veld naam: deze kolom ontbreekt"),
    ("a column twice", "naam,soort,naam\nX,odensehuis,Y\n", "deze kolom staat er twee keer"),
    ("too many cells", HEADER + "a" + "," * 60 + "b\n", "deze rij heeft 61 cellen"),
    ("an open quote", HEADER + '"Huis,odensehuis\n', "aanhalingsteken"),
    ("a loose quote", HEADER + '"Huis"x,odensehuis\n', "aanhalingsteken"),
    ("one long line", b"x" * 2_000_000, "de eerste regel is veel te lang"),
    ("one long cell", HEADER + "x" * 200_000 + "\n", "een cel is langer dan 131.072 tekens"),
    ("web page", "<!doctype html>\n<html><body>Niet gevonden</body></html>\n", "deze kolom ontbreekt"),
]


@pytest.mark.parametrize(
    ("content", "words"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_a_file_that_is_no_list_is_refused_in_dutch(data_dir: Path, content: bytes | str, words: str) -> None:
    before = all_bytes(data_dir)
    report = take(content, data_dir)
    assert any(words in line for line in report.lines()), report.lines()
    assert report.lines()[-1] == "Er is niets overgenomen. Herstel eerst deze fouten."
    assert all(line.startswith("levering.csv") for line in report.lines()[:1])
    assert all_bytes(data_dir) == before
    found = examine_file(data_dir.parent / "levering.csv")
    assert found.faults or words == "geen enkele rij"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "dit bestand is leeg"),
        ("[", "geen geldige JSON (regel 1, teken 2)"),
        ('{"service": ', "geen geldige JSON"),
        ("[1, 2]", "geen lijst van diensten"),
        ('{"hallo": 1}', "geen lijst van diensten"),
        ("null", "geen lijst van diensten"),
        ("[]", "geen enkele rij"),
        ("[" * 100_000, "te diep genest"),
        pytest.param('[{"minimum_age": %s}]' % ("9" * 5_000), "een veel te lang getal", id="endless figure"),
        ('[{"name": "X", "attributes": 3}]', "niet de vorm van HSDS 3.0"),
        ('[{"name": {"nl": "X"}}]', "het veld name is geen tekst"),
        ('[{"name": "X", "service_at_locations": {}}]', "noemt geen soort"),
        ('[{"name": "X", "service_at_locations": 7}]', "service_at_locations is geen lijst"),
        (r'[{"name": "X\u0000", "id": "x"}]', "een teken dat niet te zien is"),
        (r'[{"name": "X", "alert": "\ud800", "id": "x"}]', "een teken dat niet te zien is"),
        ('[{"name": "X", "schedules": [{"freq": "WEEKLY", "byday": "XX"}]}]', "niet de vorm van HSDS 3.0"),
    ],
)
def test_json_that_is_no_hsds_is_refused(data_dir: Path, content: str, words: str) -> None:
    before = all_bytes(data_dir)
    kind = "odensehuis" if "te zien" in words else ""
    report = take(content, data_dir, "levering.json", kind=kind)
    assert any(words in line for line in report.lines()), report.lines()
    assert all_bytes(data_dir) == before


def test_a_folder_a_missing_file_and_an_unknown_encoding(data_dir: Path) -> None:
    for path, words in (
        (data_dir, "dit is een map"),
        (data_dir / "weg.csv", "niet te openen (het bestaat niet)."),
    ):
        assert words in import_file(path, "Iemand", data_dir).lines()[0]
    for name in ("klingon", "rot13", "zlib"):
        assert f"de tekenset '{name}' bestaat niet" in take(TEXT, data_dir, encoding=name).lines()[0]
    assert (
        "geen tekst met tekenset ascii"
        in take(TEXT.replace("Test", "Café"), data_dir, encoding="ascii").lines()[0]
    )


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "utf-16", "utf-8", "utf-8-sig"])
def test_another_encoding_is_read_when_it_is_named(data_dir: Path, encoding: str) -> None:
    report = take(TEXT.replace("Test", "Café één").encode(encoding), data_dir, encoding=encoding)
    assert report.written, report.lines()
    assert [row["naam"] for row in read_initiatives(data_dir)] == ["Odensehuis Café één", "Eigen rij"]
    assert f"Het bestand is gelezen met tekenset {encoding}." in report.lines()


@pytest.mark.parametrize(("delimiter", "name"), [(";", "puntkomma's"), ("\t", "tabs")])
def test_semicolons_and_tabs_are_read_and_said(data_dir: Path, delimiter: str, name: str) -> None:
    cells = {**GOOD, "kosten": "gratis, of een bijdrage; kijk maar"}
    text = io.StringIO()
    writer = csv.DictWriter(text, DELIVERED, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerow(cells)
    report = take("\ufeff" + text.getvalue(), data_dir)
    assert f"De cellen zijn gescheiden door {name}. Dat is goed gelezen." in report.lines()
    assert read_initiatives(data_dir)[0]["kosten"] == "gratis, of een bijdrage; kijk maar"


def test_a_list_of_ours_that_excel_saved_with_semicolons_still_works(data_dir: Path) -> None:
    path = data_dir / "initiatieven" / "thema.csv"
    before = read_rows(path)
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    assert [row.values for row in read_rows(path)] == [row.values for row in before]


@pytest.mark.parametrize("cell", ["x\ny", "x\x1b[31m", "\u2028x", "x" * 100_000])
def test_what_a_file_holds_never_breaks_a_line_of_the_report(data_dir: Path, cell: str) -> None:
    report = take(csv_text([*DELIVERED, f"k{cell[:50]}"], [{**GOOD, "soort": cell}]), data_dir)
    for line in report.lines():
        assert line.isprintable() and len(line) < 2_500
    assert (
        take(json.dumps([{"name": "X", "status": "\ud800"}]), data_dir, "levering.json")
        .lines()[0]
        .isprintable()
    )


def test_unknown_columns_are_named_and_left_out(data_dir: Path) -> None:
    rows = [{**GOOD, "wachtwoord": "geheim", "score": "7"}]
    report = take(csv_text([*DELIVERED, "wachtwoord", "score"], rows), data_dir)
    assert any("wachtwoord, score" in line for line in report.lines())
    assert report.written
    assert "geheim" not in "".join(path.read_text() for path in data_dir.rglob("*.csv"))


@pytest.mark.parametrize(
    "cell",
    ["=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "'=1+1", "\t=1", "\r=1", '=HYPERLINK("http://x")'],
)
@pytest.mark.parametrize("column", ["naam", "opmerking", "openingstijden"])
def test_formulas_are_reported_and_kept_out(data_dir: Path, cell: str, column: str) -> None:
    before = all_bytes(data_dir)
    text = io.StringIO()
    writer = csv.DictWriter(text, [*DELIVERED, "opmerking"], quoting=csv.QUOTE_ALL, extrasaction="ignore")
    writer.writeheader()
    writer.writerow({**GOOD, column: cell})
    report = take(text.getvalue(), data_dir)
    assert any(f"veld {column}: deze cel begint als een formule" in line for line in report.lines())
    assert all_bytes(data_dir) == before


def test_ten_thousand_bad_rows_give_a_short_report(data_dir: Path) -> None:
    before = all_bytes(data_dir)
    rows = [
        {**GOOD, "naam": f"Huis {at} {at * 7919 % 10007}", "soort": f"soort{at}", "postcode": f"x{at}"}
        for at in range(10_000)
    ]
    report = take(csv_text(DELIVERED, rows), data_dir)
    lines = report.lines()
    assert len(lines) < 40
    assert any(line.startswith("10000 keer veld soort: ") for line in lines)
    assert any(line.startswith("10000 keer veld postcode: ") for line in lines)
    assert all_bytes(data_dir) == before


def test_a_broken_list_of_our_own_stops_an_import(data_dir: Path) -> None:
    path = data_dir / "initiatieven" / "thema.csv"
    path.write_bytes(path.read_bytes() + b"x" + b"," * 80 + b"y\n")
    before = all_bytes(data_dir)
    report = take(TEXT, data_dir)
    assert any(line.startswith("thema.csv, rij 3: deze rij heeft 81 cellen") for line in report.lines())
    assert all_bytes(data_dir) == before


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        st.binary(max_size=300), st.text(max_size=300).map(lambda text: (HEADER + text).encode())
    )
)
def test_no_bytes_at_all_make_it_stumble(data_dir: Path, content: bytes) -> None:
    before = all_bytes(data_dir)
    for name in ("levering.csv", "levering.json"):
        report = take(content, data_dir, name)
        assert report.faults and report.lines()
    assert all_bytes(data_dir) == before


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["name", "id", "status", "schedules", "phones", "attributes", "languages", "organization"]
            )
            | st.sampled_from(
                ["service_at_locations", "location", "addresses", "taxonomy_term", "code", "byday", "freq"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=_JSON)
def test_no_json_at_all_makes_it_stumble(data_dir: Path, content: object) -> None:
    before = all_bytes(data_dir)
    report = take(json.dumps(content), data_dir, "levering.json", kind="odensehuis")
    assert report.faults and report.lines()
    assert all_bytes(data_dir) == before


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.dictionaries(
        st.sampled_from(["naam", "kosten", "openingstijden", "opmerking", "aanmelden"]),
        st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=20),
    )
)
def test_whatever_comes_in_goes_out_and_comes_in_the_same(tmp_path_factory, cells: dict[str, str]) -> None:
    folder = tmp_path_factory.mktemp("rond")
    first = folder / "een"
    (folder / "in.csv").write_text(csv_text(COLUMNS, [{**GOOD, **cells}]), encoding="utf-8", newline="")
    if import_file(folder / "in.csv", "x", first, dry_run=False, today=DAY).faults:
        assert not first.exists()
        return
    (folder / "uit.csv").write_text(export_csv(first), encoding="utf-8", newline="")
    assert import_file(folder / "uit.csv", "x", folder / "twee", dry_run=False, today=DAY).faults == []
    assert [row.values for row in read_initiatives(folder / "twee")] == [
        row.values for row in read_initiatives(first)
    ]
