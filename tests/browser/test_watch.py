"""The watch itself: what a page may not do is noticed, and what a test expects is let through."""

from __future__ import annotations

import pytest

from tests.browser.browser import Watch

ELSEWHERE = "https://example.org/"


def test_the_page_of_the_real_assistant_opens(site, page):
    assert page.goto(site.url + "/").status == 200


def test_a_request_elsewhere_is_blocked_and_noticed(fake_site, page, watch):
    page.goto(fake_site.url + "/docs")
    with pytest.raises(Exception, match="ERR_BLOCKED_BY_CLIENT"):
        page.goto(ELSEWHERE)
    with pytest.raises(AssertionError, match="third-party requests: .*example.org"):
        watch.check()
    watch.foreign.clear()


def test_leaving_for_an_expected_address_gives_a_neutral_page(fake_site, page, watch):
    watch.expect_foreign(ELSEWHERE)
    page.goto(ELSEWHERE + "weer")
    assert page.title() == "Elders" and page.url == ELSEWHERE + "weer"


def test_console_errors_csp_violations_and_exceptions_are_noticed(fake_site, page, watch):
    page.goto(fake_site.url + "/docs")
    page.evaluate("console.error('mis'); setTimeout(() => { throw new Error('kapot') })")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('style'), {textContent: 'b{}'}))"
    )
    page.wait_for_function("() => true")
    with pytest.raises(AssertionError) as caught:
        watch.check()
    for part in ("mis", "kapot", "CSP violation: style-src"):
        assert part in str(caught.value)
        watch.expect_console(part)
    watch.expect_console("Content Security Policy")


def test_what_is_expected_on_the_console_is_no_fault():
    watch = Watch(errors=["Failed to load resource: 429"])
    watch.expect_console("429")
    watch.check()


def test_axe_sees_what_is_wrong_under_a_strict_policy_and_inside_a_shadow_root(fake_site, page, axe):
    page.goto(fake_site.url + "/docs")
    axe(page)
    page.evaluate(
        "document.querySelector('h1').attachShadow({mode: 'open'}).append(document.createElement('button'))"
    )
    with pytest.raises(AssertionError, match="button-name"):
        axe(page)


def test_a_picture_is_kept(fake_site, page, shoot):
    page.goto(fake_site.url + "/docs")
    assert shoot("documentatie").read_bytes().startswith(b"\x89PNG")
