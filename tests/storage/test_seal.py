from __future__ import annotations

import pytest

from api.storage.seal import NoKey, Seal, new_key


def test_what_is_sealed_can_be_opened_and_not_read():
    seal = Seal([new_key()])
    sealed = seal.close({"naam": "Jansen"})
    assert b"Jansen" not in sealed and seal.open(sealed) == {"naam": "Jansen"}


def test_an_older_key_opens_and_renewing_makes_it_unneeded():
    old, new = new_key(), new_key()
    sealed = Seal([old]).close("iets")
    assert Seal([new, old]).open(sealed) == "iets"
    assert Seal([new]).open(Seal([new, old]).renewed(sealed)) == "iets"


def test_without_a_fitting_key_nothing_opens():
    sealed = Seal([new_key()]).close("iets")
    for seal in (Seal([new_key()]), Seal([])):
        with pytest.raises(NoKey):
            seal.open(sealed)
    with pytest.raises(NoKey):
        Seal([]).close("iets")
    assert Seal([]).is_usable is False
