"""publiccode.yml holds what version 0.4 of the standard asks for, and agrees with pyproject.toml."""

from __future__ import annotations

import re

import pytest
from sociale_kaart.yaml_text import read_yaml_text

from tests.docs.markdown import ROOT

METADATA = read_yaml_text((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_every_mandatory_key_is_there():
    wanted = {"publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType"}
    assert wanted | {"description", "legal", "maintenance", "localisation"} <= set(METADATA)
    assert METADATA["publiccodeYmlVersion"] == "0.4"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_descriptions_have_the_length_the_standard_asks_for(language):
    description = METADATA["description"][language]
    assert 0 < len(description["shortDescription"]) <= 150
    assert 150 <= len(description["longDescription"]) <= 10_000
    assert description["features"]


def test_version_and_licence_are_those_of_the_project():
    assert f'version = "{METADATA["softwareVersion"]}"' in PYPROJECT
    assert METADATA["legal"]["license"] == re.search(r'^license = "(.+)"', PYPROJECT, re.M).group(1)
