"""The four main journeys, as somebody with a question lives through them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser import play as say
from tests.browser.chat import open_chat

DEMENTIA = "Mijn man heeft beginnende dementie, waar kunnen we samen naartoe?"
CANCER = "ik heb kanker gehad en wil erover praten met anderen"
TIRED = "ik ben steeds moe en gespannen, de dokter vindt niets, ik heb nergens zin in en zit thuis"


@pytest.mark.model
class TestWithTheRealAssistant:
    @pytest.mark.parametrize(
        ("question", "place", "name", "kind"),
        [
            (DEMENTIA, "Groningen", "Odensehuis Groningen Zuid", "dementie"),
            (CANCER, "Hilversum", "Viore", "kanker"),
        ],
    )
    def test_a_question_and_a_place_lead_to_a_house_nearby(self, page, site, question, place, name, kind):
        chat = open_chat(page, site.url)
        chat.say(question)
        chat.hears("In welke plaats of gemeente woont u?")
        chat.say(place)
        card = chat.card(name)
        expect(card).to_be_visible()
        expect(card).to_contain_text(place)
        expect(card).to_contain_text(kind)
        expect(card).to_contain_text(re.compile("verwijzing", re.I))
        expect(chat.button("Nog een andere plek")).to_be_visible()

    def test_an_answer_that_is_lost_on_its_way_comes_after_all(self, page, site, shoot, watch):
        """The server named another place already: asked a second time it would name the one after it."""
        watch.expect_console("Failed to load resource")
        chat = open_chat(page, site.url, 'gemeente="Groningen"')
        chat.say(DEMENTIA)
        expect(chat.card("Odensehuis Groningen Zuid")).to_be_visible()
        answers = []

        def lose_the_first_answer(route: Route) -> None:
            given = route.fetch()
            answers.append(given.json())
            if len(answers) > 1:
                route.fulfill(response=given)
            else:
                route.abort("connectionreset")

        page.route("**/berichten", lose_the_first_answer)
        chat.button("Nog een andere plek").click()
        expect(chat.thumb).to_have_count(2)
        assert len(answers) == 2 and answers[0] == answers[1]
        expect(chat.trouble).to_have_count(0)
        shoot("antwoord-onderweg-verloren")

    def test_tired_and_tense_leads_to_welzijn_op_recept_and_how_to_ask_for_it(self, page, site):
        chat = open_chat(page, site.url)
        chat.say(TIRED)
        chat.hears("In welke plaats of gemeente woont u?")
        chat.say("Leiden")
        card = chat.card("Welzijn op Recept Leiden")
        expect(card).to_be_visible()
        expect(card).to_contain_text("Uw huisarts verwijst u")
        chat.hears("Vraag uw huisarts of de praktijkondersteuner naar Welzijn op Recept")

    def test_pressure_on_the_chest_leads_to_112_and_to_no_place_at_all(self, page, site):
        chat = open_chat(page, site.url)
        chat.say("druk op mijn borst")
        expect(chat.danger_heading).to_be_focused()
        expect(chat.danger.get_by_role("link", name="Bel 112").first).to_have_attribute("href", "tel:112")
        expect(chat.cards).to_have_count(0)

    def test_the_municipality_of_the_site_spares_the_question_for_a_place(self, page, site):
        chat = open_chat(page, site.url, 'gemeente="Groningen"')
        chat.say(DEMENTIA)
        expect(chat.card("Odensehuis Groningen Zuid")).to_be_visible()

    def test_buttons_alone_lead_from_a_suggestion_to_another_place(self, page, site):
        chat = open_chat(page, site.url, 'gemeente="Groningen"')
        chat.suggestions.get_by_role("button").first.click()
        expect(chat.cards.first).to_be_visible()
        first = chat.cards.count()
        chat.button("Nog een andere plek").click()
        expect(chat.cards).not_to_have_count(first)


class TestTheFirstMessage:
    def test_says_that_it_is_a_computer_and_no_doctor_and_shows_both_numbers(self, page, stage, play):
        chat = open_chat(page, stage.url)
        chat.hears("Ik ben een computer")
        chat.hears("geen dokter")
        expect(chat.link("Bel 112").first).to_have_attribute("href", "tel:112")
        expect(chat.link("Bel 113").first).to_have_attribute("href", "tel:113")
        expect(chat.link("113.nl").first).to_have_attribute("href", re.compile(r"^https://www\.113\.nl"))

    def test_a_suggestion_is_sent_as_its_choice_and_shown_as_said_by_you(self, page, stage, play):
        play.answer(say.turn(say.ASK_PLACE))
        chat = open_chat(page, stage.url)
        chat.choices.get_by_role("button", name="Steun bij verlies").click()
        chat.hears("In welke plaats")
        assert play.said == [{"keuze": "kies_route:rouw"}]
        assert re.search(r"^U\s+Steun bij verlies", chat.log.inner_text(), re.M)

    def test_a_person_can_be_asked_for_at_any_time(self, page, stage, play):
        chat = open_chat(page, stage.url)
        expect(chat.button("Ik wil een mens spreken")).to_be_visible()
        play.answer(say.turn(say.message("Bel de gemeente: 14 000.", bel=[say.CALL_LISTENING])))
        chat.button("Ik wil een mens spreken").click()
        chat.hears("Bel de gemeente: 14 000.")
        expect(chat.button("Ik wil een mens spreken")).to_be_visible()


@pytest.fixture
def found(page, stage, play):
    """A chat in which two places were found: one of which everything is known, and one of which little is."""
    play.answer(say.turn(say.FOUND))
    chat = open_chat(page, stage.url)
    chat.say("Mijn man heeft dementie, in Proefstad")
    expect(chat.cards).to_have_count(2)
    return chat


class TestACard:
    def test_says_everything_that_is_known(self, found):
        card = found.card("Odensehuis Proefstad")
        for fact in (
            "Een huis waar mensen met dementie zo binnenlopen.",
            "Dorpsstraat 1, Proefstad",
            "maandag en donderdag 10-15 uur",
            "Binnenlopen is gratis.",
            "Bel eerst of het open is.",
            "8 januari 2026",
        ):
            expect(card).to_contain_text(fact)
        expect(card).to_contain_text(re.compile(r"3(,2)?\s(km|kilometer)"))
        expect(card).to_contain_text(re.compile(r"verwijzing.*niet nodig|geen verwijzing", re.I))

    def test_has_a_number_to_call_and_a_site_to_look_at(self, found):
        card = found.card("Odensehuis Proefstad")
        expect(card.locator('a[href="tel:0501234567"]')).to_contain_text("050 123 45 67")
        expect(card.locator('a[href="https://odensehuis.example.org/"]')).to_have_count(1)

    def test_says_nothing_where_nothing_is_known(self, found):
        card = found.card("Praatgroep Proefstad")
        expect(card).not_to_contain_text(re.compile(r"null|undefined|NaN|\bkm\b"))
        expect(card.locator('a[href^="tel:"]')).to_have_count(0)
        expect(card.get_by_role("link", name="Bekijk op de kaart")).to_have_count(0)
        expect(card).to_contain_text("Proefstad")

    def test_shows_a_map_only_on_a_click_and_elsewhere(self, found, watch):
        """Until then nothing is asked of a map site; `watch` fails the test on any such request."""
        link = found.card("Odensehuis Proefstad").get_by_role("link", name="Bekijk op de kaart")
        address = link.get_attribute("href")
        assert address.startswith("https://") and "Dorpsstraat" in address
        assert "noreferrer" in link.get_attribute("rel")
        watch.expect_foreign("https://")
        link.click()
        expect(found.page.get_by_role("heading", name="Elders")).to_be_visible()
        assert found.page.url.startswith(address.split("?")[0])
        found.page.go_back()
        found.hears("Odensehuis Proefstad")

    def test_tells_why_when_asked(self, found):
        card = found.card("Odensehuis Proefstad")
        why = "U hebt geen verwijzing nodig."
        expect(card.get_by_text(why)).to_be_hidden()
        card.get_by_text("Waarom deze plek?").click()
        expect(card.get_by_text(why)).to_be_visible()

    def test_an_error_in_it_can_be_reported_without_writing(self, found, play):
        card = found.card("Odensehuis Proefstad")
        card.get_by_role("button", name="Dit klopt niet").click()
        card.get_by_role("radio", name="Dit is gesloten of gestopt").check()
        card.get_by_role("button", name="Stuur melding").click()
        expect(card).to_contain_text(re.compile("dank|bedankt", re.I))
        [report] = play.requests("POST", "/initiatieven/odensehuis-proefstad/meldingen")
        assert report.body["wat"] == "gesloten" and not report.body.get("toelichting")

    def test_a_report_that_cannot_be_kept_says_so_and_can_be_sent_again(self, found, play, watch):
        watch.expect_console("Failed to load resource")
        kept, play.report = (
            play.report,
            say.problem(
                503, "melding-niet-bewaard", "Er gaat iets mis", "Wij kunnen uw melding nu niet bewaren."
            ),
        )
        card = found.card("Odensehuis Proefstad")
        card.get_by_role("button", name="Dit klopt niet").click()
        card.get_by_role("radio", name="Dit is verhuisd").check()
        card.get_by_role("button", name="Stuur melding").click()
        expect(card).to_contain_text(re.compile("niet bewaren|niet gelukt|lukt niet|mis", re.I))
        play.report = kept
        card.get_by_role("button", name="Stuur melding").click()
        expect(card).to_contain_text(re.compile("dank|bedankt", re.I))

    def test_old_facts_are_marked_in_words(self, page, stage, play):
        old = {**say.FULL_PLACE, "gecontroleerdOp": "2022-01", "actueel": False}
        play.answer(say.turn(say.message("Dit vond ik:", initiatieven=[old])))
        chat = open_chat(page, stage.url)
        chat.say("dementie")
        card = chat.card("Odensehuis Proefstad")
        expect(card).to_contain_text("januari 2022")
        expect(card).to_contain_text(re.compile("controleer|klopt", re.I))

    def test_text_of_the_catalogue_is_text_and_never_code(self, page, stage, play):
        sly = {**say.FULL_PLACE, "naam": "<img src=x onerror=alert(1)>", "website": "javascript:alert(1)"}
        play.answer(say.turn(say.message("<b>Dit</b> vond ik:", initiatieven=[sly])))
        chat = open_chat(page, stage.url)
        chat.say("<script>alert(1)</script>")
        expect(chat.card("<img src=x onerror=alert(1)>")).to_be_visible()
        chat.hears("<b>Dit</b>")
        chat.hears("<script>alert(1)</script>")
        expect(chat.frame.locator('a[href^="javascript"], img[src="x"]')).to_have_count(0)


class TestAfterAnAnswer:
    @pytest.mark.parametrize(("name", "verdict"), [("Ja", "goed"), ("Nee", "niet_goed")])
    def test_a_thumb_sends_a_verdict_and_no_text(self, found, play, name, verdict):
        found.thumb.last.get_by_role("button", name=name, exact=True).click()
        expect(found.frame).to_contain_text(re.compile("dank|bedankt", re.I))
        [judged] = play.requests("POST", "/oordelen")
        assert judged.body == {"oordeel": verdict}

    def test_the_talk_can_be_started_again(self, found, play):
        found.button("Opnieuw beginnen").click()
        expect(found.cards).to_have_count(0)
        found.hears("Ik ben een computer")
        assert len(play.requests("DELETE")) == 1
        assert len(play.requests("POST", "/gesprekken")) == 2

    def test_the_talk_can_be_wiped_here_and_on_the_server(self, found, play):
        found.button("Wis dit gesprek").click()
        expect(found.cards).to_have_count(0)
        expect(found.frame).to_contain_text(re.compile("gewist", re.I))
        expect(found.frame).not_to_contain_text("Mijn man heeft dementie")
        assert "Mijn man" not in str(found.kept()) and "Odensehuis" not in str(found.kept())
        assert len(play.requests("DELETE")) == 1

    def test_after_wiping_a_new_question_just_works(self, found, play):
        found.button("Wis dit gesprek").click()
        expect(found.cards).to_have_count(0)
        play.answer(say.turn(say.ASK_PLACE))
        found.say("Ik voel me alleen")
        found.hears("In welke plaats")


def test_an_answer_about_welzijn_op_recept_goes_on_to_a_page_of_the_server(page, stage, play):
    link = {"tekst": "Meld u aan voor Welzijn op Recept", "url": "/aanmelden?gemeente=Terneuzen"}
    play.answer(say.turn(say.message("Dit past bij u.", links=[link])))
    chat = open_chat(page, stage.url)
    chat.say("ik wil weer iets doen")
    chat.hears("Dit past bij u.")
    expect(page.get_by_role("link", name=link["tekst"])).to_have_attribute("href", stage.url + link["url"])
