"""The documentation names only what exists, and everything that exists is documented."""

from __future__ import annotations

import argparse
import os
import re
import shlex
import subprocess

import pytest

from api.cli.main import build_parser
from api.settings import declared
from tests.docs.markdown import ROOT, Page, pages

PAGES = pages()
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", MAKEFILE, re.M))
SET_UP_VARIABLES = {"PYTHON", "TAALMODEL_WHEEL", "FILE", "WORKERS", "CI", "REPLICA_RONDES"}
"""Variables of the set-up and of a test run, beside the settings of the program in api/settings.py."""
SETTINGS = {setting["env"] for setting in declared()}

every_page = pytest.mark.parametrize("page", PAGES, ids=str)


def _commands_of(parser: argparse.ArgumentParser, before: str = "") -> set[str]:
    """All commands of the command line, such as `ask` and `catalogue search`."""
    found = set()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, child in action.choices.items():
                found |= _commands_of(child, f"{before}{name} ") or {f"{before}{name}"}
    return found


def _typed(page: Page) -> list[str]:
    """Everything on the page that a reader could type: shell lines and code spans."""
    return [*page.commands, *page.code_spans]


def _mentions(page: Page) -> str:
    return "\n".join(_typed(page))


@every_page
def test_every_make_target_that_is_named_exists(page):
    named = set()
    for text in _typed(page):
        if re.match(r"make( |$)", text):
            named |= {word for word in text.split()[1:] if re.fullmatch(r"[a-z][a-z-]*", word)}
    assert named - TARGETS == set()


@every_page
def test_every_command_that_is_shown_can_be_parsed(page, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    for line in page.commands:
        assert subprocess.run(["bash", "-n", "-c", line], capture_output=True).returncode == 0, line
        match = re.match(r"(?:\S*/)?sociale-triage (.*?)(?: [|>] .*)?$", line)
        if match:
            try:
                build_parser().parse_args(shlex.split(match.group(1), comments=True))
            except SystemExit as exit:
                reason = capsys.readouterr().err
                assert not exit.code or "there is no file" in reason, f"{line}\n{reason}"


@every_page
def test_every_command_in_running_text_exists(page):
    known = _commands_of(build_parser())
    known |= {command.split()[0] for command in known}
    for span in page.code_spans:
        match = re.match(r"(?:\S*/)?sociale-triage ([a-z-]+)", span)
        if match:
            assert match.group(1) in known, span


@every_page
def test_every_setting_that_is_named_exists(page):
    named = set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \|", page.prose, re.M))
    for text in _typed(page):
        named |= set(re.findall(r"(?:^|\s)([A-Z][A-Z0-9_]+)=", text))
    assert named - SETTINGS - SET_UP_VARIABLES == set()


@every_page
def test_internal_links_lead_somewhere(page):
    for link in page.links:
        path, _, anchor = link.partition("#")
        target = page.path if not path else (page.path.parent / path)
        assert target.exists(), link
        if anchor and target.suffix == ".md":
            assert anchor in Page(target).anchors, link


def test_every_make_target_is_documented():
    documented = "\n".join(map(_mentions, PAGES))
    assert {target for target in TARGETS if not re.search(rf"make {target}\b(?!-)", documented)} == set()


def test_make_help_lists_every_target():
    assert set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.M)) == TARGETS


def test_every_command_is_documented():
    documented = "\n".join(map(_mentions, PAGES))
    missing = {name for name in _commands_of(build_parser()) if f"sociale-triage {name}" not in documented}
    assert missing == set()


def test_every_setting_is_documented():
    documented = "\n".join(page.text for page in PAGES)
    variables = SETTINGS | SET_UP_VARIABLES
    assert {name for name in variables if not re.search(rf"\b{name}\b", documented)} == set()


def test_every_setting_of_the_set_up_is_read_somewhere():
    scripts = MAKEFILE + "".join(path.read_text(encoding="utf-8") for path in (ROOT / ".ci").iterdir())
    assert {name for name in SET_UP_VARIABLES if name not in scripts} == set()


def test_scripts_that_are_named_exist():
    for page in PAGES:
        for span in page.code_spans:
            if re.fullmatch(r"\.ci/[\w.-]+", span):
                assert os.path.exists(ROOT / span), f"{page}: {span}"
