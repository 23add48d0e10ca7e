"""Caches on words that somebody may have typed: they serve one question, and are emptied together.

What is looked up twice in one question is worked out once. Between questions they are of no use that could be
measured, and a word that was typed (a surname) would outlive its conversation in them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar
from weakref import WeakSet

F = TypeVar("F", bound=Callable[..., Any])

_caches: WeakSet = WeakSet()


def cached_by_word(most: int) -> Callable[[F], F]:
    """`lru_cache` of at most `most` answers, which `forget_typed_words` empties."""

    def decorate(function: F) -> F:
        cached = lru_cache(maxsize=most)(function)
        _caches.add(cached)
        return cached

    return decorate


def forget_typed_words() -> None:
    """Empty every cache that was made with `cached_by_word`, in any thread."""
    for cache in list(_caches):
        cache.cache_clear()
