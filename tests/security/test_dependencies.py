"""The dependency audit: what fails it, and that the lock of today passes it."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest
from packaging.specifiers import SpecifierSet
from sociale_kaart.yaml_text import read_yaml_text

from api.cli import advisories
from api.cli.advisories import (
    Acceptance,
    Advisory,
    accepted_table,
    faults,
    overdue,
    pip_audit_command,
    read_advisories,
    read_lock,
)
from api.cli.main import main
from bot.training import ROOT

TODAY = date(2026, 11, 22)
ACCEPTED = Acceptance("It is not used.", ("requirements.lock",), TODAY)
LOCK = {"keras": {"2.12.0"}, "rasa": {"3.6.21"}}


def advisory(affected: str = "<2.13", accepted: Acceptance | None = None, package: str = "keras") -> Advisory:
    return Advisory(("CVE-1",), package, SpecifierSet(affected), "2.13", "It breaks.", "a", TODAY, accepted)


def test_the_lock_of_today_has_no_finding_that_is_not_accepted():
    assert faults(read_advisories(), read_lock()) == []


def test_every_package_of_the_lock_is_read():
    lock = read_lock()
    lines = [line for line in (ROOT / "requirements.lock").read_text().splitlines() if "==" in line]
    assert sum(map(len, lock.values())) == len([line for line in lines if not line.startswith((" ", "#"))])
    assert lock["rasa"] == {"3.6.21"} and len(lock) > 200


def test_a_finding_that_is_not_accepted_is_a_fault():
    [line] = faults([advisory()], LOCK)
    assert "CVE-1 (keras 2.12.0)" in line and "2.13" in line


def test_an_accepted_finding_is_none():
    assert faults([advisory(accepted=ACCEPTED)], LOCK) == []


@pytest.mark.parametrize("affected", ["<2.12", ">=3,<3.11", "==2.12.1"])
def test_other_versions_are_no_finding(affected):
    assert faults([advisory(affected)], LOCK) == []


def test_a_package_that_is_not_locked_is_no_finding():
    assert faults([advisory(package="torch")], LOCK) == []


def test_an_acceptance_that_hits_nothing_any_more_must_go():
    [line] = faults([advisory("<2.12", ACCEPTED)], LOCK)
    assert "remove" in line


@pytest.mark.parametrize(
    "accepted",
    [
        dataclasses.replace(ACCEPTED, reason=" "),
        dataclasses.replace(ACCEPTED, proof=()),
        dataclasses.replace(ACCEPTED, proof=("tests/nowhere.py",)),
        dataclasses.replace(ACCEPTED, proof=("requirements.lock::no such name",)),
    ],
    ids=["no reason", "no proof", "a proof that is not there", "a name that is not there"],
)
def test_an_acceptance_needs_a_reason_and_a_proof_that_is_there(accepted):
    assert len(faults([advisory(accepted=accepted)], LOCK)) == 1


def test_the_day_of_review_counts_in_the_audit_alone_and_never_in_a_test():
    known = [advisory(accepted=ACCEPTED)]
    assert overdue(known, TODAY) == [] and len(overdue(known, TODAY + timedelta(1))) == 1
    assert faults(known, LOCK) == []


def test_the_command_says_what_it_found_and_of_what_day_it_knows(monkeypatch, capsys):
    monkeypatch.setattr(advisories, "overdue", lambda known, today: [])
    assert main(["audit-dependencies"]) == 0
    said = capsys.readouterr().out
    assert "No finding" in said and "2026-11-22" in said
    monkeypatch.setattr(advisories, "read_lock", lambda: {"keras": {"2.11"}, "rasa": {"3.6.20"}})
    assert main(["audit-dependencies"]) == 1
    assert "CVE-2024-49375 (rasa 3.6.20)" in capsys.readouterr().out


def test_the_command_for_pip_audit_ignores_what_we_accepted(capsys):
    assert main(["audit-dependencies", "--pip-audit"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("uvx pip-audit") and "--ignore-vuln CVE-2024-3660" in said
    assert "CVE-2024-49375" not in said, "fixed in what we lock: not ignored"
    assert said.strip() == pip_audit_command(read_advisories())


def test_the_page_shows_the_accepted_findings_as_they_are():
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    assert accepted_table(read_advisories()) in page


def test_every_advisory_is_complete():
    for entry in read_yaml_text(advisories.ADVISORIES.read_text(encoding="utf-8"))["advisories"]:
        assert entry["source"].startswith("https://") and entry["summary"].endswith("."), entry["ids"]
        assert isinstance(entry["looked_up"], date) and entry["fixed"], entry["ids"]
