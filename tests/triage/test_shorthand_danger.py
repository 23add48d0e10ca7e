"""Danger in practice shorthand: what the safety rules must see in a note, in small letters too."""

from __future__ import annotations

import pytest

from bot.triage.screen import Screen
from bot.triage.shorthand import write_out
from bot.triage.types import Screening
from bot.triage.written_out import screen_both

CRISIS, UNSAFE, EMERGENCY, TODAY = "crisis_113", "onveilig", "spoed_112", "huisarts_vandaag"


def screened(note: str) -> Screening:
    return screen_both(Screen.load().check, write_out(note, "balie"))


@pytest.mark.parametrize(
    ("note", "action"),
    [
        ("mw 34 hg in gezin", UNSAFE),
        ("mw 34 hg", UNSAFE),
        ("zw 20 wk, hg door man", UNSAFE),
        ("mw 34 huis geweld", UNSAFE),
        ("kind 4 km?", UNSAFE),
        ("kind 4 km verm", UNSAFE),
        ("mw 34 sg door ex", UNSAFE),
        ("mw 34 mish door partner", UNSAFE),
        ("mw 30 su ged", CRISIS),
        ("mw 30 su", CRISIS),
        ("mw 30 su-gedachten", CRISIS),
        ("dhr 50 ts vannacht", CRISIS),
        ("dhr 50 sg", CRISIS),
        ("dhr 50 si", CRISIS),
        ("mw 17 am armen", CRISIS),
        ("automut armen", CRISIS),
        ("mw 28 ppd, gedachten kind iets aan te doen", TODAY),
        ("mw 28 pp, bang kind iets aan te doen", TODAY),
        ("mw 24 ppp", TODAY),
        ("mw 88 delier?", TODAY),
        ("dhr 80 dec cordis", TODAY),
        ("mw 50 le?", TODAY),
        ("mw 50 longemb?", TODAY),
        ("mw 50 dvt?", TODAY),
        ("mw 45 tia?", EMERGENCY),
        ("mw 70 vg dm2, tia?", EMERGENCY),
        ("dhr 70 cva?", EMERGENCY),
        ("dhr 30 verd tia", EMERGENCY),
        ("mw 50 mi?", EMERGENCY),
        ("mw 50 acs?", EMERGENCY),
        ("dhr 30 dd mi", EMERGENCY),
        ("mw 50 hartinf", EMERGENCY),
        ("mw 22 anafyl", EMERGENCY),
        ("mw 22 anafyl na wesp", EMERGENCY),
        ("auto-intox", EMERGENCY),
        ("dhr 40 autointox pcm", EMERGENCY),
        ("intox pcm 20 tabl", EMERGENCY),
        ("kind 3 meningitis?", EMERGENCY),
        ("mw 80 sepsis?", EMERGENCY),
        ("mw 32 pre-ecl?", EMERGENCY),
        ("pob, koorts neg", EMERGENCY),
        ("pob, koorts gn", EMERGENCY),
        ("pob gn koorts", EMERGENCY),
        ("pob gn lucht", EMERGENCY),
    ],
)
def test_danger_in_shorthand(note, action):
    hits = screened(note).hits
    assert action in {hit.action for hit in hits if not hit.soft}


@pytest.mark.parametrize(
    ("note", "action"),
    [
        ("mw 45 tia", EMERGENCY),
        ("dhr 70 CVA", EMERGENCY),
        ("dhr 40 intox", EMERGENCY),
        ("mw 88 om?", UNSAFE),
        ("mw 34 kindermish", UNSAFE),
        ("hg verleden, nu veilig, vr praatgroep", UNSAFE),
        ("HG -, vr praatgroep", UNSAFE),
        ("hg gn", UNSAFE),
        ("SI -", CRISIS),
        ("SI -, TS -", CRISIS),
        ("dhr 50 si neg", CRISIS),
    ],
)
def test_in_doubt_it_asks(note, action):
    """Whoever writes that there is none still gets the question: never less for suicide and violence."""
    hits = screened(note).hits
    assert (action, True) in {(hit.action, hit.soft) for hit in hits}


@pytest.mark.parametrize(
    "note",
    [
        "vg TIA 2010, vr om praatje",
        "vg: tia? 2010",
        "gn tia, gn cva",
        "tia gn, cva gn",
        "st na mi 2015, zoekt beweeggroep",
        "dhr 70 hartinf 2018, wandelgroep",
        "mw 70 TIA '21, stabiel, vr koor",
        "tia-poli controle jaarlijks",
        "mi cursus poh",
        "m.i. eenzaam, vr wor",
        "mw zw 9wk hg, misselijk",
        "mw vaak op su, gn oorzaak",
        "dhr dm2, su en metf",
        "mw dm2 50 su",
        "fietst 8 km, vr beweeggroep",
        "mw 12 km lopen, zkt wandelmaatje",
        "wil om praatje, eenzaam",
        "mw 78 om de hoek, eenzaam",
        "am pm insuline schema",
        "afspr 9 am",
        "ts schildklier",
        "urine sg 1010",
        "dhr si gewricht pijn",
        "intox: roken 10/dg, alc 2 eh",
        "intox gn",
        "VT bij icd",
        "vg ppd, nu zw, zkt moedergroep",
        "gn ppd (poh), eenz",
        "ppd vorig jr hersteld, wnr mag sporten",
        "ppp voeten zalf",
        "all: anafyl wesp, epipen rec",
        "dec cordis stabiel, beweeggroep",
        "st na DVT 2019, vr of vliegkous",
        "st na longemb 2018",
        "meningitis vaccin",
        "pob gn, dyspn gn",
        "mw 82 jr, pt†, koorts gn, pob gn, vr om praatje",
        "koorts neg, pob neg, hoest 3 dg",
        "oude littekens bovenarmen (automut. als tiener), vr verwijsbrief",
    ],
)
def test_no_danger_in_shorthand(note):
    assert screened(note).hits == ()
