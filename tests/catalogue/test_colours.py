from __future__ import annotations

import pytest
from sociale_kaart.colours import TOKENS, WIDGET_DATA, contrast, is_colour, too_little_contrast
from sociale_kaart.files import read_yaml


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#FFFFFF", 1.0),
        ("#767676", "#ffffff", 4.54),  # the lightest grey for text on white (WCAG's own example)
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#0000ff", 2.15),
    ],
)
def test_contrast_as_wcag_defines_it(one, other, expected):
    assert contrast(one, other) == pytest.approx(expected, abs=0.005) == contrast(other, one)


@pytest.mark.parametrize(
    "value",
    ["red", "#fff", "#12345g", "#1234567", "#123456\n", " #123456", "url(x)", None, 123456, ["#123456"]],
)
def test_only_six_hexadecimal_digits_are_a_colour(value):
    assert not is_colour(value)
    assert is_colour("#12aBcD")


@pytest.mark.parametrize(
    ("colours", "token", "other"),
    [
        ({"nl-link-color": "#777777"}, "nl-link-color", "#ffffff"),
        ({"nl-button-primary-background-color": "#8ec5ff"}, "nl-button-primary-background-color", "#ffffff"),
        ({"nl-button-primary-color": "#555555"}, "nl-button-primary-color", "#154273"),
        (
            {"nl-heading-level-2-color": "#ffffff", "utrecht-document-background-color": "#fafafa"},
            "nl-heading-level-2-color",
            "utrecht-document-background-color",
        ),
        ({"utrecht-focus-outline-color": "#999999"}, "utrecht-focus-outline-color", "#ffffff"),
    ],
)
def test_colours_that_are_hard_to_read_together(colours, token, other):
    assert (token, other) in [(pair.token, pair.other) for pair in too_little_contrast(colours)]


def test_a_dark_background_alone_makes_every_text_hard_to_read():
    found = list(too_little_contrast({"utrecht-document-background-color": "#101010"}))
    assert len(found) == 5 and {pair.token for pair in found} == {"utrecht-document-background-color"}


def test_nothing_chosen_is_right_and_three_to_one_is_enough_for_the_focus():
    assert list(too_little_contrast({})) == []
    assert list(too_little_contrast({"utrecht-focus-outline-color": "#777777"})) == []


def test_every_token_is_one_role_of_the_chat():
    roles = read_yaml(WIDGET_DATA / "tokens.yml")["rollen"].values()
    assert [sum(token in role["token"] for role in roles) for token in TOKENS] == [1] * len(TOKENS)
