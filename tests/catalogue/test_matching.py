"""How words and names are compared: by spelling, by sound, split and joined."""

from __future__ import annotations

import pytest
from sociale_kaart.matching.alignment import TextWords
from sociale_kaart.matching.audience import Audience, audience_in
from sociale_kaart.matching.glued import Words, mended
from sociale_kaart.matching.grams import GramIndex, grams_of
from sociale_kaart.matching.learned import load_learned_words
from sociale_kaart.matching.names import names_of
from sociale_kaart.matching.sounds import sound_of
from sociale_kaart.matching.words import KnownWords, similarity, tokens
from sociale_kaart.search import search
from sociale_kaart.store import Catalogue

from tests.catalogue.conftest import TODAY


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("praathuis", "praethuys"),
        ("hamelhuis", "hamelhuys"),
        ("alsheimer", "alzheimer"),
        ("kopie", "copie"),
        ("odensehuiz", "odensehuis"),
        ("leidse rein", "leidse rijn"),
        ("respeit", "respijt"),
        ("tema", "thema"),
    ],
)
def test_what_sounds_alike_is_alike(heard: str, written: str) -> None:
    assert [sound_of(word) for word in heard.split()] == [sound_of(word) for word in written.split()]


@pytest.mark.parametrize(
    ("left", "right"),
    [("huis", "muis"), ("bus", "buu"), ("rouw", "vrouw"), ("mantel", "mandje"), ("us", "as")],
)
def test_other_words_are_not_alike(left: str, right: str) -> None:
    assert similarity(left, right) < 0.9
    assert KnownWords([right]).alike(left, 0.9) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("hamel huis", "hamelhuys"),
        ("toonhermanshuis venlo", "toon hermans huis"),
        ("klooster buren", "kloosterburen"),
        ("austerlits zorg", "austerlitz zorgt"),
        ("ik zoek het praethuis in alkmaar", "praethuys"),
    ],
)
def test_a_name_is_found_split_joined_and_misspelled(text: str, name: str) -> None:
    words = TextWords(text.split(), frozenset(), frozenset({"huis", "in", "het", "ik"}))
    assert words.coverage(name.split()).share >= 0.75


def test_words_that_mean_something_else_count_only_when_spelled_exactly() -> None:
    free = TextWords(["viora"], frozenset(), frozenset())
    taken = TextWords(["viora"], frozenset({0}), frozenset())
    assert free.coverage(["viore"]).share > 0.75
    assert taken.coverage(["viore"]).share == 0


def test_a_name_has_the_spellings_without_place_and_legal_form() -> None:
    generic = frozenset({"inloophuis", "stichting"})
    names = names_of("Inloophuis De Linde Ede", ["Lindehuis"], "Stichting De Linde", ["Ede"], generic)
    assert {"Inloophuis De Linde", "De Linde"} <= {name.shown for name in names}
    assert names_of("Inloophuis Ede", [], None, ["Ede"], generic) == []


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("odensehuisgroningen", ["odensehuis", "groningen"]),
        ("inloop heeren veen", ["inloop", "heerenveen"]),
        ("rouwgroepvlissingen", ["rouwgroep", "vlissingen"]),
        ("samen eten", ["samen", "eten"]),
        ("zuidlaren", ["zuidlaren"]),
    ],
)
def test_words_typed_without_a_space_or_with_one_too_many(typed: str, read: list[str]) -> None:
    places = {"groningen", "heerenveen", "vlissingen", "zuidlaren", "laren"}
    about = Words(
        {"odensehuis", "inloop"}.__contains__,
        lambda word: word.startswith(("rouw", "odensehuis")),
        places.__contains__,
    )
    assert mended(tokens(typed), about) == read


def test_for_whom_somebody_asks() -> None:
    assert audience_in("wandelen voor senioren") == Audience(frozenset({"oudere"}))
    assert audience_in("maatje voor jongen van 17 jaar").age == 17
    assert audience_in("koffie in ede") == Audience()


def test_the_index_finds_the_most_alike_first() -> None:
    index = GramIndex()
    for name in ("odensehuis ede", "inloophuis de eik", "odensehuis epe"):
        index.add(name.split())
    assert "ote" in grams_of(["odensehuis"])
    assert len(index._sizes) == 3


def test_the_learned_words_know_a_sentence_and_what_is_not_social() -> None:
    learned = load_learned_words()
    route, probability = learned.route(tokens("mijn man is overleden en ik wil er met anderen over praten"))
    assert (route, probability > 0.5) == ("rouw", True)
    assert learned.route(tokens("wanneer wordt het oud papier opgehaald"))[0] is None


@pytest.mark.parametrize(
    ("query", "place", "route"),
    [
        ("odensehuisgroningen", "Groningen", "odensehuis"),
        ("inloop huis kanker heeren veen", "Heerenveen", "ipso_inloophuis"),
        ("mw 82 jr dement, apeldrn", "Apeldoorn", "odensehuis"),
        ("respijtzorg gevr, tilb", "Tilburg", "respijtzorg"),
        ("valpreventie best", "Best", "valpreventie"),
        ("rouwgroep dvt", "Deventer", "rouw"),
        ("eenzame dhr", None, "buurt_ontmoeting"),
        ("ik wil echt weer eens koffie drinken met anderen", None, "buurt_ontmoeting"),
    ],
)
def test_a_search_reads_place_and_route(
    catalogue: Catalogue, query: str, place: str | None, route: str
) -> None:
    understood = search(catalogue, query, today=TODAY).understood
    assert (understood.place, understood.route) == (place, route)


def test_an_ambiguous_place_is_understood_by_name_and_asked_about(catalogue: Catalogue) -> None:
    understood = search(catalogue, "mantelzorg in nes", today=TODAY).understood
    assert (understood.place, understood.municipality) == ("Nes", None)
    assert len(understood.places_to_choose) > 1


def test_a_known_organisation_without_a_row_is_understood(catalogue: Catalogue) -> None:
    understood = search(catalogue, "villa pinedo", today=TODAY).understood
    assert (understood.organisation, understood.route) == ("Villa Pinedo", "jongeren")


@pytest.mark.parametrize(
    ("query", "route", "place", "organisation", "kind"),
    [
        ("oudense huis amersvoort", "odensehuis", "Amersfoort", None, ("odensehuis", "alzheimer_cafe")),
        ("praathuis kanker heerenveen fr", "ipso_inloophuis", "Heerenveen", ..., ("ipso_inloophuis",)),
        ("wandelen met ouderen purmerent", "bewegen", "Purmerend", None, ()),
        ("austerlits zorg", ..., "Austerlitz", "Austerlitz Zorgt", ("zorgcooperatie",)),
    ],
)
def test_the_examples_of_the_issue(
    real_catalogue: Catalogue, query: str, route, place: str, organisation, kind: tuple[str, ...]
) -> None:
    answer = search(real_catalogue, query, today=TODAY)
    understood = answer.understood
    assert understood.place == place
    assert route is ... or understood.route == route
    assert organisation is ... or understood.organisation == organisation
    assert not kind or answer.results[0].initiative.kind in kind


@pytest.mark.parametrize(
    "query", ["odensehuis west-terschelling", "rouw enschede", "hamelhuys", "zeist", "onzin"]
)
@pytest.mark.parametrize("kind", ["odensehuis", "jongeren", "onzin"])
def test_only_kinds_that_were_asked_for(catalogue: Catalogue, query: str, kind: str) -> None:
    allowed = {kind} | {one.code for one in catalogue.kinds.values() if kind in one.routes}
    answer = search(catalogue, query, kind=kind, today=TODAY)
    assert {result.initiative.kind for result in answer.results} <= allowed


def test_a_place_given_beside_the_text_may_be_ambiguous_and_is_not_guessed_away(catalogue: Catalogue) -> None:
    nes = search(catalogue, "mantelzorg", place="Nes", today=TODAY).understood
    assert nes.municipality is None and len(nes.places_to_choose) > 1
    assert search(catalogue, "haken", place="Utrecht", today=TODAY).understood.place == "Utrecht"


@pytest.mark.parametrize("text", ["2 jaar geleden overleden", "al 40 jaar getrouwd", "sinds 3 jaar alleen"])
def test_a_stretch_of_time_is_no_age(text: str) -> None:
    assert audience_in(text).age is None
