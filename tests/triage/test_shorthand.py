"""Practice shorthand written out: abbreviations, ages, signs, and what must stay as it is."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from sociale_kaart.yaml_text import read_yaml_text

from bot.triage.shorthand import FILE, Shorthand, ShorthandError, load_shorthand, write_out

THIS_YEAR = date.today().year


def out(text: str, channel: str = "balie") -> str:
    return write_out(text, channel).text


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (
            "mw 82 jr, pt†, slaapt slecht, gn lich klachten, vr om praatje, Zeist",
            "mevrouw 82 jaar, partner overleden, slaapt slecht, geen lichamelijke klachten, "
            "vraagt om praatje, Zeist",
        ),
        ("82j 82jr 82-jarige", "82 jaar 82 jaar 82 jaar"),
        ("♀ 79j, 3wk, 2 d", "mevrouw 79 jaar, 3 weken, 2 dagen"),
        ("♂12 val", "jongen 12 val"),
        ("dhr '44", "meneer geboren 1944"),
        ("geb. 12-03-1938", "geboren 1938"),
        ("CVA '19", "CVA 2019"),
        ("Gn pob", "Geen pijn op de borst"),
        ("hh rec, i.v.m. mam.ca", "herhaalrecept, in verband met borstkanker"),
        ("somb. en eenz. Woont alln.", "somber en eenzaam. Woont alleen."),
        ("oorklt, buikpn, praatgr", "oorklachten, buikpijn, praatgroep"),
        ("T 38,6 / T 37.2", "koorts 38,6 / T 37.2"),
    ],
)
def test_a_note_as_words(typed, expected):
    assert out(typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("pt belt", "patiënt belt"),
        ("mw 82 jr, pt †", "mevrouw 82 jaar, partner overleden"),
        ("pt† vanm, schouwen", "patiënt overleden vanmorgen, schouwen"),
        ("vr 41 belt", "vrouw 41 belt"),
        ("mw vr hulp", "mevrouw vraagt hulp"),
        ("dhr, zn vr overl", "meneer, zn vrouw overleden"),
        ("graag vr vrijdag", "graag vr vrijdag"),
        ("ha, wat doet u", "ha, wat doet u"),
        ("gaat nr ha", "gaat naar huisarts"),
        ("id buurt", "in de buurt"),
        ("geldig id", "geldig id"),
        ("of OK is", "of OK is"),
        ("na OK heup", "na operatie heup"),
        ("ovl HA", "overleg huisarts"),
        ("man ovl", "man overleden"),
        ("scheve mnd", "scheve mond"),
        ("SI-gewricht", "SI-gewricht"),
        ("SI nu", "suïcidale gedachten nu"),
        ("HG zw 9wk braakt", "HG zwanger 9 weken braakt"),
        ("5 km AM", "5 km snijdt zichzelf"),
        ("tel nr 5", "telefoonnummer 5"),
    ],
)
def test_what_stands_around_it_decides(typed, expected):
    assert out(typed) == expected


def test_capitals_say_nothing_where_everything_is_shouted():
    assert "ouderenmishandeling" not in out("IK ZOEK IEMAND OM MEE TE PRATEN OM DE HOEK")


@pytest.mark.parametrize("typed", ["ha, ik ben m'n pt kwijt", "gn pob", "ik zit id put", ""])
def test_a_resident_is_read_as_typed(typed):
    message = write_out(typed, "bewoner")
    assert message.text == message.typed == typed and not message.is_changed


def test_written_out_twice_is_the_same():
    once = out("mw 82 jr, pt†, gn SI, wil m and. praten, HA akk")
    assert out(once) == once


def test_a_long_note_costs_little():
    message = write_out("mw 82 jr, pt†, gn lich klt, vr praatje " * 50, "balie")
    assert message.text.count("geen lichamelijke klachten") == 50


def test_every_entry_has_a_source_and_changes_something():
    data = read_yaml_text(FILE.read_text(encoding="utf-8"))
    for name, group in {"tekens": data["tekens"], **data["groepen"]}.items():
        for entry in group["lijst"]:
            assert entry.get("bron") or group["bron"], (name, entry)
            assert entry["voluit"] not in entry["kort"], entry
    assert len(load_shorthand().forms) == len(data["patronen"])


def test_no_entry_is_hidden_behind_an_earlier_one():
    seen: dict[str, bool] = {}
    data = read_yaml_text(FILE.read_text(encoding="utf-8"))
    hidden = []
    for group in (data["tekens"], *data["groepen"].values()):
        for entry in group["lijst"]:
            free = not set(entry) - {"kort", "voluit", "bron", "uitleg"}
            for form in entry["kort"]:
                key = str(form).lower()
                if seen.get(key):
                    hidden.append(form)
                seen[key] = seen.get(key, False) or free
    assert hidden == []


@pytest.mark.parametrize(
    "change",
    [
        {"kanalen": ["telefoon"]},
        {"tekens": {"lijst": [{"kort": ["x"], "voluit": "y"}]}},
        {"tekens": {"bron": "b", "lijst": [{"kort": ["x"], "voluit": "y", "achter": ["z"]}]}},
        {"patronen": [{"vorm": "(", "voluit": "y", "bron": "b"}]},
        {"patronen": [{"vorm": "x", "voluit": "y", "bron": "b"}]},
    ],
)
def test_a_faulty_list_says_what_is_wrong(tmp_path, change):
    good = {"kanalen": ["balie"], "tekens": {"bron": "b", "lijst": []}, "groepen": {}, "patronen": []}
    file = tmp_path / "afkortingen.yml"
    file.write_text(yaml.safe_dump({**good, **change}), encoding="utf-8")
    with pytest.raises(ShorthandError):
        Shorthand.load(file)


def test_an_event_in_a_year_to_come_was_in_the_last_century():
    assert out(f"val '{(THIS_YEAR + 1) % 100:02}") == f"val {THIS_YEAR + 1 - 100}"
