"""Learning, from the utterances of the corpus, which words ask for which route: for the catalogue's search.

Writes `catalogue/data/zoekwoorden_geleerd.csv`, which `sociale_kaart.matching.learned` reads. The
catalogue itself needs neither the corpus nor scikit-learn.
"""

from __future__ import annotations

from pathlib import Path

from sociale_kaart.files import DATA_DIR, LEARNED_WORDS, write_rows
from sociale_kaart.matching.learned import BIAS, NO_ROUTE, features_of
from sociale_kaart.matching.words import tokens

from bot.triage.corpus import Example, load_corpus

CORPUS = Path(__file__).parents[1] / "data" / "nlu"
OTHERS = ("medisch", "buiten_bereik")
"""Labels whose utterances show what asks for nothing social."""

EVERY_NTH_OTHER = 3
"""Of those only each third: they are as many as all routes together."""

FEWEST = 4
"""Utterances a word must stand in: rarer ones are names and slips."""

LEAST_WEIGHT = 0.35
"""Weights nearer to 0 are left out of the file; they change almost nothing (measured on held-out writers)."""

COLUMNS = ["woorden", "route", "gewicht"]


def learn_search_words(path: Path = DATA_DIR / LEARNED_WORDS) -> int:
    """Learn and write the file; the number of weights. The same corpus gives the same file."""
    rows = learned_rows(load_corpus(CORPUS))
    write_rows(path, COLUMNS, rows)
    return len(rows)


def learned_rows(corpus: list[Example]) -> list[dict[str, str]]:
    """The weights of words and pairs of words for each route, in the order of the words."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    social = [(example.text, example.routes[0]) for example in corpus if example.routes]
    others = [(example.text, NO_ROUTE) for example in corpus if example.intent in OTHERS]
    texts, routes = zip(*social, *others[::EVERY_NTH_OTHER], strict=True)
    counter = CountVectorizer(analyzer=lambda text: features_of(tokens(text)), min_df=FEWEST, binary=True)
    matrix = counter.fit_transform(texts)
    model = LogisticRegression(C=1.0, max_iter=300, multi_class="multinomial").fit(matrix, routes)
    names = [*counter.get_feature_names_out(), BIAS]
    rows = []
    for at, route in enumerate(model.classes_):
        for name, weight in zip(names, [*model.coef_[at], model.intercept_[at]], strict=True):
            if name == BIAS or abs(weight) >= LEAST_WEIGHT:
                rows.append({"woorden": name, "route": route, "gewicht": f"{weight:.2f}"})
    return sorted(rows, key=lambda row: (row["woorden"], row["route"]))
