"""What the assistant says stands in data: no Dutch sentence in the code that makes an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.language.texts_in_code import ROOT, dutch_sentences, dutch_texts_in_script, is_dutch_sentence

ANSWERING = ("actions", "bot", "api")
ANSWERING_IN_THE_CATALOGUE = (
    "freshness",
    "helplines",
    "kinds",
    "model",
    "present",
    "ranking",
    "search",
    "sentences",
    "store",
)
"""The other modules of the catalogue are for its editors: what they say is no answer."""

ALLOWED = {
    "api/fallback.py": "the last net: a file that cannot be read must not silence 112 and 113",
    "api/cli": "what an operator or an editor reads on the command line",
    "api/contract.py": "examples in the API documentation",
    "api/contract_livechat.py": "examples in the API documentation",
    "api/contract_referral.py": "examples in the API documentation",
    "api/referral/identifying_numbers.py": "patterns of what people type",
    "api/openapi.py": "the contact in the API documentation",
    "api/settings.py": "what a setting means, for whoever installs it",
    "bot/safety_report": "a report for the clinicians who check the rules",
    "bot/triage/lexicon.py": "faults in a data file, for its editor",
    "bot/triage/patterns.py": "faults in a data file, for its editor",
    "bot/triage/safety_rules.py": "faults in a data file, for its editor",
}
"""Files and folders where Dutch may stand in code, and why."""

FILES = sorted(
    [
        *(file for folder in ANSWERING for file in (ROOT / folder).rglob("*.py")),
        *(ROOT / "catalogue/sociale_kaart" / f"{name}.py" for name in ANSWERING_IN_THE_CATALOGUE),
    ]
)


SCRIPTS = sorted([*(ROOT / "api/pages/static").glob("*.js"), *(ROOT / "api/widget/src").glob("*.ts")])


def _name(file: Path) -> str:
    return str(file.relative_to(ROOT))


def _is_allowed(name: str) -> bool:
    return any(name == allowed or name.startswith(f"{allowed}/") for allowed in ALLOWED)


def test_no_dutch_sentence_stands_in_code():
    found = [
        f"{_name(file)}:{line}: {text!r} (data/answers/zinnen.yml, or ALLOWED with a reason)"
        for file in FILES
        if not _is_allowed(_name(file))
        for line, text in dutch_sentences(file)
    ]
    assert not found, "\n".join(found)


def test_no_dutch_text_stands_in_a_script():
    assert {file.suffix for file in SCRIPTS} == {".js", ".ts"}
    found = [
        f"{_name(file)}:{line}: {text!r} (data/widget)"
        for file in SCRIPTS
        for line, text in dutch_texts_in_script(file)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "source",
    [
        'button.textContent = "Kopieer";',
        "said.textContent = ' Gekopieerd.';",
        "node.setAttribute('aria-label', `Bel ${name}`);",
        'const text = condition ? "Kopiëren lukt niet." : other;',
        "const who = `de ${kind}`; // https://www.example.nl",
    ],
)
def test_a_dutch_text_in_a_script_is_found(tmp_path, source):
    file = tmp_path / "x.js"
    file.write_text(source, encoding="utf-8")
    assert len(list(dutch_texts_in_script(file))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "// dit is een opmerking in het Nederlands",
        '/* dit ook: "een opmerking" */',
        'said.textContent = "";',
        "said.textContent = ` ${copied}`;",
        'node.setAttribute("aria-describedby", code.id); fetch("https://www.example.nl/naar/de/site");',
    ],
)
def test_comments_names_and_addresses_in_a_script_are_no_texts(tmp_path, source):
    file = tmp_path / "x.js"
    file.write_text(source, encoding="utf-8")
    assert list(dutch_texts_in_script(file)) == []


@pytest.mark.parametrize("name", ALLOWED)
def test_every_exception_is_still_needed(name):
    files = [file for file in FILES if _name(file) == name or _name(file).startswith(f"{name}/")]
    assert any(sentence for file in files for sentence in dutch_sentences(file))


@pytest.mark.parametrize(
    "source",
    [
        'def f():\n    return "Bel vandaag nog uw huisarts."\n',
        'x = f"U kunt {who} bellen: {phone}."\n',
        'x = ("Dit is lang, "\n     "en gaat verder.")\n',
    ],
)
def test_a_dutch_sentence_is_found(tmp_path, source):
    file = tmp_path / "x.py"
    file.write_text(source, encoding="utf-8")
    assert len(list(dutch_sentences(file))) == 1


@pytest.mark.parametrize(
    "source",
    [
        '"""Dit is de uitleg van een module."""\n',
        'def f():\n    """Dit is de uitleg van een functie."""\n',
        "x = 1  # dit is een opmerking in het Nederlands\n",
        'x = "gemeente.de_wijze_van_het_bellen"\n',
        'x = "This is not the place for it"\n',
    ],
)
def test_explanations_names_and_english_are_no_texts(tmp_path, source):
    file = tmp_path / "x.py"
    file.write_text(source, encoding="utf-8")
    assert list(dutch_sentences(file)) == []


def test_one_word_is_no_text_and_two_are():
    assert not is_dutch_sentence("gemeente") and is_dutch_sentence("uw huisarts")
    assert is_dutch_sentence("Gemeente iets")
