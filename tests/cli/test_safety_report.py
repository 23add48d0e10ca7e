"""`safety-report`: a rule that does not do what its examples say is a fault, and is named."""

from __future__ import annotations

from api.cli.safety_report import in_words

SHARE = {"aantal": 9, "van": 10, "aandeel": 0.9, "van95": 0.6, "tot95": 0.98}


def rule(**values) -> dict:
    return {
        "id": "adem.geen", "voorbeeldenWel": 2, "voorbeeldenNiet": 1, "nagekekenDoor": None, "fouten": [],
    } | values  # fmt: skip


def test_the_outcome_names_failing_examples_and_says_that_no_expert_looked():
    report = {
        "regels": [rule(), rule(fouten=["stik"])],
        "examen": {"totaal": {"herkend": SHARE, "juisteUitkomst": SHARE, "valsAlarm": SHARE}},
    }
    text = "\n".join(in_words(report))
    assert "FOUT  adem.geen: stik" in text
    assert "2 regels, 6 voorbeelden, waarvan 1 niet zoals bedoeld" in text
    assert "0 regels nagekeken door een deskundige" in text
    assert "gevaar herkend: 9 van 10 (90.0 %)" in text
