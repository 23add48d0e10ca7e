"""Memory with shared pages once, windows of turns, and whether both sides say the same."""

from __future__ import annotations

import os

from api.cli.bench.answers import compare, judge
from api.cli.bench.measure import window_mean
from api.cli.bench.memory import group_mb, resident_kb

LIBRARY = """7f0000000000-7f0000001000 r-xp 00001000 08:01 42   /lib/some.so
Size:   100 kB
Rss:    {shared} kB
Pss:    1 kB
"""
HEAP = """55d000000000-55d000001000 rw-p 00000000 00:00 0   [heap]
Rss:    {own} kB
"""


def test_pages_of_a_file_that_two_processes_hold_count_once_and_their_own_memory_twice():
    first = LIBRARY.format(shared=80) + HEAP.format(own=10)
    second = HEAP.format(own=10) + LIBRARY.format(shared=60)
    assert resident_kb([first, second]) == (80 + 10 + 10, 80 + 10 + 60 + 10)


def test_memory_of_this_process_is_a_plausible_number_of_megabytes():
    found = group_mb([os.getpid()])
    assert 5 < found["residentMb"] <= found["rssMb"] < 100_000
    assert found["processes"] >= 1


def test_the_window_around_a_turn_holds_eight_turns_and_never_the_first():
    turns = [1000.0, *(float(turn) for turn in range(2, 201))]
    assert window_mean(turns, 5) == sum(range(2, 10)) / 8
    assert window_mean(turns, 50) == sum(range(47, 55)) / 8
    assert window_mean(turns, 200) == sum(range(193, 201)) / 8


def test_an_addition_of_ours_is_no_difference_and_a_missing_answer_of_stock_no_agreement():
    assert judge("Dag.", "Dag.") == "same"
    assert judge("Dag. Bel 112.", "Dag.") == "extended"
    assert judge("Dag.", "Dag. Bel 112.") == "different"
    assert judge(None, "Dag.") == "different"
    assert judge("Dag.", None) == "noAnswerOfStock"


def test_every_turn_of_every_round_is_compared_and_differences_are_named():
    ours, stock = [["a", "b"], ["a", "x"]], [["a", "b"], ["a", "y"]]
    found = compare([{"long": said} for said in ours], [{"long": said} for said in stock])
    assert (found["turns"], found["same"], found["different"]) == (4, 3, 1)
    assert found["where"] == [{"round": 2, "part": "long", "turn": 2, "ours": "x", "stock": "y"}]
