"""The screen as a whole: outcome, order, softness, robustness and the errors of rule files."""

import random
import shutil

import pytest

from bot.triage.safety_rules import RuleError
from bot.triage.screen import DEFAULT_FOLDER, Screen
from bot.triage.types import DANGER_OUTCOMES

SHARED = ("context.yml", "woordgroepen.yml", "spelling.yml")
SOFT_RULE = """group: hart
rules:
  - id: hart.proef
    action: spoed_112
    soft: {soft}
    patterns: ["rood vlak"]
    soft_patterns: ["groen vlak"]
"""
RULE = """group: hart
rules:
  - id: hart.proef
    action: {action}
    patterns: ["{pattern}"]
    context: {{{context}}}
"""


@pytest.fixture(scope="module")
def screen():
    return Screen.load()


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Geen pijn op de borst, wel benauwd en klam", "spoed_112"),
        ("geen pijn op de borst meer maar wel kortademig", "spoed_112"),
        ("vannacht pijn op de borst gehad, nu weg", "huisarts_vandaag"),
        ("ik krijg niet goed lucht", "spoed_112"),
        ("wat moet ik doen als iemand een hartaanval krijgt?", None),
        ("ik zie op tegen de bus naar de apotheek", None),
        ("waar kan ik mijn kliko laten legen", None),
        ("graag een herhaalrecept voor mijn bloeddrukpillen", None),
        ("ik heb al weken last van mijn knie", None),
        ("mijn man is overleden en ik mis hem", None),
        ("he can't breathe", "spoed_112"),
        ("زوجي لا يستطيع التنفس", "spoed_112"),
    ],
)
def test_outcome(screen, text, outcome):
    assert screen.check(text).outcome == outcome


def test_fragment_and_offsets_are_of_the_original_text(screen):
    text = "Hallo. Mijn man heeft PIJN op z'n borst!"
    hit = screen.check(text).hits[0]
    assert text[hit.start : hit.end] == hit.fragment == "PIJN op z'n borst"


def test_hard_before_soft_and_heaviest_first(screen):
    hits = screen.check("ik krijg geen lucht en mijn katheter is verstopt").hits
    order = [(hit.soft, DANGER_OUTCOMES.index(hit.action)) for hit in hits]
    assert order == sorted(order)
    assert hits[0].action == "spoed_112"


def test_danger_in_the_middle_of_a_long_message(screen):
    filler = "Wij wonen hier al jaren met veel plezier en de buurt is fijn. " * 12
    assert screen.check(filler + "Mijn man krijgt geen lucht. " + filler).outcome == "spoed_112"


def test_version_is_short_and_stable(screen):
    assert screen.version == Screen.load().version
    assert len(screen.version) == 12


def test_nothing_typed_crashes_the_screen(screen):
    randomness = random.Random(3)
    for _ in range(300):
        size = randomness.randrange(60)
        screen.check("".join(chr(randomness.randrange(1, 0x10FFFF)) for _ in range(size)))
    for text in ("", "\x00", "\u202eik krijg geen lucht", "a" * 100_000, "geen " * 5000, "😀" * 2000):
        screen.check(text)


def test_joiners_and_marks_do_not_silence_it(screen):
    assert screen.check("ik krijg ge\u200den lu\u200bcht").outcome == "spoed_112"
    assert screen.check("\u202eik krijg geen lucht\u202c").outcome == "spoed_112"


def folder_with(tmp_path, **values):
    values = {"action": "spoed_112", "pattern": "pijn", "context": ""} | values
    return folder_with_text(tmp_path, RULE.format(**values))


def folder_with_text(tmp_path, text):
    for name in SHARED:
        shutil.copy(DEFAULT_FOLDER / name, tmp_path)
    (tmp_path / "hart.yml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"action": "bel_112"}, "hart.yml, regel hart.proef: veld `action`"),
        ({"pattern": "{bestaat_niet}"}, "hart.yml, regel hart.proef, veld `patterns`"),
        ({"context": "negatie: clear"}, "onbekende soort"),
        ({"action": "crisis_113", "context": "negation: clear"}, "ontkenning mag deze vlag nooit wissen"),
    ],
)
def test_a_faulty_rule_names_file_rule_and_field(tmp_path, values, named):
    with pytest.raises(RuleError, match=named):
        Screen.load(folder_with(tmp_path, **values))


@pytest.mark.parametrize(
    ("soft", "text", "expected"),
    [
        ("false", "een rood vlak", False),
        ("false", "een groen vlak", True),
        ("false", "een groen vlak en een rood vlak", False),
        ("true", "een rood vlak", True),
    ],
)
def test_a_soft_rule_or_pattern_only_asks(tmp_path, soft, text, expected):
    screen = Screen.load(folder_with_text(tmp_path, SOFT_RULE.format(soft=soft)))
    assert [hit.soft for hit in screen.check(text).hits] == [expected]


def test_a_soft_rule_is_still_cleared_by_its_context(tmp_path):
    screen = Screen.load(folder_with_text(tmp_path, SOFT_RULE.format(soft="true")))
    assert screen.check("geen rood vlak").hits == ()


def test_soft_is_yes_or_no(tmp_path):
    with pytest.raises(RuleError, match="hart.yml, regel hart.proef: veld `soft`"):
        Screen.load(folder_with_text(tmp_path, SOFT_RULE.format(soft="misschien")))


@pytest.mark.parametrize(
    ("text", "soft"),
    [
        ("ik krijg nu hartkloppingen", False),
        ("ik heb hartkloppingen, de hartfilm was prima", True),
        ("mijn vader viel van het dak, wij zoeken een groepje voor hem", True),
    ],
)
def test_looked_at_by_a_doctor_or_asking_for_company_only_asks(screen, text, soft):
    assert screen.check(text).soft is soft


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(RuleError, match="spelling.yml ontbreekt|context.yml ontbreekt"):
        Screen.load(tmp_path)
