from __future__ import annotations

import pytest

from bot.payload import button_id, read_payload


@pytest.mark.parametrize(
    ("payload", "name", "values", "identifier"),
    [
        ("/mens", "mens", {}, "mens"),
        ('/kies_route{"route": "rouw"}', "kies_route", {"route": "rouw"}, "kies_route:rouw"),
        ('/noem_plaats{"plaats": "Ede"}', "noem_plaats", {"plaats": "Ede"}, "noem_plaats:Ede"),
    ],
)
def test_a_payload_is_read_and_has_a_readable_id(payload, name, values, identifier):
    assert read_payload(payload) == (name, values)
    assert button_id(payload) == identifier
