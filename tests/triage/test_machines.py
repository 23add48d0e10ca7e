"""What the machines learn from, and that the weaker side of a mixed question counts."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from bot.triage.machines import Head, intent_lesson, learn, noised_copies, route_lesson

NAMES = ("medisch", "sociaal", "gemengd", "mens")


def messages(count: int = 400):
    """Rows with a medical word (column 0), a social one (1), both or neither, and noise."""
    source = np.random.default_rng(1)
    medical, social = source.random(count) < 0.5, source.random(count) < 0.5
    noise = source.random((count, 6)) < 0.3
    matrix = sparse.csr_matrix(np.column_stack([medical, social, noise]).astype(np.float32))
    kinds = {(True, False): "medisch", (False, True): "sociaal", (True, True): "gemengd"}
    return matrix, [kinds.get((bool(m), bool(s)), "mens") for m, s in zip(medical, social, strict=True)]


def test_a_mixed_question_is_seen_by_its_two_sides():
    matrix, intents = messages()
    [head] = learn(intent_lesson(matrix, intents, NAMES, seed=0))
    scores = head.intents.scores(matrix) + np.outer(head.sides.scores(matrix).min(axis=1), head.agreement)
    right = np.array(NAMES)[scores.argmax(axis=1)] == np.array(intents)
    assert right.mean() > 0.98
    assert head.agreement[NAMES.index("gemengd")] > head.agreement[NAMES.index("mens")]


def test_the_same_seed_gives_the_same_weights():
    matrix, intents = messages(200)
    first, second = learn(*(intent_lesson(matrix, intents, NAMES, seed=3) for _ in range(2)))
    assert np.array_equal(first.intents.weights, second.intents.weights)


def test_a_route_that_nobody_has_is_never_likely():
    matrix, _ = messages(100)
    present = np.column_stack([matrix[:, 0].toarray().ravel() > 0, np.zeros(100, bool)])
    [head] = learn(route_lesson(matrix, present, seed=0))
    scores = head.scores(matrix)
    assert (scores[:, 1] < 0).all()
    assert ((scores[:, 0] > 0) == present[:, 0]).mean() > 0.95


def test_noised_copies_drop_about_half_of_the_values():
    matrix = sparse.csr_matrix(np.ones((50, 40), np.float32))
    copies = noised_copies(matrix, 2, seed=0)
    assert copies.shape == (100, 40)
    assert 0.4 < copies.nnz / 4000 < 0.6


def test_heads_lie_beside_each_other():
    one, two = Head(np.ones((3, 2)), np.zeros(2)), Head(np.zeros((3, 1)), np.array([5.0]))
    both = Head.beside([one, two])
    assert both.scores(sparse.csr_matrix(np.eye(3))).tolist() == [[1, 1, 5]] * 3
