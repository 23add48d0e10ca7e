"""Reading the corpus without Rasa."""

from __future__ import annotations

import pytest

from bot.triage.corpus import CorpusError, Example, load_corpus

GROUP = """version: "3.1"
nlu:
- intent: sociaal
  metadata: {routes: [odensehuis, mantelzorg], kanaal: balie}
  examples: |
    - mw zoekt plek, "samen" met dhr
    - tweede: met dubbele punt # en hekje
- synonym: den haag
  examples: |
    - 's-gravenhage
- intent: begroeten
  examples: |
    - hoi
"""


def corpus(tmp_path, content):
    (tmp_path / "groep.yml").write_text(content, encoding="utf-8")
    return load_corpus(tmp_path)


def test_reads_text_intent_routes_and_channel(tmp_path):
    assert corpus(tmp_path, GROUP) == [
        Example('mw zoekt plek, "samen" met dhr', "sociaal", ("odensehuis", "mantelzorg"), "balie"),
        Example("tweede: met dubbele punt # en hekje", "sociaal", ("odensehuis", "mantelzorg"), "balie"),
        Example("hoi", "begroeten"),
    ]


@pytest.mark.parametrize(
    ("found", "replacement", "complaint"),
    [
        ("intent: sociaal", "intent: social", "unknown intent 'social'"),
        ("kanaal: balie", "kanaal: fax", "unknown kanaal 'fax'"),
        ("odensehuis,", "odense,", "unknown routes ['odense']"),
        ("routes: [odensehuis, mantelzorg]", "routes: []", "only sociaal and gemengd have routes"),
        ("    - tweede", "    tweede", "starts with '- '"),
    ],
)
def test_names_file_and_group_of_a_fault(tmp_path, found, replacement, complaint):
    with pytest.raises(CorpusError) as error:
        corpus(tmp_path, GROUP.replace(found, replacement))
    assert "groep.yml, group 1" in str(error.value)
    assert complaint in str(error.value)


def test_empty_folder_is_an_error(tmp_path):
    with pytest.raises(CorpusError, match="no .yml files"):
        load_corpus(tmp_path)
