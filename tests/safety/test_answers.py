"""The fixed danger answers: only allow-listed numbers, no social offer, no temperature, always a way out."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from sociale_kaart.yaml_text import read_yaml_text

ROOT = Path(__file__).parents[2]
RESPONSES = read_yaml_text((ROOT / "data/answers/gevaar.yml").read_text(encoding="utf-8"))["responses"]
TABLE = read_yaml_text((ROOT / "data/answers/bellen.yml").read_text(encoding="utf-8"))
ACTIONS = ("spoed_112", "crisis_113", "onveilig", "huisarts_vandaag", "sociaal_spoed")
NUMBER = re.compile(r"(?<![\w.])(?:0\d{2,3}[- ]\d[\d ]{2,9}\d|11\d|1\d{3}|10\d)(?!\w|\.\w)")
SOCIAL_OFFER = re.compile(
    r"odensehuis|inloophuis|ipso|koffie|ontmoet|buurthuis|maatje|welzijn op recept|wandel|eettafel|"
    r"lotgenoten|activiteit|alzheimer caf|gezellig|vrijwillig",
    re.IGNORECASE,
)
ADDRESSED_AS_JE = re.compile(r"\b(je|jij|jou|jouw|jullie)\b", re.IGNORECASE)
ALLOWED_QUOTE = "denk je aan zelfmoord?"
TEMPERATURE = re.compile(r"\b3[6-9]([.,]\d)?\b|\b4[0-2][.,]\d\b|graden|°|temperatuur", re.IGNORECASE)


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "catalogue/data" / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


LINES = {row["sleutel"]: row for row in _rows("hulplijnen.csv")}
ALLOWED = {_digits(row["telefoon"]): row for row in LINES.values() if row["telefoon"]}
DENIED = {_digits(row["nummer"]) for row in _rows("verboden_nummers.csv")} - {""}
UNSAFE = [n for n in RESPONSES if n.startswith("utter_onveilig") and "pleger" not in n]
TEXTS = [
    pytest.param(name, _channel(variant), variant["text"], id=f"{name}-{_channel(variant)}")
    for _channel in [lambda v: "balie" if v.get("condition") else "bewoner"]
    for name, variants in RESPONSES.items()
    for variant in variants
]


@pytest.mark.parametrize(("name", "channel", "text"), TEXTS)
def test_numbers_are_allowed_and_meant_for_this_channel(name: str, channel: str, text: str) -> None:
    for number in NUMBER.findall(text):
        row = ALLOWED.get(_digits(number))
        assert row, f"{number} staat niet in hulplijnen.csv"
        assert _digits(number) not in DENIED
        assert row["status"] in ("actief", "dubbel")
        assert channel == "balie" or row["voor_wie"] != "balie", f"{number} is alleen voor de balie"


@pytest.mark.parametrize(("name", "channel", "text"), TEXTS)
def test_text_is_plain_and_offers_nothing_social(name: str, channel: str, text: str) -> None:
    assert not SOCIAL_OFFER.search(text)
    assert not ADDRESSED_AS_JE.search(text.replace(ALLOWED_QUOTE, ""))
    assert not TEMPERATURE.search(text)
    assert max(len(sentence.split()) for sentence in re.split(r"[.!?:\n]", text)) <= 22


@pytest.mark.parametrize(("name", "channel", "text"), TEXTS)
def test_112_is_named_and_comes_before_every_other_number(name: str, channel: str, text: str) -> None:
    numbers = NUMBER.findall(text)
    assert "112" in numbers
    if name.startswith(("utter_spoed_112", "utter_crisis", "utter_onveilig")) and "zacht" not in name:
        assert numbers[0] == "112"


def test_every_answer_has_a_front_desk_variant_that_points_to_the_own_protocol() -> None:
    for name, variants in RESPONSES.items():
        if name == "utter_storing":
            continue
        desk = [v["text"] for v in variants if v.get("condition")]
        assert len(desk) == 1, name
        assert "eigen triageprotocol" in desk[0] or name == "utter_sociaal_spoed", name


def test_danger_answers_for_residents_say_that_a_computer_cannot_call() -> None:
    for name, variants in RESPONSES.items():
        hard = name.startswith(("utter_spoed", "utter_crisis", "utter_onveilig")) and "zacht" not in name
        if hard:
            assert "Ik ben een computer" in variants[-1]["text"], name
            assert "kan niemand bellen of sturen" in variants[-1]["text"], name


def test_honour_answer_never_advises_to_talk_to_the_family() -> None:
    for variant in RESPONSES["utter_onveilig_eer"]:
        for line in variant["text"].splitlines():
            if "familie" in line:
                assert "niet" in line or "geen" in line


@pytest.mark.parametrize("name", UNSAFE)
def test_unsafe_answers_show_the_quick_exit(name: str) -> None:
    assert "Sluit deze pagina meteen" in RESPONSES[name][-1]["text"]


def test_table_names_only_existing_answers_and_lines() -> None:
    chosen = {row["antwoord"] for row in TABLE["keuze"]}
    assert chosen | {"utter_storing"} == set(RESPONSES) == set(TABLE["bel"])
    for keys in [*TABLE["bel"].values(), *TABLE["bel_balie"].values()]:
        assert set(keys) <= set(LINES)
    for keys in TABLE["bel"].values():
        assert "112" in keys
        assert all(LINES[key]["voor_wie"] != "balie" for key in keys)


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_has_a_last_row_without_tags(action: str) -> None:
    rows = [row for row in TABLE["keuze"] if row["actie"] == action and not row["zacht"]]
    assert rows[-1]["tags"] == []
    assert all(row["tags"] for row in rows[:-1])


@pytest.mark.parametrize(("name", "channel", "text"), TEXTS)
def test_numbers_in_the_text_are_in_the_call_list(name: str, channel: str, text: str) -> None:
    keys = [*TABLE["bel"][name], *(TABLE["bel_balie"].get(name, []) if channel == "balie" else [])]
    listed = {_digits(LINES[key]["telefoon"]) for key in keys}
    assert {_digits(n) for n in NUMBER.findall(text)} <= listed
