"""On the site of a municipality: two lines, under a strict policy, in its colours, and in nobody's way."""

from __future__ import annotations

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.browser import play as say
from tests.browser.chat import Chat, embed, host_page, open_chat, open_panel, serve_page

STRICT = (
    "default-src 'none'; script-src {api}; connect-src {api}; "
    "require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'; form-action 'none'"
)

CONTRAST = """e => {
  const read = css => {
    const c = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    c.fillStyle = css; c.fillRect(0, 0, 1, 1); return [...c.getImageData(0, 0, 1, 1).data] };
  const light = ([r, g, b]) => {
    const f = v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b) };
  let ground = [255, 255, 255];
  for (let one = e; one; one = one.parentElement || one.getRootNode().host) {
    const here = read(getComputedStyle(one).backgroundColor);
    if (here[3] > 250) { ground = here; break; }
  }
  const [high, low] = [light(read(getComputedStyle(e).color)), light(ground)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}"""


class _Handler(BaseHTTPRequestHandler):
    page, policy = "", ""

    def do_GET(self) -> None:
        body = self.page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def municipality():
    """Another server: the site of the municipality. `page` and `policy` are set by the test."""

    class Handler(_Handler):
        pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False  # a browser keeps lines open in advance
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    Handler.origin = f"http://127.0.0.1:{server.server_port}"
    yield Handler
    server.shutdown()
    server.server_close()
    thread.join()


def two_lines(api: str, attributes: str = "") -> str:
    """The embed as the page for integrators gives it, on a page that has nothing else."""
    return (
        '<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Proefstad</title>'
        f'<script src="{api}/widget/sociale-triage.js" defer></script></head><body><h1>Proefstad</h1>'
        f'<sociale-triage endpoint="{api}" {attributes}><p>Bel 112.</p></sociale-triage></body></html>'
    )


class TestOnAnotherOrigin:
    @pytest.fixture
    def far(self, page, serve, municipality, watch):
        """The chat on the municipality's own server, under the strictest policy; `watch` sees breaches."""
        site = serve(CORS_ORIGINS=municipality.origin)
        municipality.page = two_lines(site.url)
        municipality.policy = STRICT.format(api=site.url)
        page.goto(municipality.origin)
        return Chat(page).ready()

    def test_two_lines_under_a_strict_policy_are_enough(self, far):
        far.say("Ik voel me alleen")
        far.hears("Kijk eens hier.")
        expect(far.card("Odensehuis Nepstad")).to_be_visible()
        expect(far.frame).not_to_have_css("display", "inline")
        assert far.send.evaluate("e => e.getBoundingClientRect().height") >= 44, (
            "the styles work under the policy"
        )

    def test_nothing_is_kept_but_the_talk_in_this_tab(self, far):
        far.say("Ik voel me alleen")
        far.hears("Kijk eens hier.")
        assert far.page.context.cookies() == []
        assert far.page.evaluate("localStorage.length") == 0
        assert far.page.evaluate("indexedDB.databases().then(all => all.length)") == 0
        assert far.page.evaluate("caches.keys().then(all => all.length).catch(() => 0)") == 0

    def test_only_the_script_and_the_api_are_asked_for(self, far, watch, municipality):
        far.say("Ik voel me alleen")
        far.hears("Kijk eens hier.")
        asked = {re.sub(r"[A-Za-z0-9_-]{32}", "ID", url) for url in watch.requests}
        ours = {url.split("/", 3)[3] for url in asked if not url.startswith(municipality.origin)}
        assert ours == {"widget/sociale-triage.js", "v1/gesprekken", "v1/gesprekken/ID/berichten"}

    def test_the_server_may_be_told_apart_from_the_script(self, page, serve, municipality, watch):
        """`endpoint` left out: the origin of the script."""
        site = serve(CORS_ORIGINS=municipality.origin)
        municipality.page = two_lines(site.url).replace(f'endpoint="{site.url}"', "")
        page.goto(municipality.origin)
        Chat(page).ready()

    def test_a_server_that_does_not_know_the_site_leaves_the_numbers(self, page, stage, municipality, watch):
        watch.expect_console("CORS")
        watch.expect_console("Failed to load resource")
        municipality.page = two_lines(stage.url)
        page.goto(municipality.origin)
        chat = Chat(page)
        expect(chat.trouble.first).to_be_visible()
        expect(chat.link("Bel 112").first).to_be_visible()
        expect(page.get_by_text("Bel 112.", exact=True)).to_be_visible()

    def test_quick_exit_reaches_the_server_from_there(self, far, watch):
        watch.expect_foreign("https://www.knmi.nl/")
        with far.page.context.expect_event("request", lambda request: request.method == "DELETE"):
            far.exit.first.click()
        far.page.wait_for_url("https://www.knmi.nl/")


class TestTheLooksOfTheHost:
    def test_its_rough_rules_do_not_break_in(self, page, stage, play):
        rough = "<style>* { color: red !important; font-size: 40px !important; display: block !important;"
        rough += " text-transform: uppercase; letter-spacing: 9px } a, button { visibility: hidden }</style>"
        play.answer(say.turn(say.FOUND))
        chat = open_chat(page, stage.url, head=rough)
        chat.say("dementie")
        expect(chat.send).to_be_visible()
        assert chat.send.evaluate("e => parseFloat(getComputedStyle(e).fontSize)") < 30
        words = chat.log.get_by_text("Ik ben een computer").first
        expect(words).not_to_have_css("color", "rgb(255, 0, 0)")
        expect(words).to_have_css("text-transform", "none")
        expect(words).to_have_css("letter-spacing", "normal")

    def test_our_rules_do_not_break_out(self, page, stage, play):
        """The page around looks the same with and without the chat."""
        seen = """() => [...document.querySelectorAll('h1, main > p, main > p a')].map(e => {
            const s = getComputedStyle(e);
            return [s.color, s.fontSize, s.fontFamily, s.marginTop, s.display].join() })"""
        page.goto(serve_page(page, stage.url, host_page("")))
        before = page.evaluate(seen)
        page.evaluate("document.querySelector('main > p').after(document.createElement('sociale-triage'))")
        Chat(page).ready()
        assert page.evaluate(seen) == before

    @pytest.mark.parametrize("prefix", ["nl", "utrecht"])
    def test_tokens_of_nl_design_system_colour_it(self, page, stage, play, prefix):
        """The tokens of the host's theme come through: those of the candidate and of the community."""
        names = {
            "nl": "--nl-button-primary-background-color: #6b1d5c; --nl-button-primary-color: #fff;",
            "utrecht": "--utrecht-button-primary-action-background-color: #6b1d5c;"
            "--utrecht-button-primary-action-color: #fff;",
        }
        chat = open_chat(page, stage.url, head=f"<style>:root {{ {names[prefix]} }}</style>")
        expect(chat.send).to_have_css("background-color", "rgb(107, 29, 92)")

    @pytest.mark.parametrize(
        "tokens",
        [
            "--utrecht-button-primary-action-background-color:#ff0;--utrecht-button-primary-action-color:#fff",
            "--nl-button-primary-background-color: #ffe600; --nl-button-primary-color: #ffffff",
            "--utrecht-document-color: #cccccc; --utrecht-document-background-color: #ffffff",
            "--nl-paragraph-color: #dddddd; --utrecht-paragraph-color: #dddddd",
            "--utrecht-link-color: #ffee00; --nl-link-color: #ffee00",
        ],
    )
    def test_tokens_without_contrast_never_make_a_text_unreadable(self, page, stage, play, tokens):
        chat = open_chat(page, stage.url, head=f"<style>:root {{ {tokens} }}</style>")
        words = chat.log.get_by_text("Ik ben een computer").first
        for part in (chat.send, words, chat.link("113.nl").first, chat.exit.first):
            assert part.evaluate(CONTRAST) >= 4.5, part

    def test_the_letters_are_those_of_the_host(self, page, stage, play):
        chat = open_chat(page, stage.url, head="<style>body { font-family: Georgia, serif }</style>")
        assert "Georgia" in chat.log.evaluate("e => getComputedStyle(e).fontFamily")


class TestTheMunicipality:
    OWN = {
        "naam": "Proefstad",
        "logotekst": "Gemeente Proefstad",
        "telefoon": "050 765 43 21",
        "website": "https://www.proefstad.example.org",
        "openingstijden": "maandag tot en met vrijdag 9-17 uur",
        "kleuren": {"--utrecht-button-primary-action-background-color": "#6b1d5c"},
    }

    def test_is_named_to_the_server(self, page, stage, play):
        open_chat(page, stage.url, 'gemeente="Terneuzen"')
        assert play.requests("POST", "/gesprekken")[0].body["gemeente"] == "Terneuzen"

    def test_is_left_out_where_it_is_not_known(self, page, stage, play):
        open_chat(page, stage.url)
        assert not play.requests("POST", "/gesprekken")[0].body.get("gemeente")

    def test_gives_its_own_name_phone_and_hours(self, page, stage, play):
        play.municipality = self.OWN
        chat = open_chat(page, stage.url, 'gemeente="Proefstad"')
        expect(chat.frame).to_contain_text("Gemeente Proefstad")

    def test_gives_its_phone_and_hours_when_something_breaks(self, page, stage, play, watch):
        watch.expect_console("Failed to load resource")
        play.municipality = self.OWN
        page.goto(serve_page(page, stage.url, host_page(embed('gemeente="Proefstad"', fallback=""))))
        chat = Chat(page).ready()
        play.answer(say.LOST)
        chat.say("hallo")
        expect(chat.frame.locator('a[href="tel:0507654321"]').first).to_be_visible()
        expect(chat.frame).to_contain_text("maandag tot en met vrijdag 9-17 uur")

    def test_gives_its_own_suggestions(self, page, stage, play):
        play.suggested = ["Ik zoek een maatje", "Ik heb geldzorgen"]
        chat = open_chat(page, stage.url, 'gemeente="Proefstad"')
        chat.frame.get_by_role("button", name="Ik zoek een maatje").click()
        chat.hears("Vertel gerust meer.")
        assert play.said == [{"tekst": "Ik zoek een maatje"}]

    @pytest.mark.parametrize(
        "colour", ["red; } * { display: none", "url(https://kwaad.example.org/)", "", "#12", 7]
    )
    def test_cannot_break_the_chat_with_a_colour(self, page, stage, play, colour):
        play.municipality = {
            **self.OWN,
            "kleuren": {"--utrecht-button-primary-action-background-color": colour},
        }
        chat = open_chat(page, stage.url, 'gemeente="Proefstad"')
        assert chat.send.evaluate(CONTRAST) >= 4.5


class TestLivingOnAPage:
    def test_two_chats_do_not_mix(self, page, stage, play):
        widgets = embed('id="een" gemeente="Leiden"') + embed('id="twee" gemeente="Groningen"')
        page.goto(serve_page(page, stage.url, host_page(widgets)))
        one, two = (Chat(page, inside=page.locator(f"#{name}")) for name in ("een", "twee"))
        two.ready()
        one.ready().say("alleen hier")
        one.hears("Vertel gerust meer.")
        expect(two.log).not_to_contain_text("alleen hier")

    def test_taken_away_and_put_back_it_goes_on_with_the_talk(self, page, stage, play):
        chat = open_chat(page, stage.url)
        chat.say("Ik voel me alleen")
        chat.hears("Vertel gerust meer.")
        page.evaluate("window.chat = document.querySelector('sociale-triage'); window.chat.remove()")
        expect(chat.log).to_have_count(0)
        page.evaluate("document.querySelector('main').append(window.chat)")
        chat.hears("Ik voel me alleen")
        chat.say("en nu weer")
        chat.hears("en nu weer")
        expect(chat.frame).to_have_count(1)

    def test_taken_away_it_no_longer_listens_to_the_page(self, page, stage, play):
        open_chat(page, stage.url)
        page.evaluate("document.querySelector('sociale-triage').remove()")
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        expect(page.get_by_role("heading", name="Hulp in uw buurt")).to_be_visible()
        assert page.url.startswith(stage.url)

    def test_the_script_loaded_twice_is_no_trouble(self, page, stage, play):
        twice = '<script src="/widget/sociale-triage.js?nog-eens" defer></script>'
        chat = open_chat(page, stage.url, head=twice)
        expect(chat.frame).to_have_count(1)
        assert len(play.requests("POST", "/gesprekken")) == 1

    def test_made_by_a_script_of_the_host_it_works_as_well(self, page, stage, play):
        page.goto(serve_page(page, stage.url, host_page("")))
        page.evaluate(
            """() => { const chat = document.createElement('sociale-triage');
                       chat.setAttribute('gemeente', 'Leiden');
                       document.querySelector('main').append(chat) }"""
        )
        Chat(page).ready()
        assert play.requests("POST", "/gesprekken")[0].body["gemeente"] == "Leiden"

    def test_an_unknown_display_or_endpoint_falls_back_to_what_works(self, page, stage, play):
        open_chat(page, stage.url, 'weergave="iets" endpoint=""')

    def test_the_closed_panel_asks_the_server_nothing(self, page, stage, play):
        open_panel(page, stage.url)
        assert play.requests("POST", "/gesprekken") == []

    def test_the_keys_of_the_host_are_left_alone(self, page, stage, play):
        """Escape outside the chat still reaches the page."""
        chat = open_chat(page, stage.url)
        page.evaluate("window.keys = []; document.addEventListener('keydown', e => window.keys.push(e.key))")
        page.get_by_role("link", name="Daarna dit").focus()
        page.keyboard.press("Escape")
        assert page.evaluate("window.keys") == ["Escape"]
        expect(chat.frame).to_be_visible()


class TestWithoutTheScript:
    def numbers_show(self, page) -> None:
        for number in ("112", "113"):
            expect(page.get_by_role("link", name=number, exact=True)).to_be_visible()
        expect(page.get_by_text("Gemeente Proefstad:")).to_be_visible()

    def test_the_numbers_and_the_municipality_still_show(self, open_context, stage):
        page = open_context(java_script_enabled=False).new_page()
        page.goto(serve_page(page, stage.url, host_page()))
        self.numbers_show(page)

    def test_a_script_that_is_not_found_leaves_them_too(self, page, stage, watch):
        watch.expect_console("Failed to load resource")
        watch.expect_console("MIME type")
        page.goto(serve_page(page, stage.url, host_page(script="/widget/weg.js")))
        self.numbers_show(page)

    def test_the_panel_form_shows_them_as_well(self, open_context, stage):
        page = open_context(java_script_enabled=False).new_page()
        page.goto(serve_page(page, stage.url, host_page(embed('weergave="knop"'))))
        self.numbers_show(page)

    def test_the_demo_page_shows_them_as_well(self, open_context, stage):
        page = open_context(java_script_enabled=False).new_page()
        page.goto(stage.url)
        expect(page.locator('a[href="tel:112"]').first).to_be_visible()
        expect(page.locator('a[href="tel:113"]').first).to_be_visible()
        expect(page.locator("main")).to_contain_text(re.compile("gemeente", re.I))

    def test_an_old_browser_that_fails_half_way_shows_them(self, page, stage, watch):
        watch.expect_console("")
        page.add_init_script("Element.prototype.attachShadow = () => { throw new Error('old') }")
        page.goto(serve_page(page, stage.url, host_page()))
        self.numbers_show(page)


class TestTheScript:
    def test_is_small_and_makes_no_code_from_text(self, page, stage):
        answer = page.request.get(f"{stage.url}/widget/sociale-triage.js")
        assert answer.ok and "javascript" in answer.headers["content-type"]
        text = answer.text()
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text
        )
        assert "localStorage" not in text and "document.cookie" not in text

    def test_may_be_loaded_by_every_site(self, page, stage):
        """A page that isolates itself (COEP) or checks integrity needs these headers."""
        headers = page.request.get(f"{stage.url}/widget/sociale-triage.js").headers
        assert headers.get("access-control-allow-origin") == "*"
        assert headers.get("cross-origin-resource-policy") == "cross-origin"
        assert headers.get("x-content-type-options") == "nosniff"
