"""The list of reports: nothing that was acknowledged gets lost, whatever happens to the writer."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sociale_kaart.reports import Reports, without_personal_data

NOON = datetime(2026, 11, 22, 12, 34, 56, tzinfo=timezone.utc)


@pytest.fixture
def reports(tmp_path) -> Reports:
    return Reports(tmp_path / "map" / "meldingen.jsonl")


def test_no_file_is_an_empty_list(reports):
    assert reports.all() == []


def test_a_report_holds_entry_reason_note_channel_and_the_hour_and_nothing_else(reports):
    number = reports.add("odensehuis-ede", "gesloten", "De deur is dicht.", "balie", now=NOON)
    [report] = reports.all()
    assert (report.id, report.initiative_id, report.reason) == (number, "odensehuis-ede", "gesloten")
    assert (report.note, report.channel, report.hour) == ("De deur is dicht.", "balie", "2026-11-22T12:00Z")
    stored = json.loads(reports.path.read_text(encoding="utf-8"))
    assert set(stored) == {"meldingId", "initiatief", "wat", "toelichting", "kanaal", "tijd"}
    assert "34" not in stored["tijd"]


def test_newest_first(reports):
    numbers = [reports.add("a", "anders", now=NOON) for _ in range(3)]
    assert [report.id for report in reports.all()] == numbers[::-1]


def test_the_file_is_for_the_owner_only(reports):
    reports.add("a", "anders")
    assert reports.path.stat().st_mode & 0o077 == 0


def test_an_unknown_reason_is_refused(reports):
    with pytest.raises(ValueError):
        reports.add("a", "zomaar")
    assert reports.all() == []


def test_handled_is_a_line_of_its_own_and_the_report_stays(reports):
    number, other = reports.add("a", "anders"), reports.add("b", "anders")
    assert reports.handle(number, now=NOON) is True
    assert {report.id: report.handled for report in reports.all()} == {
        number: "2026-11-22T12:00Z",
        other: None,
    }
    assert reports.handle("bestaat-niet") is False
    assert len(reports.path.read_bytes().splitlines()) == 3


def test_whatever_is_cut_off_the_rest_is_read_and_the_next_report_too(reports):
    """A crash can stop a write after any byte: earlier reports stay, later ones are readable."""
    first = reports.add("a", "anders", "één")
    whole = len(reports.path.read_bytes())
    second = reports.add("b", "verhuisd", "twee\nregels")
    content = reports.path.read_bytes()
    for length in range(whole, len(content)):
        reports.path.write_bytes(content[:length])
        kept = {first} | ({second} if length == len(content) - 1 else set())
        assert {report.id for report in reports.all()} == kept
        third = reports.add("c", "anders")
        assert {report.id for report in reports.all()} == kept | {third}


def test_a_line_that_is_no_report_is_skipped(reports):
    first = reports.add("a", "anders")
    with open(reports.path, "a", encoding="utf-8") as file:
        file.write('{"meldingId": "x"}\n[]\n3\n{"afgehandeld": "x", "tijd": "y"}\n')
    assert [report.id for report in reports.all()] == [first]


@given(st.binary(max_size=80))
def test_any_bytes_at_the_end_hide_no_report(tmp_path_factory, rubbish):
    reports = Reports(tmp_path_factory.mktemp("r") / "meldingen.jsonl")
    first = reports.add("a", "anders")
    with open(reports.path, "ab") as file:
        file.write(rubbish)
    second = reports.add("b", "anders")
    assert [report.id for report in reports.all()] == [second, first]


WRITER = """
import sys
from sociale_kaart.reports import Reports
reports = Reports(sys.argv[1])
while True:
    print(reports.add("a", "anders", "x" * 250), flush=True)
"""


def test_a_killed_writer_loses_nothing_it_acknowledged(reports):
    acknowledged = []
    for _ in range(3):
        command = [sys.executable, "-c", WRITER, str(reports.path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            acknowledged += [writer.stdout.readline().strip() for _ in range(25)]
            writer.send_signal(signal.SIGKILL)
            acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]
    assert len(acknowledged) >= 75
    assert set(acknowledged) <= {report.id for report in reports.all()}


def test_several_processes_write_whole_lines(reports):
    command = [sys.executable, "-c", WRITER.replace("while True", "for _ in range(40)"), str(reports.path)]
    writers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    acknowledged = [line for writer in writers for line in writer.communicate()[0].split()]
    assert len(acknowledged) == 120
    assert sorted(acknowledged) == sorted(report.id for report in reports.all())


def test_a_full_disk_is_an_error_and_leaves_no_half_line(reports, monkeypatch):
    first = reports.add("a", "anders")
    before = reports.path.read_bytes()

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError):
        reports.add("b", "anders")
    assert reports.path.read_bytes() == before
    assert [report.id for report in reports.all()] == [first]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Bel mij op 06-12345678.", "Bel mij op (nummer weggehaald)."),
        ("Nu 0592 123 456 of +31 6 1234 5678", "Nu (nummer weggehaald) of (nummer weggehaald)"),
        ("mail jan.jansen@voorbeeld.nl maar", "mail (mailadres weggehaald) maar"),
        ("bsn 123456782", "bsn (nummer weggehaald)"),
        ("open van 10.00-12.00, sinds 01-02-2026", "open van 10.00-12.00, sinds 01-02-2026"),
        ("Het is nu Kerkstraat 5, zie www.voorbeeld.nl", "Het is nu Kerkstraat 5, zie www.voorbeeld.nl"),
    ],
)
def test_numbers_and_mail_addresses_are_taken_out(typed, kept):
    assert without_personal_data(typed) == kept
