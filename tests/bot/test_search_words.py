"""What the catalogue's search learns from the corpus."""

from __future__ import annotations

from sociale_kaart.kinds import ROUTE_CODES
from sociale_kaart.matching.learned import BIAS, NO_ROUTE, load_learned_words

from bot.search_words import learned_rows
from bot.triage.corpus import Example

CORPUS = [
    *(
        Example(f"ik wil wandelen met {who}", "sociaal", ("bewegen",))
        for who in ("jan", "piet", "els", "ria", "an")
    ),
    *(
        Example(f"mijn man is overleden {who}", "sociaal", ("rouw",))
        for who in ("nu", "pas", "toen", "net", "ook")
    ),
    *(Example(f"paspoort verlengen {day}", "buiten_bereik") for day in "abcdefghijklmno"),
]


def test_a_word_of_one_route_weighs_for_it() -> None:
    weights = {(row["woorden"], row["route"]): float(row["gewicht"]) for row in learned_rows(CORPUS)}
    assert weights["wandelen", "bewegen"] > 0
    assert weights["man is", "rouw"] > 0
    assert {route for word, route in weights if word == BIAS} == {"bewegen", "rouw", NO_ROUTE}


def test_the_published_file_knows_every_route() -> None:
    learned = load_learned_words()
    assert set(learned.weights[BIAS]) == {*ROUTE_CODES, NO_ROUTE}
