"""Cases as data, in few tests: pytest and its workers take longer over a test than most cases take."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest


def together(
    cases: Iterable[dict],
    group: Callable[[dict], str],
    name: Callable[[dict], str],
    known: Callable[[dict], str | None],
    strict: bool = True,
) -> list:
    """Parameters for `parametrize`, each a list of cases: those of a group, or one that is known to fail.

    `known` gives the reason of a known failure. With `strict` it must fail, or the mark goes: its test then
    fails; without, a newly trained model may pass.
    """
    groups: dict[str, list[dict]] = {}
    alone = []
    for case in cases:
        if reason := known(case):
            mark = pytest.mark.xfail(reason=reason, strict=strict)
            alone.append(pytest.param([case], id=name(case), marks=[mark]))
        else:
            groups.setdefault(group(case), []).append(case)
    return [*(pytest.param(cases, id=code) for code, cases in groups.items()), *alone]
