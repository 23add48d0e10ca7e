from __future__ import annotations

from xml.etree import ElementTree

import pytest

from api.desk.pointer import ROUTE, WEBSITE, qr_code, target_of
from tests.api.fakes import INITIATIVE


def test_the_route_is_the_map_of_the_address():
    one = {**INITIATIVE, "adres": "Dorpsstraat 1", "plaats": "Nepstad"}
    assert target_of(one, ROUTE) == "https://www.openstreetmap.org/search?query=Dorpsstraat%201%2C%20Nepstad"
    with_place = {**one, "adres": "Dorpsstraat 1, Nepstad"}
    assert target_of(with_place, ROUTE) == target_of(one, ROUTE)


def test_without_an_address_there_is_no_route():
    assert target_of({**INITIATIVE, "adres": None}, ROUTE) is None


@pytest.mark.parametrize("website", [None, "", "javascript:alert(1)", "ftp://example.nl"])
def test_only_a_site_of_the_web_is_pointed_to(website):
    assert target_of({**INITIATIVE, "website": website}, WEBSITE) is None


def test_the_website_of_its_own_goes_before_the_national_one():
    both = {**INITIATIVE, "websiteLandelijk": "https://example.org"}
    assert target_of(both, WEBSITE) == INITIATIVE["website"]
    assert target_of({**both, "website": None}, WEBSITE) == "https://example.org"


def test_the_code_is_an_image_with_a_quiet_zone_that_asks_nothing_of_anybody():
    image = qr_code("https://example.nl")
    assert ElementTree.fromstring(image).attrib["viewBox"] == "0 0 33 33"  # 25 modules and 4 on each side
    assert b"http" not in image.replace(b"http://www.w3.org/2000/svg", b"")


def test_the_map_is_not_asked_for_what_stands_in_brackets():
    one = {**INITIATIVE, "adres": "Huis van Compassie (eerste vrijdag van de maand)", "plaats": "Nijmegen"}
    assert target_of(one, ROUTE).endswith("query=Huis%20van%20Compassie%2C%20Nijmegen")
