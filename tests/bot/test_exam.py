"""What counts as the exam."""

from __future__ import annotations

from bot.exam import BY_OUR_OWN_HAND, all_answers


def test_notes_by_our_own_hand_count_only_where_they_stand_alone():
    [own] = BY_OUR_OWN_HAND
    assert all_answers({"algemeen": ["a"], own: ["b"], "gevaar": ["c"]}) == ["a", "c"]
    assert all_answers({own: ["b"]}) == ["b"]
