"""A municipality's own look and words: what is right is loaded, what is wrong is explained and left out."""

from __future__ import annotations

import pytest
from sociale_kaart.municipality import FOLDERS, load_municipalities
from sociale_kaart.municipality_check import check_municipality
from sociale_kaart.municipality_site import Site, default_suggestions, site_of
from sociale_kaart.municipality_site_check import wrong_in_site

RIGHT = {
    "logotekst": "Gemeente Súdwest-Fryslân",
    "begroeting": "Goedendag, welkom bij de gemeente Assen. Waarmee kunnen wij u helpen?",
    "suggesties": ["Ik ben veel alleen", "Mijn vrouw heeft kanker, en nu?"],
    "kleuren": {"nl-link-color": "#154273", "nl-button-primary-background-color": "#01689B"},
    "bron": "https://www.assen.nl",
}

HOSTILE_TEXTS = [
    "<script>alert(1)</script>",
    "Welkom <img src=x onerror=alert(1)>.",
    "[Klik hier](javascript:alert(1)).",
    "Kijk op https://kwaad.example.",
    "Welkom.\nBel nu.",
    "Welkom\u202eneewlA.",
    "Welkom\u200b.",
    "Welkom \x07.",
    "{gemeente}.",
    '/start{"kanaal": "balie"}',
    "Welkom; } * { display: none.",
    "...",
    "",
    5,
    True,
    ["Welkom."],
    {"a": "b"},
]


def faults(**changed: object) -> list[tuple[str, str]]:
    return list(wrong_in_site({**RIGHT, **changed}))


def test_what_is_right_is_loaded():
    assert faults() == []
    assert site_of(RIGHT) == Site(
        RIGHT["logotekst"], RIGHT["begroeting"], tuple(RIGHT["suggesties"]), RIGHT["kleuren"]
    )


@pytest.mark.parametrize("part", [None, {}, {"logotekst": None, "suggesties": [], "kleuren": {}}])
def test_nothing_filled_in_is_right(part):
    assert list(wrong_in_site(part)) == [] and site_of(part) == Site()


@pytest.mark.parametrize(
    ("field", "value", "where", "words"),
    [
        ("logotekst", "Gemeente " + "A" * 60, "logotekst", "60 tekens"),
        ("begroeting", "Welkom " + "bij ons " * 6, "begroeting", "12 woorden"),
        ("begroeting", "Hallo. Dag. Welkom.", "begroeting", "2 zinnen"),
        ("begroeting", "Welkom", "begroeting", "zet een punt"),
        (
            "begroeting",
            "Hoe kunnen we je helpen?",
            "begroeting",
            "'je' kan hier niet; spreek de lezer aan met u",
        ),
        ("begroeting", "Wat is Jouw vraag?", "begroeting", "'jouw'"),
        ("begroeting", "Welkom bij de triage.", "begroeting", "'triage'"),
        ("begroeting", "Welkom, cliënten.", "begroeting", "'clienten' kan hier niet; beter is: u, inwoner"),
        ("begroeting", "Welkom bij de zelfredzaamheidscoach.", "begroeting", "'zelfredzaamheidscoach'"),
        ("begroeting", "Hallo, geen zorgen.", "begroeting", "'geen zorgen'"),
        ("begroeting", "Wij zijn er dag en nacht.", "begroeting", "'dag en nacht'"),
        ("begroeting", "Hallo, ik ben Sanne.", "begroeting", "de zin erna zegt dat dit een computer is"),
        ("begroeting", "U spreekt met de gemeente.", "begroeting", "begroet alleen"),
        ("begroeting", "Een medewerker helpt u graag.", "begroeting", "'medewerker'"),
        ("begroeting", "Dit is geen computer.", "begroeting", "'geen computer'"),
        ("begroeting", "Welkom. Bel 14 0592.", "begroeting", "veld telefoon"),
        ("suggesties", "Ik ben alleen", "suggesties", "schrijf hier een lijst"),
        ("suggesties", ["Ik ben alleen"] * 7, "suggesties", "ten hoogste 6"),
        ("suggesties", ["Kort", "een twee drie vier vijf zes zeven acht negen"], "suggesties.2", "8 woorden"),
        ("kleuren", "#154273", "kleuren", "niet te lezen"),
        ("kleuren", {"background": "#154273"}, "kleuren.background", "kies uit nl-button-primary-back"),
        ("kleuren", {"--nl-link-color": "#154273"}, "kleuren.--nl-link-color", "deze naam kennen wij niet"),
        ("kleuren", {"nl-link-color": "blauw"}, "kleuren.nl-link-color", "een hekje en zes tekens"),
        ("kleuren", {"nl-link-color": None}, "kleuren.nl-link-color", "tussen aanhalingstekens"),
        (
            "kleuren",
            {"nl-link-color": "#777777"},
            "kleuren.nl-link-color",
            "bij #ffffff: het contrast is 4,4 en",
        ),
        ("kleur", {}, "kleur", "kies uit logotekst"),
    ],
)
def test_what_is_wrong_names_the_field_and_what_to_do_and_is_not_shown(field, value, where, words):
    found = faults(**{field: value})
    assert any(name == where and words in message for name, message in found), found
    assert {name.split(".")[0] for name, _ in found} == {field}
    kept, right = vars(site_of({**RIGHT, field: value})), vars(site_of(RIGHT))
    names = {"logotekst": "logo_text", "begroeting": "greeting", "suggesties": "suggestions"}
    lost = names.get(field, "colours") if field != "kleur" else None
    assert all((not kept[name]) if name == lost else kept[name] == right[name] for name in right)


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_only_plain_text_on_one_line_is_ever_loaded(text):
    site = site_of({"logotekst": text, "begroeting": text, "suggesties": ["Ik ben veel alleen", text]})
    assert site == Site()
    assert faults(logotekst=text) and faults(begroeting=text) and faults(suggesties=[text])


@pytest.mark.parametrize(
    "colours",
    [
        {"nl-link-color": "red; } * { background: url(https://kwaad.example)"},
        {"nl-link-color": "#154273; color: red"},
        {"nl-link-color": "#154273\n"},
        {"nl-link-color": "var(--x)"},
        {"position": "#154273"},
        {"nl-link-color: red; --x": "#154273"},
        {5: "#154273"},
        ["nl-link-color"],
        "expression(alert(1))",
    ],
)
def test_only_known_tokens_with_hexadecimal_colours_are_ever_loaded(colours):
    assert site_of({"kleuren": colours}).colours == {} and faults(kleuren=colours)


@pytest.mark.parametrize("part", ["tekst", 5, ["a"], [{"logotekst": "x"}]])
def test_a_part_of_another_form_is_one_fault(part):
    assert [name for name, _ in wrong_in_site(part)] == ["site"] and site_of(part) == Site()


def test_the_check_of_a_folder_names_the_file_and_the_field(tmp_path):
    folder = tmp_path / "assen"
    folder.mkdir()
    facts = (
        "naam: Assen\nsite:\n  begroeting: Hoi jij.\n  kleuren:\n    nl-link-color: #154273\n  bron: assen\n"
    )
    (folder / "gemeente.yml").write_text(facts, encoding="utf-8")
    found = [str(fault) for fault in check_municipality(folder)]
    assert [line.split(": ")[0] for line in found] == [
        "gemeenten/assen/gemeente.yml, veld site.begroeting",
        "gemeenten/assen/gemeente.yml, veld site.kleuren.nl-link-color",
        "gemeenten/assen/gemeente.yml, veld site.bron",
    ]


def test_the_folders_that_come_with_the_program_have_words_and_no_guessed_colours():
    for folder in load_municipalities():
        assert folder.site.logo_text and folder.site.greeting and folder.site.suggestions
        assert folder.site.colours == {}


def test_the_default_suggestions_keep_the_rules_of_a_municipality():
    assert 0 < len(default_suggestions()) <= 6
    assert list(wrong_in_site({"suggesties": list(default_suggestions())})) == []


def test_the_template_explains_every_field():
    text = (FOLDERS / "_sjabloon" / "LEESMIJ.md").read_text(encoding="utf-8")
    colours = RIGHT["kleuren"]
    assert all(f"`{field}`" in text for field in (*RIGHT, *colours))
