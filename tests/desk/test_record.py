from __future__ import annotations

from datetime import date

from api.desk.record import record_text
from tests.api.fakes import INITIATIVE, triage_of

TODAY = date(2026, 11, 22)
PLACE = {"naam": "Zeist", "gemeente": "Zeist", "bron": "bericht"}


def test_it_says_what_was_shown():
    triage = {**triage_of("mijn buurvrouw heet Geesje"), "plaats": PLACE}
    one = {**INITIATIVE, "adres": "Dorpsstraat 1", "telefoon": "0000 000000"}
    code = {"code": "Z29", "omschrijving": "ander sociaal probleem"}
    assert record_text(triage, [one], [code], TODAY).splitlines() == [
        "Sociale wegwijzer, 22-11-2026: Sociale vraag.",
        "Plaats: Zeist.",
        "Deze plekken zijn genoemd:",
        "- Odensehuis Nepstad, Dorpsstraat 1, tel. 0000 000000",
        "Suggestie ICPC-1 (zelf kiezen): Z29 ander sociaal probleem.",
    ]


def test_nothing_found_is_said():
    assert record_text(triage_of("iets"), [], [], TODAY).endswith("Geen plek in de buurt gevonden.")


def test_danger_points_to_the_own_protocol_and_to_no_place():
    text = record_text(triage_of("druk op mijn borst"), [INITIATIVE], [], TODAY)
    assert "Rode vlag" in text and "Eigen triageprotocol" in text
    assert INITIATIVE["naam"] not in text


def test_no_word_of_the_patient_is_in_it():
    typed = "mevrouw Geesje Jansen, tel. 06 12345678, is somber"
    text = record_text(triage_of(typed), [INITIATIVE], [], TODAY)
    assert not any(word in text for word in ("Geesje", "Jansen", "06", "12345678", "somber"))
