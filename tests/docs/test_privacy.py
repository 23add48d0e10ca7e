"""The privacy documents (docs/privacy, in Dutch) say what the software does: tables, terms, keys, figures."""

from __future__ import annotations

import json
import re

import pytest

from api.access import cookies, oidc_memory
from api.answered_once import ANSWERS_OF_A_CHAT
from api.app import create_app
from api.delivery import ledger
from api.logs import FIELDS
from api.settings import declared
from api.storage.database import metadata
from bot.conversations.redis_store import AGAIN_SECONDS
from bot.triage.types import OUTCOMES
from tests.docs.markdown import ROOT, Page
from tests.nothing_left import FREED_IS_OVERWRITTEN
from tests.own_settings import own_settings

FOLDER = ROOT / "docs" / "privacy"
PAGES = {path.stem: Page(path) for path in FOLDER.glob("*.md")}
MAP, ASSESSMENT = PAGES["gegevenskaart"], PAGES["dpia-concept"]
REGISTER, PURPOSE = PAGES["algoritmeregister-concept"], PAGES["beoogd-doel"]
PROCESSORS, INDEX = PAGES["verwerkers"], PAGES["LEESMIJ"]
DEFAULTS = {setting["env"]: setting["default"] for setting in declared()}
WIDGET = ROOT / "api" / "widget" / "src"

TERMS = {
    "CONVERSATION_TTL_MINUTES": "minuten",
    "BEWAARTERMIJN_DAGEN": "dagen",
    "BEWAARTERMIJN_NIET_BEZORGD_DAGEN": "dagen",
    "AUDIT_DAGEN": "dagen",
    "SESSIE_MINUTEN": "minuten",
    "SESSIE_UREN": "uur",
}
"""Settings that say how long something is kept, with the unit in which the documents say it."""

DPIA_HEADINGS = (
    "Voorstel",
    "Persoonsgegevens",
    "Gegevensverwerking",
    "Technieken en methoden van de gegevensverwerkingen",
    "Verwerkingsdoeleinden",
    "Betrokken partijen",
    "Belangen bij de gegevensverwerkingen",
    "Verwerkingslocaties",
    "Juridisch en beleidsmatig kader",
    "Bewaartermijnen",
    "Rechtsgrond",
    "Bijzondere persoonsgegevens, strafrechtelijke persoonsgegevens en nationale identificatienummers",
    "Doelbinding",
    "Noodzaak en evenredigheid",
    "Rechten van de betrokkenen",
    "Risico's voor betrokkenen",
    "Maatregelen",
)
"""Model DPIA Rijksdienst 3.0, as MinBZK/par-dpia-form has it in sources/dpia.yaml, seen on 2026-11-22."""

REGISTER_FIELDS = (
    *("Naam", "Korte omschrijving", "Organisatie", "Thema", "Status", "Begindatum", "Einddatum"),
    *("Contactgegevens", "Link naar publiekspagina", "Publicatiecategorie", "Link naar bronregistratie"),
    *("Doel en impact", "Afwegingen", "Menselijke tussenkomst", "Risicobeheer", "Wettelijke basis"),
    *("Titel van wettelijke basis", "Link naar wettelijke basis", "Link naar verwerkingsregister"),
    *("Titel van impacttoets", "Link naar impacttoets", "Toelichting op impacttoetsen", "Gegevens"),
    *("Titel van gegevensbron", "Link naar gegevensbron", "Technische werking", "Leverancier"),
    *("Link naar broncode", "Taal", "Versie publicatiestandaard", "Bron-ID", "Zoektermen"),
)
"""MinBZK/Algoritmeregister, frontend/standard-config/v1_0.json, seen on 2026-11-22."""


@pytest.fixture(scope="module", autouse=True)
def every_table_is_declared() -> None:
    create_app(own_settings())


@pytest.fixture(scope="module")
def measured() -> dict:
    return json.loads((ROOT / "docs" / "evaluation.json").read_text(encoding="utf-8"))


def table_rows() -> dict[str, set[str]]:
    """The columns that the data map names, by table."""
    rows = re.findall(r"^\| `(\w+)` \| ((?:`\w+`(?:, )?)+) \|", MAP.text, re.M)
    return {table: set(re.findall(r"`(\w+)`", columns)) for table, columns in rows}


def percentage(share: float) -> str:
    return f"{share * 100:.1f} %".replace(".", ",")


def test_what_is_kept_for_a_message_that_comes_again_is_said():
    assert f"Redis houdt ook {AGAIN_SECONDS // 60} minuten het gesprek van vlak voor het laatste" in MAP.text
    assert f"De laatste {ANSWERS_OF_A_CHAT} antwoorden staan apart" in MAP.text


def test_every_table_and_every_column_is_in_the_map_and_nothing_else():
    ours = [table for table in metadata.sorted_tables if not table.name.startswith("test_")]
    assert table_rows() == {table.name: {column.name for column in table.c} for table in ours}


def test_every_field_of_the_log_is_in_the_map():
    section = MAP.text.split("## 7.")[1].split("## 8.")[0]
    assert set(FIELDS) <= set(re.findall(r"`(\w+)`", section))


@pytest.mark.parametrize("setting", TERMS)
def test_every_term_is_the_default_of_its_setting(setting):
    said = re.findall(rf"`{setting}` \((\d+)\) {TERMS[setting]}", MAP.text)
    assert said and set(said) == {DEFAULTS[setting]}
    [row] = [line for line in ASSESSMENT.text.splitlines() if line.endswith(f"| `{setting}` |")]
    assert re.findall(r"\b\d+\b", row.split("|")[2])[0] == DEFAULTS[setting]
    assert TERMS[setting] in row


def test_the_advice_on_memory_that_was_given_back_is_what_the_proof_ran_with():
    for name, value in FREED_IS_OVERWRITTEN.items():
        assert f"`{name}` op `{value}`" in MAP.text


def test_events_are_kept_as_long_as_the_map_says():
    assert f"{ledger.KEPT.days} dagen na bezorging, {ledger.KEPT_DEAD.days} dagen als" in MAP.text


def test_the_register_says_how_long_a_conversation_lives():
    assert f"na {DEFAULTS['CONVERSATION_TTL_MINUTES']} minuten zonder bericht" in REGISTER.text


def test_everything_that_a_browser_keeps_is_in_the_map():
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in sorted(WIDGET.rglob("*.ts")))
    keys = set(re.findall(r'KEY = "([^"]+)"', scripts)) | set(re.findall(r"this\.key = `(\S+)", scripts))
    assert len(keys) >= 4
    assert all(f"`{key}" in MAP.text for key in keys)
    uses = len(re.findall(r"(?:session|local)Storage\.setItem", scripts))
    assert uses == len(keys), "something is kept under a key that this test does not see"
    assert not re.search(r"indexedDB|document\.cookie", scripts)


def test_the_tab_forgets_as_soon_as_the_map_says():
    longest = re.search(r"LONGEST = (\d+) \* 60 \* 1000", (WIDGET / "memory.ts").read_text())
    assert f"hooguit {longest[1]} minuten na het laatste bericht" in MAP.text


def test_the_cookies_are_in_the_map():
    for name in (cookies.SESSION, oidc_memory.COOKIE):
        assert f"`{name}`" in MAP.text
    assert f"{oidc_memory.KEPT.seconds // 60} minuten" in MAP.text


def test_what_a_report_keeps_is_in_the_map():
    from sociale_kaart.reports import _REPORT_KEYS

    section = MAP.text.split("## 6.")[1].split("## 7.")[0]
    assert {f"`{key}`" for key in _REPORT_KEYS} <= set(re.findall(r"`\w+`", section))


def test_the_assessment_has_every_heading_of_the_model_in_its_order():
    assert tuple(re.findall(r"^## \d+\. (.+)$", ASSESSMENT.text, re.M)) == DPIA_HEADINGS


def test_every_risk_has_its_measures():
    risks = re.findall(r"^\| (R\d+) \|", ASSESSMENT.text, re.M)
    assert len(risks) == 2 * len(set(risks)) and len(set(risks)) >= 10


def test_the_figures_of_the_assessment_and_the_register_are_the_measured_ones(measured):
    total = measured["alles"]
    shares = [total[name] for name in ("gevaarRecall", "valsAlarm", "verbodenAandeel", "goedAandeel")]
    shares.append(total["perUitkomst"]["crisis_113"]["recall"])
    section = ASSESSMENT.text.split("### Hoe vaak het misgaat")[1].split("# D.")[0]
    assert re.findall(r"\d+,\d %", section)[: len(shares)] == [percentage(share) for share in shares]
    assert f"{total['n']:,} losse berichten".replace(",", ".") in section
    assert measured["datum"] in section
    section = REGISTER.text.split("### Risicobeheer")[1].split("### Wettelijke basis")[0]
    assert re.findall(r"\d+,\d %", section) == [percentage(share) for share in shares[:3]]
    assert f"{total['n']:,} berichten".replace(",", ".") in section
    assert f"{measured['uitingen']:,} bedachte zinnen".replace(",", ".") in REGISTER.text


def test_a_target_that_is_not_reached_is_said(measured):
    missed = {row["doel"] for row in measured["doelen"] if not row["bereikt"]}
    said = "is niet gehaald" in ASSESSMENT.text
    assert said == bool(missed & {"danger caught", "false alarms"})


def test_the_register_has_every_field_of_the_standard_and_keeps_to_its_lengths():
    rows = dict(re.findall(r"^\| ([^|]+?)(?: \(\d+\))? \| (.*) \|$", REGISTER.text, re.M))
    headings = set(re.findall(r"^### (.+)$", REGISTER.text, re.M))
    assert [field for field in REGISTER_FIELDS if field not in rows and field not in headings] == []
    for field, most, text in re.findall(r"^\| ([^|]+?) \((\d+)\) \| (.*) \|$", REGISTER.text, re.M):
        assert text.startswith("[in te vullen") or "leeg" in text or len(text) <= int(most), field
    for heading, most in {**dict.fromkeys(headings, 2500), "Technische werking": 5000}.items():
        text = REGISTER.text.split(f"### {heading}\n")[1].split("\n#")[0].split("\n| veld")[0]
        assert len(text) <= most, heading


@pytest.mark.parametrize("page", [PURPOSE, REGISTER], ids=str)
def test_the_outcomes_are_those_of_the_contract(page):
    listed = re.search(r"`spoed_112`, [^.\n]*\.?", page.text)[0]
    assert re.findall(r"`(\w+)`", listed) == list(OUTCOMES)


def test_the_processors_page_names_every_setting_that_opens_a_connection():
    outgoing = {"DATABASE_URL", "REDIS_URL", "RASA_URL", "ACTION_URL", "OIDC_UITGEVER"}
    assert outgoing <= DEFAULTS.keys()
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", PROCESSORS.text, re.M)) == outgoing
    addresses = {env for env in DEFAULTS if env.endswith(("_URL", "_UITGEVER"))}
    assert addresses == outgoing, "a new setting with an address: say in verwerkers.md what goes there"


def test_the_index_names_every_document_and_where_a_reader_must_fill_in():
    assert all(f"({name}.md)" in INDEX.text for name in PAGES if name != "LEESMIJ")
    assert len(re.findall(r"^- \[ \] \[in te vullen: .+\]$", INDEX.text, re.M)) >= 10
    for name, page in PAGES.items():
        assert "in te vullen" in page.text, name
        assert page.text.count("[in te vullen") <= page.text.count("]"), name


def test_no_document_names_a_person_or_a_mail_address():
    for page in PAGES.values():
        assert not re.search(r"[\w.]+@[\w-]+\.\w+", page.text), page
