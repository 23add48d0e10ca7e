from __future__ import annotations

import pytest

from api.delivery.events import REFERRAL_MADE


def test_a_receiver_comes_whole_or_not_at_all(receivers, tokens, monkeypatch):
    def die(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("api.delivery.receivers._add_secret", die)
    with pytest.raises(RuntimeError):
        receivers.add("Welzijn Zeist", "https://welzijn.example/haken", [REFERRAL_MADE])
    assert receivers.all() == tokens.all() == []
