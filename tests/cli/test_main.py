"""The frame of the command line: what it offers, its exit codes, and that it starts light."""

from __future__ import annotations

import subprocess
import sys

import pytest

from api.cli.errors import CommandError
from api.cli.main import build_parser, main

COMMANDS = (
    ["ask", "hallo"],
    ["ask", "hallo", "--plaats", "Ede", "--kanaal", "balie", "--json"],
    ["evaluate", __file__, "--json", "--errors"],
    ["evaluate", "--json"],
    ["converse", __file__, "--json"],
    ["catalogue", "search", "eten", "--plaats", "Ede", "--soort", "rouw", "--limit", "3", "--json"],
    ["catalogue", "check"],
    ["catalogue", "check", "bestand.csv"],
    ["catalogue", "import", __file__, "--source", "gemeente", "--dry-run"],
    ["catalogue", "export", "--format", "csv"],
    ["catalogue", "export", "--format", "hsds"],
    ["train"],
    ["serve"],
    ["bench"],
    ["actions"],
    ["safety-report"],
    ["evaluation-report"],
    ["evaluation-report", "--variants"],
)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_every_command_of_the_contract_is_offered(arguments):
    assert callable(build_parser().parse_args(arguments).run)


@pytest.mark.parametrize(
    "arguments",
    [[], ["onzin"], ["ask"], ["ask", "x", "--kanaal", "fax"], ["evaluate", "er-is-geen.jsonl"]],
    ids=" ".join,
)
def test_wrong_usage_exits_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as exit:
        main(arguments)
    assert exit.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_command_that_cannot_be_carried_out_is_one_line(monkeypatch, capsys):
    def fails(arguments):
        raise CommandError("er is geen model; draai 'make train'")

    monkeypatch.setattr("api.cli.ask.run", fails)
    assert main(["ask", "hallo"]) == 2
    assert capsys.readouterr().err == "sociale-triage: er is geen model; draai 'make train'\n"


def test_a_wrong_setting_is_one_line(monkeypatch, capsys):
    monkeypatch.setenv("PORT", "veel")
    assert main(["ask", "hallo"]) == 2
    assert capsys.readouterr().err.startswith("sociale-triage: PORT")


def test_a_missing_model_says_what_to_do(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("MODEL_PATH", str(tmp_path))
    assert main(["ask", "hallo"]) == 2
    assert "make train" in capsys.readouterr().err


def test_ask_evaluate_and_catalogue_do_not_import_rasa():
    code = (
        "import sys, bot.assessor, bot.triage.evaluation, actions.public_json, sociale_kaart.search;"
        "import api.cli.main;"
        "print(','.join(m for m in ('rasa', 'rasa_sdk', 'tensorflow', 'fastapi') if m in sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (result.stdout, result.stderr) == ("\n", "")


def test_help_imports_nothing_heavy():
    code = (
        "import sys, api.cli.main; api.cli.main.build_parser().format_help();"
        "print(','.join(m for m in ('spacy', 'sklearn', 'numpy', 'limits') if m in sys.modules))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (result.stdout, result.stderr) == ("\n", "")
