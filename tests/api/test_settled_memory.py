"""What was loaded is left alone by the garbage collector, on any system."""

from __future__ import annotations

import gc

from api import settled_memory


def test_what_is_there_is_not_walked_through_again():
    before = gc.get_freeze_count()
    settled_memory.few_arenas()
    settled_memory.settle()
    assert gc.get_freeze_count() > before


def test_without_glibc_nothing_breaks(monkeypatch):
    monkeypatch.setattr(settled_memory, "_libc", object())
    settled_memory.few_arenas()
    settled_memory.settle()
