"""The invented catalogue: the same for the same seed, valid, and nothing in it can be taken for real."""

from __future__ import annotations

import random
from pathlib import Path

from sociale_kaart.check import check_catalogue
from sociale_kaart.files import read_initiatives
from sociale_kaart.rivals import RIVALS
from sociale_kaart.sample import sample_rows, write_sample
from sociale_kaart.search_bench import OURS, Compiled, measure_size, misspelled_queries
from sociale_kaart.slips import misspelled


def test_the_same_seed_gives_the_same_rows() -> None:
    assert list(sample_rows(50, seed=3)) == list(sample_rows(50, seed=3))
    assert list(sample_rows(50, seed=3)) != list(sample_rows(50, seed=4))


def test_it_is_valid_and_cannot_be_taken_for_real(tmp_path: Path) -> None:
    write_sample(tmp_path, 200)
    assert [str(fault) for fault in check_catalogue(tmp_path)] == []
    for row in read_initiatives(tmp_path):
        assert row["bron_url"].endswith(".invalid/verzonnen")
        assert not (row["telefoon"] or row["straat_huisnummer"] or row["website"])


def test_slips_leave_short_words_alone_and_differ_by_seed() -> None:
    assert misspelled("De As", random.Random(1), 3) == "de as"
    queries = misspelled_queries(read_initiatives(), 20, seed=2)
    assert queries == misspelled_queries(read_initiatives(), 20, seed=2)
    assert len({text for text, _ in queries}) == 20


def test_ours_finds_at_least_as_much_as_the_others(tmp_path: Path) -> None:
    measured = list(measure_size(400, 60, tmp_path, rivals=True))
    assert isinstance(measured[0], Compiled)
    recall = {one.way: one.recall_1 for one in measured[1:]}
    assert set(recall) == {OURS, *RIVALS}
    assert recall[OURS] >= max(recall.values()) - 0.05
