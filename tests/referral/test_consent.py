"""What is agreed to is exactly what was shown."""

from __future__ import annotations

from api.referral.consent import PRACTICE, RESIDENT, consent_text
from api.referral.retention import Retention

USUAL = Retention(30, 90)


def test_it_says_who_gets_what_how_long_and_how_to_stop():
    for asked_by in (RESIDENT, PRACTICE):
        said = consent_text(asked_by, "Zeist", USUAL).text
        for part in (
            "Zeist",
            "naam",
            "telefoonnummer of",
            "e-mailadres",
            "moment",
            "wens",
            "30 dagen",
            "90 dagen",
        ):
            assert part in said
        assert "hier veilig bewaard" in said
        assert "altijd stoppen" in said and "code" in said and "gewist" in said
    assert "De praktijk hoort alleen" in consent_text(PRACTICE, "Zeist", USUAL).text


def test_a_version_belongs_to_one_text():
    versions = {
        consent_text(asked_by, municipality, retention).version
        for asked_by in (RESIDENT, PRACTICE)
        for municipality in ("Zeist", "Utrecht")
        for retention in (USUAL, Retention(7, 90), Retention(30, 60))
    }
    assert len(versions) == 12
    assert consent_text(RESIDENT, "Zeist", USUAL) == consent_text(RESIDENT, "Zeist", USUAL)
