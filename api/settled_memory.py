"""The memory of a server that has loaded what it needs and from then on only answers."""

from __future__ import annotations

import ctypes
import gc

_MOST_ARENAS = -8
"""M_ARENA_MAX of malloc.h."""


def few_arenas() -> None:
    """Let the threads share memory that was given back; by default glibc keeps some apart for each of them.

    Call it before there are threads. Where there is no glibc, nothing happens.
    """
    if hasattr(_libc, "mallopt"):
        _libc.mallopt(_MOST_ARENAS, 2)


def settle() -> None:
    """Call it once everything is loaded: what is there now stays until the end.

    The garbage collector need not walk through it any more, which at every full collection held up every
    answer, and the system gets back what only the loading needed.
    """
    gc.collect()
    gc.freeze()
    if hasattr(_libc, "malloc_trim"):
        _libc.malloc_trim(0)


_libc = ctypes.CDLL(None)
