"""`catalogue meldingen`: what readers reported, for the editor."""

from __future__ import annotations

import json
from datetime import datetime, timezone

import pytest
from sociale_kaart.files import Row
from sociale_kaart.reports import Reports

from api.cli.main import main

ENTRY = Row(12, {"id": "odensehuis-ede", "naam": "Odensehuis Ede"}, "odensehuizen.csv")
OWN = Row(2, {"id": "odensehuis-ede"}, "gemeenten/ede/initiatieven.csv")


@pytest.fixture(autouse=True)
def reports(monkeypatch, tmp_path) -> Reports:
    monkeypatch.setenv("MELDINGEN_PAD", str(tmp_path / "meldingen.jsonl"))
    monkeypatch.setattr("api.cli.reports.rows_by_id", lambda: {"odensehuis-ede": [ENTRY, OWN]})
    return Reports(tmp_path / "meldingen.jsonl")


def day(number: int) -> datetime:
    return datetime(2026, 11, number, 9, 30, tzinfo=timezone.utc)


def test_no_reports_is_said(capsys):
    assert main(["catalogue", "meldingen"]) == 0
    assert capsys.readouterr().out == "Er zijn geen open meldingen.\n"


def test_reports_are_grouped_by_entry_newest_first_with_file_and_row(reports, capsys):
    first = reports.add("odensehuis-ede", "gesloten", "Briefje op de deur.", "bewoner", now=day(1))
    gone = reports.add("weg", "anders", None, "balie", now=day(2))
    last = reports.add("odensehuis-ede", "verhuisd", None, "balie", now=day(3))
    assert main(["catalogue", "meldingen"]) == 0
    printed = capsys.readouterr().out
    assert "Odensehuis Ede (odensehuis-ede)" in printed
    assert "odensehuizen.csv rij 12" in printed and "gemeenten/ede/initiatieven.csv rij 2" in printed
    assert "weg: staat niet meer in de lijsten" in printed
    assert "3 november 2026" in printed and "Dit is verhuisd" in printed and "Briefje op de deur." in printed
    assert printed.index(last) < printed.index(first) < printed.index(gone)


def test_reports_since_a_day(reports, capsys):
    reports.add("weg", "anders", now=day(1))
    late = reports.add("weg", "anders", now=day(5))
    assert main(["catalogue", "meldingen", "--sinds", "2026-11-05", "--json"]) == 0
    [entry] = json.loads(capsys.readouterr().out)
    assert [one["meldingId"] for one in entry["meldingen"]] == [late]


def test_a_day_that_is_none_is_a_wrong_use(capsys):
    assert main(["catalogue", "meldingen", "--sinds", "gisteren"]) == 2
    assert "2026-11-22" in capsys.readouterr().err


def test_json_holds_everything_also_what_was_handled(reports, capsys):
    number = reports.add("odensehuis-ede", "gesloten", "Dicht.", "balie", now=day(1))
    reports.handle(number, now=day(2))
    assert main(["catalogue", "meldingen", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "initiatief": "odensehuis-ede",
            "naam": "Odensehuis Ede",
            "rijen": [
                {"bestand": "odensehuizen.csv", "rij": 12},
                {"bestand": "gemeenten/ede/initiatieven.csv", "rij": 2},
            ],
            "meldingen": [
                {
                    "meldingId": number,
                    "wat": "gesloten",
                    "toelichting": "Dicht.",
                    "kanaal": "balie",
                    "tijd": "2026-11-01T09:00Z",
                    "afgehandeld": "2026-11-02T09:00Z",
                }
            ],
        }
    ]


def test_a_handled_report_is_no_longer_listed(reports, capsys):
    number = reports.add("odensehuis-ede", "gesloten")
    assert main(["catalogue", "meldingen", "--afgehandeld", number]) == 0
    assert number in capsys.readouterr().out
    assert main(["catalogue", "meldingen"]) == 0
    assert capsys.readouterr().out == "Er zijn geen open meldingen. Afgehandeld: 1.\n"
    assert reports.all()[0].handled


def test_an_unknown_report_cannot_be_handled(capsys):
    assert main(["catalogue", "meldingen", "--afgehandeld", "bestaat-niet"]) == 2
    assert "catalogue meldingen" in capsys.readouterr().err


def test_initiatives_that_cannot_be_read_are_one_line(reports, monkeypatch, capsys):
    def unreadable() -> dict:
        raise UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte")

    reports.add("weg", "anders")
    monkeypatch.setattr("api.cli.reports.rows_by_id", unreadable)
    assert main(["catalogue", "meldingen"]) == 2
    assert "draai eerst 'catalogue check'" in capsys.readouterr().err


def test_a_list_that_cannot_be_read_is_one_line(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("MELDINGEN_PAD", str(tmp_path))
    assert main(["catalogue", "meldingen"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
