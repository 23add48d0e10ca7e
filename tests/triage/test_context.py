"""Every example in the cue lists of context.yml holds."""

import pytest
from sociale_kaart.yaml_text import read_yaml_text

from bot.triage.context import KINDS
from bot.triage.screen import DEFAULT_FOLDER, Screen

DATA = read_yaml_text((DEFAULT_FOLDER / "context.yml").read_text(encoding="utf-8"))
EXAMPLES = [
    pytest.param(kind, e["text"], e["fragment"], e["holds"], id=f"{kind}: {e['text']}")
    for kind in KINDS
    for e in DATA["kinds"][kind]["examples"]
]


@pytest.mark.parametrize(("kind", "text", "fragment", "holds"), EXAMPLES)
def test_example(kind, text, fragment, holds):
    assert (kind in Screen.load().context_of(text, fragment)) is holds


def test_every_kind_has_examples():
    assert all(DATA["kinds"][kind]["examples"] for kind in KINDS)


def test_negation_never_clears_suicidality_or_violence():
    effects = DATA["effects"]
    for name in ("crisis_113", "onveilig"):
        assert effects["per_action"][name]["negation"] != "clear"
    assert all(e["negation"] != "clear" for e in effects["per_group"].values())
