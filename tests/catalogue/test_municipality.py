"""A municipality's own folder: loaded, checked in plain Dutch, and laid over the national lists."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sociale_kaart.check import check_catalogue, check_file
from sociale_kaart.compile import InvalidCatalogue
from sociale_kaart.files import DATA_DIR, INITIATIVE_FOLDER, Row, read_initiatives
from sociale_kaart.municipality import (
    FOLDERS,
    HIDDEN,
    Desk,
    MunicipalFolder,
    Municipalities,
    lay_over,
    load_municipalities,
    municipal_files,
)
from sociale_kaart.municipality_check import check_municipalities
from sociale_kaart.search import search
from sociale_kaart.store import open_catalogue

HEADER = "id,naam,soort,plaats,gemeente,provincie,adres_gezien,status,bron_url,werkgebied,telefoon"
NATIONAL = (
    f"{HEADER}\n"
    "huis-assen,Odensehuis Assen,odensehuis,Assen,Assen,Drenthe,nee,actief,https://a.nl/1,,0592 123 456\n"
    "huis-ede,Odensehuis Ede,odensehuis,Ede,Ede,Gelderland,nee,actief,https://a.nl/2,,\n"
)
FACTS = """\
naam: Assen
ook_bekend_als: [Asse]
contact:
  telefoon: 14 0592
  website: https://www.assen.nl
  openingstijden: op werkdagen
  bron: https://www.assen.nl/contact
  gezien_op: 2026-11-22
wijkteams:
  - naam: wijkteam Noord
    telefoon: 0592 111 222
    wijken: [Noord, Peelo]
    bron: https://a.nl/ ; https://b.nl/
    gezien_op: 2026-11
huisartsenpost:
  naam: huisartsenpost Assen
  telefoon: 0900 112 0 112
  gemeenten: [Assen, Aa en Hunze]
  bron: https://a.nl/
  gezien_op: 2026
welzijn_op_recept:
  zelf_aanmelden: ja
  aanmelden: U belt zelf.
  telefoon: 0592 333 444
  bron: https://a.nl/
  gezien_op: 2026-11-22
"""


@pytest.fixture
def data(tmp_path) -> Path:
    """A folder of data with two national entries and a folder of Assen, which a test may change."""
    (tmp_path / INITIATIVE_FOLDER).mkdir()
    (tmp_path / INITIATIVE_FOLDER / "lijst.csv").write_text(NATIONAL, encoding="utf-8")
    folder = tmp_path / "gemeenten" / "assen"
    folder.mkdir(parents=True)
    write(tmp_path, FACTS, "gemeente.yml")
    return tmp_path


def write(data: Path, text: str, name: str) -> None:
    (data / "gemeenten" / "assen" / name).write_text(text, encoding="utf-8")


def faults(data: Path) -> list[str]:
    return [str(fault) for fault in check_municipalities(data)]


def laid(data: Path) -> dict[str, Row]:
    rows = lay_over(read_initiatives(data), load_municipalities(data))
    return {row["id"]: row for row in rows}


def test_our_own_folders_have_no_faults():
    assert check_municipalities() == []


def test_the_folders_that_come_with_the_program_are_real_and_the_template_is_not_read():
    names = [folder.name for folder in load_municipalities()]
    assert "Schouwen-Duiveland" in names and len(names) >= 2
    assert (FOLDERS / "_sjabloon" / "gemeente.yml").exists()
    assert not any("_sjabloon" in str(path) for path in municipal_files())


def test_the_template_becomes_right_by_filling_it_in(tmp_path):
    """What an editor copies has the columns and fields that the check knows."""
    shutil.copytree(FOLDERS / "_sjabloon", tmp_path / "gemeenten" / "assen")
    shutil.copytree(DATA_DIR / INITIATIVE_FOLDER, tmp_path / INITIATIVE_FOLDER)
    found = [fault.field for fault in check_municipalities(tmp_path)]
    assert found and all(field.endswith(("naam", ".bron", ".gezien_op")) for field in found)


def test_every_fact_is_loaded(data):
    [assen] = load_municipalities(data)
    assert (assen.slug, assen.name, assen.aliases) == ("assen", "Assen", ("Asse",))
    assert assen.desk == Desk(None, "14 0592", "https://www.assen.nl", "op werkdagen")
    assert assen.teams == (Desk("wijkteam Noord", "0592 111 222", areas=("Noord", "Peelo")),)
    assert assen.out_of_hours_gp.areas == ("Assen", "Aa en Hunze")
    assert (assen.self_referral, assen.self_referral_phone) == ("U belt zelf.", "0592 333 444")
    assert list(assen.phones()) == ["14 0592", "0592 111 222", "0900 112 0 112", "0592 333 444"]


def test_no_self_referral_unless_it_says_so(data):
    write(data, FACTS.replace("zelf_aanmelden: ja", "zelf_aanmelden: nee"), "gemeente.yml")
    [assen] = load_municipalities(data)
    assert assen.self_referral is None and "0592 333 444" not in list(assen.phones())


@pytest.mark.parametrize("name", ["Assen", "assen", "gemeente Assen", "Gemeente Asse", "ÁSSEN"])
def test_a_folder_is_found_by_name_and_alias(data, name):
    assert load_municipalities(data).named(name).slug == "assen"


@pytest.mark.parametrize("name", [None, "", "Ede", "gemeente"])
def test_another_name_finds_nothing(data, name):
    assert load_municipalities(data).named(name) is None


def test_the_gp_service_is_also_for_the_municipalities_it_serves(data):
    known = load_municipalities(data)
    assert known.out_of_hours_gp("Aa en Hunze").name == "huisartsenpost Assen"
    assert known.out_of_hours_gp("Ede") is None and known.out_of_hours_gp(None) is None


def test_a_team_is_for_its_districts_or_for_all():
    north, all_ = Desk("Noord", areas=("Noord", "Peelo")), Desk("Loket")
    assert MunicipalFolder("a", "A", teams=(north, all_)).team_for("peelo") == north
    assert MunicipalFolder("a", "A", teams=(north, all_)).team_for("Zuid") == all_
    assert MunicipalFolder("a", "A", teams=(north,)).team_for(None) is None
    assert MunicipalFolder("a", "A", teams=(all_, Desk("B"))).team_for(None) is None


def test_without_a_folder_nothing_changes(tmp_path):
    rows = [Row(2, {"id": "a"}, "x.csv")]
    assert lay_over(rows, Municipalities()) == rows
    assert list(load_municipalities(tmp_path)) == [] and check_municipalities(tmp_path) == []


def test_an_own_row_replaces_the_national_one_cell_by_cell(data):
    write(data, "id,naam,telefoon\nhuis-assen,,0592 999 888\n", "initiatieven.csv")
    assert faults(data) == []
    row = laid(data)["huis-assen"]
    assert row["telefoon"] == "0592 999 888" and row["naam"] == "Odensehuis Assen"
    assert (row.file, row.number) == ("gemeenten/assen/initiatieven.csv", 2)
    assert laid(data)["huis-ede"]["naam"] == "Odensehuis Ede"


def test_an_own_row_with_a_new_id_is_an_entry_with_the_municipality_as_origin(data):
    write(
        data,
        f"{HEADER}\ninloop,Inloop Peelo,buurthuis,Assen,Assen,,nee,actief,https://a.nl/3,,\n",
        "initiatieven.csv",
    )
    assert faults(data) == []
    assert laid(data)["inloop"]["herkomst"] == "gemeente Assen"
    assert len(laid(data)) == 3


def test_a_hidden_entry_is_hidden_and_stays_in_the_lists(data):
    write(data, "id,reden,sinds\nhuis-assen,Gestopt.,2026-11-22\n", "verborgen.csv")
    assert faults(data) == []
    assert laid(data)["huis-assen"]["status"] == HIDDEN
    assert laid(data)["huis-ede"]["status"] == "actief"


def test_what_is_laid_over_is_what_people_find(data, tmp_path):
    def compiled():
        return open_catalogue(data, tmp_path / "catalogus.sqlite")

    assert compiled().get("huis-assen").phone == "0592 123 456"
    write(data, "id,telefoon\nhuis-assen,0592 999 888\n", "initiatieven.csv")
    assert compiled().get("huis-assen").phone == "0592 999 888"
    (data / "gemeenten" / "assen" / "initiatieven.csv").unlink()
    write(data, "id,reden,sinds\nhuis-assen,Gestopt.,2026-11-22\n", "verborgen.csv")
    hidden = compiled()
    assert hidden.get("huis-assen") is None and hidden.get("huis-ede") is not None
    assert "0592 123 456" not in hidden.phones()
    assert all(one.initiative.id != "huis-assen" for one in search(hidden, "odensehuis assen").results)


def test_a_faulty_folder_keeps_the_old_catalogue(data, tmp_path):
    write(data, "id,reden,sinds\nbestaat-niet,Weg.,2026-11-22\n", "verborgen.csv")
    with pytest.raises(InvalidCatalogue, match="gemeenten/assen/verborgen.csv, rij 2, veld id"):
        open_catalogue(data, tmp_path / "catalogus.sqlite")


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        (("naam: Assen", "naam: Lutjebroekstad"), "naam", "niet bekend"),
        (("naam: Assen", "naam: Ede"), "naam", "noem de map 'ede'"),
        (("naam: Assen", "naam:"), "naam", "ontbreekt"),
        (("contact:", "kontact:"), "kontact", "kennen wij niet"),
        (("  openingstijden: op", "  open: op"), "contact.open", "kennen wij hier niet"),
        (("telefoon: 14 0592", "telefoon: 0115643000"), "contact.telefoon", "aanhalingstekens"),
        (("telefoon: 14 0592", "telefoon: 050 12"), "contact.telefoon", "cijfers"),
        (("telefoon: 14 0592", "telefoon: 0900-0113"), "contact.telefoon", "mag niet worden getoond"),
        (("https://www.assen.nl\n", "www.assen.nl\n"), "contact.website", "geen webadres"),
        (("op werkdagen", "bel 0592 123 456"), "contact.openingstijden", "veld telefoon"),
        (("  bron: https://www.assen.nl/contact\n", ""), "contact.bron", "bron ontbreekt"),
        (("  gezien_op: 2026-11-22\nwijk", "wijk"), "contact.gezien_op", "welke dag"),
        (("gezien_op: 2026\n", "gezien_op: gisteren\n"), "huisartsenpost.gezien_op", "geen datum"),
        (("bron: https://a.nl/ ; https", "bron: a.nl ; https"), "wijkteams.1.bron", "geen webadres"),
        (
            ("naam: wijkteam Noord\n    tel", "tel"),
            "wijkteams.1.naam",
            "zonder naam wordt dit team niet getoond",
        ),
        (("[Noord, Peelo]", "Noord"), "wijkteams.1.wijken", "rechte haken"),
        (("[Assen, Aa en Hunze]", "[Assen, Nergens]"), "huisartsenpost.gemeenten", "niet bekend"),
        (("aanmelden: ja", "aanmelden: misschien"), "welzijn_op_recept.zelf_aanmelden", "'ja' of 'nee'"),
        (("  aanmelden: U belt zelf.\n", ""), "welzijn_op_recept.aanmelden", "zinnen"),
        (("U belt zelf.", "Bel 0592 333 444."), "welzijn_op_recept.aanmelden", "veld telefoon"),
        (("ook_bekend_als: [Asse]", "ook_bekend_als: Asse"), "ook_bekend_als", "rechte haken"),
    ],
)
def test_a_fault_in_the_facts_names_file_and_field_and_what_to_do(data, change, field, words):
    assert change[0] in FACTS
    write(data, FACTS.replace(*change), "gemeente.yml")
    found = faults(data)
    assert any(f"gemeenten/assen/gemeente.yml, veld {field}: " in one and words in one for one in found), (
        found
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("naam: Assen\n contact: [", "niet te lezen"),
        ("- Assen\n", "geen lijst van velden"),
        ("naam: Assen\ncontact: bellen\n", "neem de vorm over"),
        ("naam: Assen\nwijkteams: {naam: x}\n", "neem de vorm over"),
    ],
)
def test_facts_that_cannot_be_read_are_one_fault(data, text, words):
    write(data, text, "gemeente.yml")
    assert [words in one for one in faults(data)] == [True]


def test_a_folder_without_facts_is_a_fault(data):
    (data / "gemeenten" / "assen" / "gemeente.yml").unlink()
    assert "ontbreekt" in faults(data)[0]


def test_one_municipality_has_one_folder(data):
    shutil.copytree(data / "gemeenten" / "assen", data / "gemeenten" / "assen-twee")
    assert any("ook in de map 'assen'" in one for one in faults(data))


def test_two_municipalities_cannot_give_the_same_new_id(data):
    row = "inloop,Inloop,buurthuis,{0},{0},,nee,actief,https://a.nl/3,,"
    write(data, f"{HEADER}\n{row.format('Assen')}\n", "initiatieven.csv")
    ede = data / "gemeenten" / "ede"
    ede.mkdir()
    (ede / "gemeente.yml").write_text("naam: Ede\n", encoding="utf-8")
    (ede / "initiatieven.csv").write_text(f"{HEADER}\n{row.format('Ede')}\n", encoding="utf-8")
    [fault] = faults(data)
    assert fault.startswith(
        "gemeenten/ede/initiatieven.csv, rij 2, veld id: dit id staat ook in gemeenten/assen/"
    )


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("id,naam\nhuis-ede,Ander huis\n", "rij 2, veld id: dit initiatief is van Ede"),
        (
            f"{HEADER}\nx,Inloop,buurthuis,Ede,Ede,,nee,actief,https://a.nl/,,\n",
            "veld gemeente: dit initiatief",
        ),
        (f"{HEADER}\nx,Inloop,onzin,Assen,Assen,,nee,actief,https://a.nl/,,\n", "rij 2, veld soort: 'onzin'"),
        (f"{HEADER}\nx,Inloop,buurthuis,Assen,Assen,,nee,actief,,,\n", "veld bron_url: de bron ontbreekt"),
        ("id,telefoon\nhuis-assen,0900-0113\n", "veld telefoon: dit nummer mag niet"),
        (
            f"{HEADER}\nx,Odensehuis Assen,odensehuis,Assen,Assen,,nee,actief,https://a.nl/,,\n",
            "rij 2, veld naam: dit lijkt hetzelfde initiatief als rij 2 van lijst.csv",
        ),
        ("id,telefoon\nhuis-assen,\nhuis-assen,\n", "rij 3, veld id: "),
        ("naam\nx\n", "rij 1, veld id: deze kolom ontbreekt"),
        ("id,tel\nhuis-assen,1\n", "veld tel: deze kolom kennen wij niet"),
        ("", "dit bestand is leeg"),
    ],
)
def test_a_fault_in_an_own_entry_names_file_row_and_field(data, table, words):
    write(data, table, "initiatieven.csv")
    found = faults(data)
    assert any(one.startswith("gemeenten/assen/initiatieven.csv") and words in one for one in found), found
    assert all(one.startswith("gemeenten/assen/initiatieven.csv") for one in found)


def test_an_own_entry_elsewhere_that_works_for_the_municipality_is_right(data):
    row = "x,Inloop,buurthuis,Ede,Ede,,nee,actief,https://a.nl/,Assen; Tynaarlo,"
    write(data, f"{HEADER}\n{row}\n", "initiatieven.csv")
    assert faults(data) == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("bestaat-niet,Weg.,2026-11-22", "staat in geen enkele lijst"),
        ("huis-ede,Weg.,2026-11-22", "dit initiatief is van Ede"),
        ("huis-assen,,2026-11-22", "veld reden"),
        ("huis-assen,Weg.,gisteren", "veld sinds"),
    ],
)
def test_a_fault_in_a_hidden_entry(data, row, words):
    write(data, f"id,reden,sinds\n{row}\n", "verborgen.csv")
    assert [words in one for one in faults(data)] == [True]


def test_one_folder_can_be_checked_wherever_it_stands(tmp_path):
    """What an editor is working on, before it is put in its place: the folder, or a file of it."""
    folder = tmp_path / "assen"
    folder.mkdir()
    (folder / "gemeente.yml").write_text("naam: Assen\n", encoding="utf-8")
    (folder / "initiatieven.csv").write_text("id,telefoon\nbestaat-niet,1\n", encoding="utf-8")
    found = [str(fault) for fault in check_catalogue(folder)]
    assert found and all(one.startswith("gemeenten/assen/initiatieven.csv, rij 2") for one in found)
    assert [str(fault) for fault in check_file(folder / "initiatieven.csv")] == found


def test_the_check_of_the_catalogue_checks_the_folders(data):
    write(data, "naam: Nergens\n", "gemeente.yml")
    assert any("gemeenten/assen/gemeente.yml" in str(fault) for fault in check_catalogue(data))


def test_an_entry_is_own_or_hidden_but_not_both(data):
    write(data, "id,telefoon\nhuis-assen,0592 999 888\n", "initiatieven.csv")
    write(data, "id,reden,sinds\nhuis-assen,Weg.,2026-11-22\n", "verborgen.csv")
    assert [("staat ook in" in one) for one in faults(data)] == [True]
