"""A thousand wrong tokens and as many wrong session keys: none opens anything, the right one still does."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

import pytest

from api.access import keys
from api.access.tokens import CLIENT, PRACTICE, RECEIVER

ALPHABET = string.ascii_letters + string.digits + "-_"
EACH = 200


@pytest.fixture
def chance() -> random.Random:
    return random.Random(20261122)


@pytest.fixture
def compared(monkeypatch) -> list[tuple[str, str]]:
    """What was compared in constant time."""
    calls: list[tuple[str, str]] = []
    really = keys.hmac.compare_digest

    def spy(one: str, other: str) -> bool:
        calls.append((one, other))
        return really(one, other)

    monkeypatch.setattr(keys.hmac, "compare_digest", spy)
    return calls


def random_key(chance: random.Random, before: str) -> str:
    return f"{before}{chance.randrange(16**12):012x}_" + "".join(chance.choices(ALPHABET, k=43))


def one_character_changed(chance: random.Random, key: str) -> str:
    """`key` with one character of its secret part changed."""
    place = chance.randrange(len(key) - 43, len(key))
    other = chance.choice([one for one in ALPHABET if one != key[place]])
    return key[:place] + other + key[place + 1 :]


def wrong_tokens(chance: random.Random, tokens, right: str) -> Iterator[str]:
    """EACH of five kinds: random, altered, of another kind, revoked, expired."""
    revoked = [tokens.make(PRACTICE, f"Weg {number}") for number in range(10)]
    expired = [tokens.make(PRACTICE, f"Oud {number}") for number in range(10)]
    other_kind = [
        tokens.make(chance.choice([CLIENT, RECEIVER]), f"Ander {number}")[1] for number in range(10)
    ]
    for holder, _ in revoked:
        tokens.revoke(holder.id)
    for holder, _ in expired:
        tokens.rotate(holder.id)
    for number in range(EACH):
        yield random_key(chance, "st_")
        yield one_character_changed(chance, right)
        yield other_kind[number % 10]
        yield revoked[number % 10][1]
        yield expired[number % 10][1]


def test_no_wrong_token_of_a_thousand_is_accepted(tokens, chance, compared):
    holder, right = tokens.make(PRACTICE, "Praktijk De Linde", "Zeist")
    wrong = list(wrong_tokens(chance, tokens, right))
    assert len(wrong) == 1000
    compared.clear()
    assert [token for token in wrong if tokens.holder_of(token, PRACTICE)] == []
    assert len(compared) == 1000, "each was compared once, in constant time, whatever was wrong with it"
    assert tokens.holder_of(right, PRACTICE) == holder


def test_no_wrong_session_key_of_a_thousand_is_accepted(sessions, accepted, tokens, clock, chance, compared):
    session, right = sessions.start(accepted.holder, accepted.token_id)
    gone = tokens.make(PRACTICE, "Weg")[0]
    ended = [sessions.start(accepted.holder)[1] for _ in range(5)]
    revoked = [sessions.start(gone)[1] for _ in range(5)]
    for key in ended:
        sessions.end(key)
    tokens.revoke(gone.id)
    wrong = [
        key
        for number in range(250)
        for key in (
            random_key(chance, ""),
            one_character_changed(chance, right),
            ended[number % 5],
            revoked[number % 5],
        )
    ]
    compared.clear()
    assert len(wrong) == 1000 and [key for key in wrong if sessions.use(key)] == []
    assert len(compared) == 1000
    assert sessions.use(right) == session


@pytest.mark.parametrize("malformed", ["", "st_", "x", "é" * 60, "\ud800" * 60, "st_" + "0" * 500])
def test_what_does_not_look_like_a_token_is_compared_as_well(tokens, sessions, compared, malformed):
    assert tokens.holder_of(malformed, PRACTICE) is sessions.use(malformed) is None
    assert len(compared) == 2 and {len(one) for pair in compared for one in pair} == {64}
