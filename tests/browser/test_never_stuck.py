"""Whatever breaks: a useful Dutch text, what was typed still in the box, and afterwards it works again."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser import play as say
from tests.browser.chat import ADDRESS, Chat, host_page, open_chat, open_panel, serve_page

MORNING = datetime(2026, 11, 23, 10, 0)
QUESTION = "Ik voel me alleen"
TOO_BUSY = say.problem(
    429,
    "te-veel",
    "U stuurt te veel berichten",
    "Wacht 20 seconden en stuur uw bericht dan opnieuw.",
    Retry_After="20",
)
BROKEN = {
    "no connection": say.LOST,
    "500": say.problem(
        500, "fout", "Er gaat iets mis", "Er ging bij ons iets mis. Probeer het straks nog een keer."
    ),
    "503": say.problem(
        503, "storing", "Er gaat iets mis", "Ik kan nu geen antwoord geven.", Retry_After="10"
    ),
    "a page of a proxy": say.BAD_GATEWAY,
    "no JSON": say.Reply(200, "geen json"),
    "half a JSON": say.Reply(200, '{"berichten": [{"van"'),
    "another JSON": say.Reply(200, {"iets": "anders"}),
    "null": say.Reply(200, "null"),
    "an empty list": say.Reply(200, {"berichten": [], "triage": None}),
    "a list of nonsense": say.Reply(200, {"berichten": [None, 3, {"tekst": None}], "triage": None}),
}


@pytest.fixture(autouse=True)
def refusals_are_expected(watch):
    watch.expect_console("Failed to load resource")


@pytest.fixture
def patient(page: Page, stage, play) -> Chat:
    """A chat whose clock stands still until the test turns it."""
    page.clock.install(time=MORNING)
    chat = open_chat(page, stage.url)
    page.clock.pause_at(MORNING + timedelta(minutes=1))
    return chat


def told(chat: Chat) -> str:
    """What is told about the trouble: in Dutch, with words, and without what machines say."""
    expect(chat.trouble.first).to_be_visible()
    text = " ".join(chat.alert.all_inner_texts())
    assert not re.search(r"undefined|null|\bHTTP|TypeError|Failed|JSON|\b[45]\d\d\b|\[object", text), text
    return text


def press_until_answered(chat: Chat, play: say.Play) -> None:
    """Press a button of which the answer does not come, see that told, and press it again."""
    play.answer(say.LOST, say.turn(say.ASK_PLACE))
    suggestion = chat.choices.get_by_role("button", name="Steun bij verlies")
    suggestion.click()
    told(chat)
    suggestion.click()
    chat.hears("In welke plaats")


class TestAnAnswerThatDoesNotCome:
    @pytest.mark.parametrize("kind", BROKEN)
    def test_is_told_and_can_be_asked_for_again(self, page, stage, play, kind):
        play.answer(BROKEN[kind])
        chat = open_chat(page, stage.url)
        chat.say(QUESTION)
        assert len(told(chat).split()) >= 4
        expect(chat.box).to_have_value(QUESTION)
        expect(chat.send).to_be_enabled()
        chat.send.click()
        chat.hears("Vertel gerust meer.")
        expect(chat.box).to_have_value("")
        expect(chat.trouble).to_have_count(0)
        assert chat.log.get_by_text(QUESTION, exact=True).count() == 1

    @pytest.mark.parametrize("kind", ["no connection", "500", "a page of a proxy"])
    def test_comes_with_numbers_to_call_and_the_contact_of_the_municipality(self, page, stage, play, kind):
        play.answer(BROKEN[kind])
        chat = open_chat(page, stage.url)
        chat.say(QUESTION)
        told(chat)
        expect(page.get_by_text("Gemeente Proefstad:")).to_be_visible()
        expect(page.get_by_role("link", name="112", exact=True)).to_be_visible()

    def test_of_a_button_is_told_and_the_button_works_again(self, page, stage, play):
        press_until_answered(open_chat(page, stage.url), play)

    def test_of_the_opening_is_told_and_tried_again_with_the_question(self, page, stage, play):
        play.opens_with(say.LOST)
        page.goto(serve_page(page, stage.url, host_page()))
        chat = Chat(page)
        told(chat)
        expect(page.get_by_text("Gemeente Proefstad:")).to_be_visible()
        expect(chat.link("Bel 112").first).to_be_visible()
        chat.say(QUESTION)
        chat.hears("Vertel gerust meer.")
        assert play.said == [{"tekst": QUESTION}]


class TestALineThatBreaksOnce:
    """A replica that ends takes what is on its way along; another one is there a moment later."""

    @pytest.mark.parametrize("broken", [say.LOST_ONCE, say.BAD_GATEWAY_ONCE], ids=["lost", "proxy"])
    def test_is_not_told_and_the_message_is_said_once(self, page, stage, play, broken):
        play.answer(broken, say.turn(say.ASK_PLACE))
        chat = open_chat(page, stage.url)
        chat.say(QUESTION)
        chat.hears("In welke plaats")
        assert play.said == [{"tekst": QUESTION}] * 2
        assert play.keys[0] and play.keys[0] == play.keys[1]
        expect(chat.trouble).to_have_count(0)

    def test_opens_the_conversation_at_the_second_try(self, page, stage, play):
        play.opens_with(say.LOST_ONCE)
        chat = open_chat(page, stage.url)
        expect(chat.trouble).to_have_count(0)
        assert len(play.requests("POST", "/gesprekken")) == 2

    def test_of_a_button_keeps_its_key_until_an_answer_came(self, page, stage, play):
        chat = open_chat(page, stage.url)
        press_until_answered(chat, play)
        play.answer(say.turn(say.ASK_PLACE))
        chat.say(QUESTION)
        expect(chat.log.get_by_text("In welke plaats")).to_have_count(2)
        assert [play.keys.index(key) for key in play.keys] == [0, 0, 0, 3]

    def test_the_same_words_after_an_answer_are_another_message(self, page, stage, play):
        chat = open_chat(page, stage.url)
        for times in (1, 2):
            chat.say("ja")
            expect(chat.log.get_by_text("Vertel gerust meer.")).to_have_count(times)
        assert len(set(play.keys)) == 2

    def test_what_was_wiped_meanwhile_is_not_said_again(self, patient, play):
        play.answer(say.LOST_ONCE)
        with patient.page.expect_event("requestfailed"):
            patient.say(QUESTION)
        patient.button("Wis dit gesprek").click()
        expect(patient.frame).to_contain_text(re.compile("gewist", re.I))
        patient.page.clock.run_for(60_000)
        assert len(play.said) == 1


class TestASlowServer:
    def test_says_after_a_moment_that_it_is_searching(self, patient, play):
        play.answer(say.held(say.turn(say.ASK_PLACE)))
        patient.say(QUESTION)
        patient.page.clock.run_for(300)
        expect(patient.status.filter(has_text="De computer zoekt een antwoord")).to_have_count(0)
        patient.page.clock.run_for(200)
        expect(patient.status.filter(has_text="De computer zoekt een antwoord")).to_be_visible()
        play.release()
        patient.hears("In welke plaats")

    def test_first_apologises_then_gives_phone_numbers_then_gives_up(self, patient, play):
        play.answer(say.held(say.turn(say.ASK_PLACE)), say.turn(say.FOUND))
        patient.say(QUESTION)
        patient.page.clock.run_for(600)
        first = " ".join(patient.status.all_inner_texts())
        patient.page.clock.run_for(4_000)
        second = " ".join(patient.status.all_inner_texts())
        assert second != first and "langer" in second.lower(), second
        patient.page.clock.run_for(6_000)
        third = patient.frame.inner_text()
        assert third != second
        expect(
            patient.frame.get_by_text("Gemeente Proefstad:")
            .or_(patient.page.get_by_text("Gemeente Proefstad:"))
            .first
        ).to_be_visible()
        expect(patient.box).to_have_value(QUESTION)
        patient.page.clock.run_for(21_000)
        told(patient)
        expect(patient.box).to_have_value(QUESTION)
        patient.send.click()
        expect(patient.cards).to_have_count(2)
        expect(patient.box).to_have_value("")

    def test_that_answers_after_the_notice_makes_the_notice_go_away(self, patient, play):
        play.answer(say.held(say.turn(say.ASK_PLACE)))
        patient.say(QUESTION)
        patient.page.clock.run_for(12_000)
        play.release()
        patient.hears("In welke plaats")
        expect(patient.box).to_have_value("")
        assert not "".join(patient.status.all_inner_texts()).strip()

    def test_lets_you_go_on_typing(self, patient, play):
        play.answer(say.held(say.turn(say.ASK_PLACE)))
        patient.say(QUESTION)
        expect(patient.box).to_be_editable()
        patient.box.press_sequentially(" en ik wil er graag over praten")
        play.release()
        patient.hears("In welke plaats")
        expect(patient.box).to_have_value(re.compile("en ik wil er graag over praten"))

    def test_asked_by_a_button_speaks_too(self, patient, play):
        play.answer(say.held(say.turn(say.ASK_PLACE)))
        patient.choices.get_by_role("button").first.click()
        patient.page.clock.run_for(500)
        expect(patient.status.filter(has_text="De computer zoekt een antwoord")).to_be_visible()
        play.release()
        patient.hears("In welke plaats")

    def test_can_be_left_by_wiping_and_the_late_answer_is_not_shown(self, patient, play):
        play.answer(say.held(say.turn(say.FOUND)))
        patient.say(QUESTION)
        patient.button("Wis dit gesprek").click()
        expect(patient.log).not_to_contain_text(QUESTION)
        play.release()
        expect(patient.frame).to_contain_text(re.compile("gewist", re.I))
        expect(patient.cards).to_have_count(0)


class TestAConversationThatIsGone:
    def test_goes_on_in_a_new_one_and_says_so(self, page, stage, play):
        play.answer(say.GONE, say.turn(say.ASK_PLACE))
        chat = open_chat(page, stage.url)
        chat.say(QUESTION)
        chat.hears("In welke plaats")
        expect(chat.frame).to_contain_text(re.compile("gesprek was gestopt|nieuw gesprek", re.I))
        assert play.said == [{"tekst": QUESTION}] * 2
        assert chat.log.get_by_text(QUESTION, exact=True).count() == 1
        expect(chat.box).to_have_value("")

    def test_that_stays_gone_does_not_go_round_in_circles(self, page, stage, play):
        play.answer(*[say.GONE] * 8)
        chat = open_chat(page, stage.url)
        chat.say(QUESTION)
        told(chat)
        assert len(play.said) <= 3
        expect(chat.box).to_have_value(QUESTION)

    def test_of_which_a_button_is_pressed_asks_for_words(self, page, stage, play):
        play.answer(say.GONE)
        chat = open_chat(page, stage.url)
        chat.choices.get_by_role("button").first.click()
        expect(chat.frame).to_contain_text(re.compile("gesprek was gestopt|nieuw gesprek", re.I))
        chat.say(QUESTION)
        chat.hears(QUESTION)
        expect(chat.box).to_have_value("")

    def test_because_the_real_server_was_started_again(self, page, fake_site):
        chat = open_chat(page, fake_site.url)
        fake_site.assistant.restart()
        chat.say(QUESTION)
        chat.hears("Kijk eens hier.")
        expect(chat.frame).to_contain_text(re.compile("gesprek was gestopt|nieuw gesprek", re.I))

    def test_after_half_an_hour_the_tab_forgets_it_too(self, patient, play):
        patient.say(QUESTION)
        patient.hears("Vertel gerust meer.")
        patient.page.clock.fast_forward("31:00")
        patient.page.reload()
        again = Chat(patient.page).ready()
        expect(again.log).not_to_contain_text(QUESTION)
        assert QUESTION not in str(again.kept())


class TestTooManyMessages:
    def test_says_how_long_to_wait_and_keeps_the_question(self, page, stage, play):
        play.answer(TOO_BUSY)
        chat = open_chat(page, stage.url)
        chat.say(QUESTION)
        assert "20 seconden" in told(chat)
        expect(chat.box).to_have_value(QUESTION)
        expect(chat.send).to_be_enabled()
        chat.send.click()
        chat.hears("Vertel gerust meer.")

    def test_without_a_time_still_says_to_wait(self, page, stage, play):
        play.answer(say.Reply(429, "busy", {"content-type": "text/plain"}))
        chat = open_chat(page, stage.url)
        chat.say(QUESTION)
        assert re.search("wacht|even", told(chat), re.I)

    def test_at_the_door_is_told_too(self, page, stage, play):
        play.opens_with(TOO_BUSY)
        page.goto(serve_page(page, stage.url, host_page()))
        assert "20 seconden" in told(Chat(page))

    def test_of_the_real_server_reads_the_same(self, page, serve):
        site = serve(RATE_LIMIT_GESPREK="1/minute")
        chat = open_chat(page, site.url)
        chat.say(QUESTION)
        chat.hears("Kijk eens hier.")
        chat.say("nog iets")
        assert re.search(r"\d+ seconden|\d+ minu", told(chat))
        expect(chat.box).to_have_value("nog iets")


class TestOffline:
    def test_is_said_and_keeps_the_question_and_being_back_is_said_too(self, page, fake_site):
        chat = open_chat(page, fake_site.url)
        page.context.set_offline(True)
        chat.say(QUESTION)
        assert "internet" in told(chat)
        expect(chat.box).to_have_value(QUESTION)
        expect(chat.link("Bel 112").first).to_be_visible()
        page.context.set_offline(False)
        expect(chat.frame).to_contain_text("U hebt weer internet")
        chat.send.click()
        chat.hears("Kijk eens hier.")


class TestHaste:
    def test_a_double_click_asks_once(self, page, stage, play):
        chat = open_chat(page, stage.url)
        chat.type(QUESTION)
        chat.send.dblclick()
        chat.hears("Vertel gerust meer.")
        assert play.said == [{"tekst": QUESTION}]

    def test_a_double_click_on_a_button_chooses_once(self, page, stage, play):
        play.answer(say.held(say.turn(say.ASK_PLACE)))
        chat = open_chat(page, stage.url)
        suggestion = chat.choices.get_by_role("button").first
        suggestion.dispatch_event("click")
        suggestion.dispatch_event("click")
        play.release()
        chat.hears("In welke plaats")
        assert len(play.said) == 1

    def test_enter_while_an_answer_is_on_its_way_loses_nothing(self, page, stage, play):
        play.answer(say.held(say.turn(say.ASK_PLACE)), say.turn(say.message("Dank u.")))
        chat = open_chat(page, stage.url)
        chat.say(QUESTION)
        chat.box.press("Enter")
        chat.box.press("Enter")
        play.release()
        chat.hears("In welke plaats")
        assert play.said == [{"tekst": QUESTION}]

    def test_a_question_typed_before_the_greeting_is_not_lost(self, page, stage, play):
        opening = say.Reply(201, {"gesprekId": "9" * 32, "berichten": [say.GREETING]}, held=True)
        play.opens_with(opening)
        page.goto(serve_page(page, stage.url, host_page()))
        chat = Chat(page)
        chat.type(QUESTION)
        chat.box.press("Enter")
        play.release()
        chat.hears("Ik ben een computer")
        if chat.box.input_value():
            chat.send.click()
        chat.hears("Vertel gerust meer.")
        assert play.said == [{"tekst": QUESTION}]

    def test_an_empty_message_is_not_sent(self, page, stage, play):
        chat = open_chat(page, stage.url)
        chat.say("   \n ")
        expect(chat.frame).to_contain_text("Typ eerst uw vraag")
        assert play.said == []
        expect(chat.box).to_be_focused()

    def test_a_stale_button_says_what_to_do_instead(self, page, stage, play):
        detail = "Deze knop hoort niet meer bij dit gesprek. Kies een andere knop of typ uw vraag."
        play.answer(say.problem(422, "keuze-onbekend", "Deze keuze kan nu niet", detail))
        chat = open_chat(page, stage.url)
        chat.choices.get_by_role("button").first.click()
        assert "typ uw vraag" in told(chat).lower()
        chat.say(QUESTION)
        chat.hears("Vertel gerust meer.")


class TestLongAndStrangeMessages:
    def test_two_thousand_characters_are_sent_whole(self, page, stage, play):
        chat = open_chat(page, stage.url)
        chat.say("a" * 2_000)
        chat.hears("Vertel gerust meer.")
        assert play.said == [{"tekst": "a" * 2_000}]

    def test_one_more_is_told_and_stays_in_the_box(self, page, stage, play):
        """Pasted text is never cut off in silence. The server still reads it, for it may speak of danger."""
        long = say.problem(422, "tekst-te-lang", "Uw bericht is te lang", "Het mag 2.000 tekens hebben.")
        play.answer(long)
        chat = open_chat(page, stage.url)
        chat.say("a" * 2_001)
        assert re.search(r"2\.?0\d\d", told_or_counted(chat))
        expect(chat.box).to_have_value("a" * 2_001)
        chat.say("a" * 1_999)
        chat.hears("Vertel gerust meer.")

    def test_emoji_and_new_lines_arrive_as_they_were_pasted(self, page, stage, play):
        text = "Hallo 😢👨‍👩‍👧\n\n- ik ben alleen\n\t- en moe 🇳🇱"
        chat = open_chat(page, stage.url)
        chat.say(text)
        chat.hears("Vertel gerust meer.")
        assert play.said[0]["tekst"].replace("\t", "") == text.replace("\t", "")
        expect(chat.log).to_contain_text("😢👨‍👩‍👧")
        mine = chat.log.get_by_text("ik ben alleen")
        assert mine.evaluate("e => getComputedStyle(e).whiteSpace").startswith(("pre", "break"))

    def test_two_thousand_emoji_count_as_the_server_counts_them(self, page, stage, play):
        chat = open_chat(page, stage.url)
        chat.say("😢" * 1_500)
        chat.hears("Vertel gerust meer.")
        assert play.said == [{"tekst": "😢" * 1_500}]

    def test_one_endless_word_does_not_widen_the_page(self, page, stage, play):
        page.set_viewport_size({"width": 320, "height": 640})
        chat = open_chat(page, stage.url)
        chat.say("x" * 500)
        chat.hears("Vertel gerust meer.")
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
        assert chat.log.evaluate("e => e.scrollWidth <= e.clientWidth")


class TestComingBack:
    def said_something(self, page, stage, play) -> Chat:
        play.answer(say.turn(say.FOUND))
        chat = open_chat(page, stage.url)
        chat.say(QUESTION)
        expect(chat.cards).to_have_count(2)
        return chat

    def test_after_a_reload_the_talk_is_still_there_and_goes_on(self, page, stage, play):
        chat = self.said_something(page, stage, play)
        page.reload()
        expect(chat.cards).to_have_count(2)
        chat.hears(QUESTION)
        chat.say("nog iets")
        chat.hears("Vertel gerust meer.")
        assert len(play.requests("POST", "/gesprekken")) == 1
        assert len({one.path for one in play.requests("POST", "/berichten")}) == 1

    def test_what_was_half_typed_is_still_there_after_a_reload(self, page, stage, play):
        chat = self.said_something(page, stage, play)
        chat.box.press_sequentially("half getypt")
        page.reload()
        expect(chat.box).to_have_value("half getypt")

    def test_the_back_button_brings_it_back(self, page, stage, play):
        chat = self.said_something(page, stage, play)
        page.goto(f"{stage.url}/health")
        page.go_back()
        expect(chat.cards).to_have_count(2)
        chat.say("nog iets")
        chat.hears("Vertel gerust meer.")

    def test_a_danger_that_was_told_before_does_not_grab_the_focus_after_a_reload(self, page, stage, play):
        play.answer(say.turn(say.DANGER_112, outcome="spoed_112"))
        chat = open_chat(page, stage.url)
        chat.say("druk op mijn borst")
        expect(chat.danger_heading).to_be_focused()
        page.reload()
        expect(chat.danger).to_be_visible()
        expect(chat.danger_heading).not_to_be_focused()

    def test_two_tabs_are_two_talks(self, page, stage, play):
        chat = self.said_something(page, stage, play)
        other = page.context.new_page()
        other.goto(stage.url + ADDRESS)
        second = Chat(other).ready()
        expect(second.log).not_to_contain_text(QUESTION)
        second.say("iets heel anders")
        second.hears("Vertel gerust meer.")
        expect(chat.log).not_to_contain_text("iets heel anders")
        assert len({one.path for one in play.requests("POST", "/berichten")}) == 2

    def test_a_spoilt_memory_of_the_tab_is_thrown_away(self, page, stage, play):
        chat = self.said_something(page, stage, play)
        page.evaluate("for (const key of Object.keys(sessionStorage)) sessionStorage[key] = '{\"x\": ['")
        page.reload()
        chat.ready().say(QUESTION)
        chat.hears("Vertel gerust meer.")

    def test_a_browser_without_a_memory_can_still_chat(self, page, stage, play):
        page.add_init_script(
            "Object.defineProperty(window, 'sessionStorage', {get() { throw new DOMException('no') }})"
        )
        chat = open_chat(page, stage.url)
        chat.say(QUESTION)
        chat.hears("Vertel gerust meer.")

    def test_a_full_memory_does_not_stop_the_talk(self, page, stage, play):
        page.add_init_script(
            "Storage.prototype.setItem = () => { throw new DOMException('QuotaExceededError') }"
        )
        chat = open_chat(page, stage.url)
        chat.say(QUESTION)
        chat.hears("Vertel gerust meer.")

    def test_a_closed_panel_stays_closed_and_an_open_one_open(self, page, stage, play):
        chat = open_panel(page, stage.url)
        chat.opener.click()
        chat.ready().say(QUESTION)
        chat.hears("Vertel gerust meer.")
        page.reload()
        expect(chat.frame.or_(chat.opener).first).to_be_visible()
        if chat.frame.is_hidden():
            chat.opener.click()
        chat.hears("Vertel gerust meer.")


def told_or_counted(chat: Chat) -> str:
    """What stands below a text that is too long: an error, or the counter."""
    expect(chat.trouble.first).to_be_visible()
    return chat.frame.inner_text()


COUNT_ELEMENTS = """() => {
  const count = root => [...root.querySelectorAll('*')]
    .reduce((sum, one) => sum + 1 + (one.shadowRoot ? count(one.shadowRoot) : 0), 0);
  return count(document);
}"""


def test_a_very_long_talk_keeps_the_page_light(page, stage, play):
    chat = open_chat(page, stage.url)
    for number in range(40):
        chat.say(f"bericht {number}.")
        chat.hears(f"bericht {number}.")
        expect(chat.box).to_have_value("")
    before = page.evaluate(COUNT_ELEMENTS)
    for number in range(40, 80):
        chat.say(f"bericht {number}.")
        chat.hears(f"bericht {number}.")
        expect(chat.box).to_have_value("")
    assert chat.log.get_by_text("Vertel gerust meer.").count() <= 60
    expect(chat.log).not_to_contain_text("bericht 0.")
    assert page.evaluate(COUNT_ELEMENTS) < 1.6 * before
