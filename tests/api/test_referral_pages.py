"""The pages of applying: forms that work without a script, and lose nothing that was typed."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import func, select

from api.referral.tables import referrals
from tests.api.fakes import DANGER_WORD
from tests.api.html import Html
from tests.referral.http import CLOSED, FIELDS, OPENED, SETTINGS, add_receiver

APPLY, WITHDRAW = "/aanmelden", "/aanmelden/intrekken"
CODE = re.compile(r"<strong>([0-9A-Z]{4}(?:-[0-9A-Z]{4}){2})</strong>")
NASTY = '"><script>alert(1)</script>'


@pytest.fixture
def client(serve):
    client = serve(**SETTINGS)
    add_receiver(client)
    return client


def form(client, municipality: str = OPENED) -> dict[str, str]:
    """The hidden fields of a fresh form."""
    page = Html(client.get(APPLY, params={"gemeente": municipality}).text)
    return {one["name"]: one["value"] for one in page.all("input") if one.get("type") == "hidden"}


def send(client, **changes: str):
    return client.post(APPLY, data={**form(client), **FIELDS, "akkoord": "ja", **changes})


def kept(client) -> int:
    with client.app.state.database.begin() as connection:
        return connection.execute(select(func.count()).select_from(referrals)).scalar_one()


def field(page: Html, name: str) -> dict:
    return next(one for one in (*page.all("input"), *page.all("textarea")) if one.get("name") == name)


@pytest.mark.parametrize(
    "path", [f"{APPLY}?gemeente={OPENED}", f"{APPLY}?gemeente={CLOSED}", APPLY, WITHDRAW]
)
def test_every_page_starts_with_the_numbers_and_needs_no_script(client, path):
    answer = client.get(path)
    page = Html(answer.text)
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    assert page.links()[:3] == ["tel:112", "tel:113", "https://www.113.nl"]
    assert {one["src"] for one in page.all("script")} <= {"/static/print.js"} and "{{" not in answer.text
    assert "/" in page.links(), "the way back to the site and its chat"
    assert page.all("html") == [{"lang": "nl"}] and len(page.all("h1")) == 1
    assert len(set(page.ids())) == len(page.ids())
    assert client.head(path).status_code == 200


def test_the_form_asks_the_least_and_labels_it(client):
    page = Html(client.get(APPLY, params={"gemeente": OPENED}).text)
    names = {one["name"] for one in (*page.all("input"), *page.all("textarea"))}
    assert names == {
        "gemeente",
        "versie",
        "sleutel",
        "naam",
        "telefoon",
        "email",
        "moment",
        "wens",
        "akkoord",
    }
    labelled = {label["for"] for label in page.all("label")}
    shown = [one for one in (*page.all("input"), *page.all("textarea")) if one.get("type") != "hidden"]
    assert all(one["id"] in labelled for one in shown)
    assert "checked" not in field(page, "akkoord"), "consent is never filled in"
    assert OPENED in "".join(page.blocks) and form(client)["sleutel"] != form(client)["sleutel"]


def test_somebody_applies_and_gets_a_code_to_print(client):
    answer = send(client)
    assert answer.status_code == 201 and kept(client) == 1
    assert CODE.search(answer.text) and WITHDRAW in Html(answer.text).links()
    assert f"http://testserver{WITHDRAW}" in answer.text
    assert not any(value in answer.text for value in ("Jansen", "12345678", FIELDS["wens"]))


def test_pressing_twice_is_applying_once(client):
    filled = {**form(client), **FIELDS, "akkoord": "ja"}
    codes = {CODE.search(client.post(APPLY, data=filled).text)[1] for _ in range(3)}
    assert len(codes) == 1 and kept(client) == 1


def test_another_text_from_the_same_form_is_told_apart(client):
    filled = {**form(client), **FIELDS, "akkoord": "ja"}
    client.post(APPLY, data=filled)
    again = client.post(APPLY, data={**filled, "wens": "iets anders"})
    assert again.status_code == 422 and "al een aanmelding verstuurd" in again.text and kept(client) == 1


def test_what_is_wrong_stands_beside_the_field_and_nothing_is_lost(client):
    wish = f"Op 12 maart 1947 {NASTY}"
    answer = send(client, naam="", wens=wish, telefoon="12", moment="")
    page = Html(answer.text)
    assert answer.status_code == 422 and kept(client) == 0
    assert answer.text.count("<title>Fout: ") == 1
    links = [link for link in page.links() if link.startswith("#")]
    assert links == ["#naam", "#telefoon", "#moment", "#wens"]
    for name in ("naam", "telefoon", "moment", "wens"):
        told_by = next(one for one in (*page.all("input"), *page.all("textarea")) if one.get("id") == name)
        assert f"{name}-fout" in told_by["aria-describedby"].split() and f"{name}-fout" in page.ids()
    assert field(page, "telefoon")["value"] == "12"
    assert "<script>" not in answer.text and wish in unescape(answer.text)
    assert field(page, "sleutel")["value"] and "checked" not in field(page, "akkoord")


def test_going_back_after_a_mistake_leads_to_an_empty_form_and_nothing_is_kept_in_the_browser(client):
    [script] = Html(send(client, naam="").text).all("script")
    assert (script["src"], script["data-address"]) == ("/static/terug.js", f"{APPLY}?gemeente={OPENED}")
    [script] = Html(client.post(WITHDRAW, data={"intrekcode": "x"}).text).all("script")
    assert script["data-address"] == WITHDRAW
    assert "replaceState" in client.get("/static/terug.js").text
    for answer in (send(client, naam=""), send(client), client.get(APPLY, params={"gemeente": OPENED})):
        assert "set-cookie" not in answer.headers and not answer.history


def test_the_code_stays_in_sight_while_somebody_withdraws(client):
    [link] = [one for one in Html(send(client).text).all("a") if one["href"] == WITHDRAW]
    assert link["target"] == "_blank"


def test_the_chosen_moment_stays_chosen(client):
    page = Html(send(client, naam="", moment="avond").text)
    assert [one["value"] for one in page.all("input") if one.get("type") == "radio" and "checked" in one] == [
        "avond"
    ]


TICK_AGAIN = "Zet het vinkje opnieuw"


@pytest.mark.parametrize("changes", [{"naam": ""}, {"wens": DANGER_WORD}, {"versie": "1-oud"}])
def test_that_the_tick_is_gone_is_said_where_it_was(client, changes):
    page = Html(send(client, **changes).text)
    told_by = field(page, "akkoord")["aria-describedby"].split()
    assert told_by and set(told_by) <= set(page.ids())
    assert any("vinkje opnieuw" in block for block in page.blocks)


def test_a_fresh_form_and_one_without_a_tick_speak_of_no_tick_that_is_gone(client):
    assert TICK_AGAIN not in client.get(APPLY, params={"gemeente": OPENED}).text
    assert TICK_AGAIN not in Html(send(client, akkoord="").text).blocks


def test_every_page_has_a_title_of_its_own(client):
    def title(answer) -> str:
        return re.search("<title>(.*)</title>", answer.text)[1]

    fresh = [client.get(path) for path in (f"{APPLY}?gemeente={OPENED}", APPLY, WITHDRAW)]
    wrong = [send(client, naam=""), client.post(WITHDRAW, data={"intrekcode": "x"})]
    titles = [title(answer) for answer in (*fresh, *wrong)]
    assert len(set(titles)) == 5
    assert titles[3:] == [f"Fout: {titles[0]}", f"Fout: {titles[2]}"]


def test_without_the_tick_nothing_is_sent(client):
    for said in ("", "nee", "true"):
        answer = send(client, akkoord=said)
        assert answer.status_code == 422 and "toestemming-fout" in Html(answer.text).ids()
    assert kept(client) == 0


def test_danger_comes_first_and_nothing_is_kept(client):
    answer = send(client, wens=f"mijn man {DANGER_WORD}", naam="")
    page = Html(answer.text)
    assert answer.status_code == 422 and kept(client) == 0
    assert "Bel nu 112." in answer.text and answer.text.index("Bel nu 112.") < answer.text.index("<h1>")
    assert [one for one in page.all("div") if one.get("role") == "alert"]
    assert f"mijn man {DANGER_WORD}" in answer.text and "Er is niets verstuurd." in answer.text


def test_where_it_is_not_open_it_shows_how_to_ask_the_gp(client):
    text = client.get(APPLY, params={"gemeente": CLOSED}).text
    assert "Zo vraagt u naar Welzijn op Recept" in text and "huisarts" in text
    assert not Html(text).all("form")
    sent = client.post(APPLY, data={**form(client), **FIELDS, "gemeente": CLOSED, "akkoord": "ja"})
    assert sent.status_code == 409 and "Zo vraagt u naar" in sent.text and kept(client) == 0


def test_what_goes_to_the_gp_names_the_municipality_and_can_be_printed(client):
    for answer in (client.get(APPLY, params={"gemeente": CLOSED}), send(client)):
        [script] = Html(answer.text).all("script")
        assert (
            script["src"] == "/static/print.js"
            and script["data-print"]
            and "printen" in Html(answer.text).ids()
        )
    assert CLOSED in "".join(Html(client.get(APPLY, params={"gemeente": CLOSED}).text).blocks)
    assert "window.print" in client.get("/static/print.js").text


def test_when_to_ask_where_it_went(client):
    done = send(client).text
    assert re.search("Hoort u na .* niets", done) and "/" in Html(done).links()
    withdrawn = client.get("/aanmelden/ingetrokken")
    assert withdrawn.status_code == 200 and "/" in Html(withdrawn.text).links()


def test_a_municipality_says_its_own_way(serve):
    text = serve().get(APPLY, params={"gemeente": OPENED}).text
    assert "SMWO" in text and "Zo vraagt u naar" in text


@pytest.mark.parametrize("asked", ["", "Nergenshuizen", NASTY])
def test_an_unknown_municipality_is_asked_for(client, asked):
    answer = client.get(APPLY, params={"gemeente": asked})
    assert answer.status_code == 200 and "In welke gemeente woont u?" in answer.text
    assert NASTY not in answer.text
    assert ("Wij kennen geen gemeente" in answer.text) == bool(asked)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Origin": "http://testserver"}, 201),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 201),
        ({}, 201),
        ({"Origin": "https://boos.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_the_form_of_another_site_sends_nothing(client, headers, expected):
    filled = {**form(client), **FIELDS, "akkoord": "ja"}
    answer = client.post(APPLY, data=filled, headers=headers)
    assert answer.status_code == expected and kept(client) == (expected == 201)
    if expected == 403:
        assert FIELDS["wens"] not in answer.text
        assert client.post(WITHDRAW, data={"intrekcode": "x"}, headers=headers).status_code == 403


def test_the_browser_says_where_the_form_came_from(client):
    """Under `no-referrer`, the policy of the other pages, a browser sends `Origin: null`."""
    page = Html(client.get(APPLY, params={"gemeente": OPENED}).text)
    assert {"name": "referrer", "content": "same-origin"} in page.all("meta")


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe=\xff", b"naam=%ff%fe", b"a" * 1000, b"&".join([b"x=1"] * 500)]
)
def test_any_body_is_answered_with_a_page(client, body):
    answer = client.post(APPLY, content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 422 and "text/html" in answer.headers["content-type"]


def test_a_limit_is_a_page_too(serve):
    client = serve(**{**SETTINGS, "RATE_LIMIT_AANMELDING": "1/hour"})
    add_receiver(client)
    assert send(client).status_code == 201
    answer = send(client)
    assert answer.status_code == 429 and int(answer.headers["retry-after"]) > 0
    assert FIELDS["wens"] in answer.text and "Wacht" in answer.text


def test_the_code_on_paper_withdraws(client):
    code = CODE.search(send(client).text)[1]
    answer = client.post(WITHDRAW, data={"intrekcode": f" {code.lower().replace('-', ' ')} "})
    assert answer.status_code == 200 and "Uw aanmelding is ingetrokken" in answer.text
    assert [one.status_code for one in answer.history] == [303] and code not in str(answer.url)
    assert client.post(WITHDRAW, data={"intrekcode": code}).status_code == 200
    with client.app.state.database.begin() as connection:
        assert connection.execute(select(referrals.c.status, referrals.c.sealed)).all() == [
            ("ingetrokken", None)
        ]


@pytest.mark.parametrize(("code", "status"), [("", 422), ("2222-2222-2222", 404), (NASTY, 404)])
def test_a_wrong_code_is_said_beside_the_field(client, code, status):
    answer = client.post(WITHDRAW, data={"intrekcode": code})
    page = Html(answer.text)
    assert answer.status_code == status and "intrekcode-fout" in page.ids()
    assert "intrekcode-fout" in field(page, "intrekcode")["aria-describedby"]
    assert "<script>" not in answer.text
    assert "verstuurd" not in answer.text and "nog niet ingetrokken" in answer.text


def test_tries_to_withdraw_are_limited(serve):
    client = serve(**{**SETTINGS, "RATE_LIMIT_AANMELDING": "2/hour"})
    answers = [client.post(WITHDRAW, data={"intrekcode": "2222-2222-2222"}).status_code for _ in range(3)]
    assert answers == [404, 404, 429]
