"""W3C Trace Context, to the letter: https://www.w3.org/TR/trace-context-1/, section 3.2."""

from __future__ import annotations

import re

import pytest

from bot import trace

ID, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
FORM = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]")


@pytest.mark.parametrize(
    ("given", "is_sampled"),
    [
        (f"00-{ID}-{PARENT}-01", True),
        (f"00-{ID}-{PARENT}-00", False),
        (f"00-{ID}-{PARENT}-03", True),
        (f"00-{ID}-{PARENT}-02", False),
        (f"cc-{ID}-{PARENT}-01", True),
        (f"cc-{ID}-{PARENT}-01-what-the-future-will-be-like", True),
    ],
)
def test_a_proper_traceparent_goes_on(given, is_sampled):
    assert trace.read(given) == trace.Trace(ID, is_sampled)


@pytest.mark.parametrize(
    "given",
    [
        None,
        "",
        "Kwetsbaar-verhaal",
        f"00-{ID}-{PARENT}",
        f"00-{ID}-{PARENT}-1",
        f"00-{ID}-{PARENT}-01-more",
        f"00-{ID}-{PARENT}-01-",
        f"00-{ID}-{PARENT}-01\n",
        f" 00-{ID}-{PARENT}-01",
        f"00-{ID.upper()}-{PARENT}-01",
        f"0-{ID}-{PARENT}-01",
        f"ff-{ID}-{PARENT}-01",
        f"cc-{ID}-{PARENT}-01.more",
        f"cc-{ID}-{PARENT}-01-{'x' * 1000}",
        f"00-{ID[:-1]}-{PARENT}-01",
        f"00-{ID}0-{PARENT}-01",
        f"00-{'0' * 32}-{PARENT}-01",
        f"00-{ID}-{'0' * 16}-01",
        f"00-{ID[:-1]}g-{PARENT}-01",
        f"00-{ID[:-1]}٣-{PARENT}-01",
    ],
)
def test_anything_else_is_no_trace(given):
    assert trace.read(given) is None


def test_what_goes_out_has_a_parent_of_its_own_and_says_whether_it_is_recorded():
    going_on = trace.read(f"00-{ID}-{PARENT}-00")
    first, second = going_on.outgoing(), going_on.outgoing()
    assert FORM.fullmatch(first) and first.split("-")[1] == ID and first.endswith("-00")
    assert first != second and PARENT not in first
    assert trace.read(trace.new().outgoing()).is_sampled


def test_a_call_without_a_trace_begins_one_and_within_one_goes_on():
    assert trace.current() is None
    assert FORM.fullmatch(trace.outgoing_headers()["traceparent"])
    with trace.within(trace.Trace(ID)):
        assert trace.outgoing_headers()["traceparent"].split("-")[1] == ID
    assert trace.current() is None


def test_an_event_has_one_trace_at_every_attempt():
    assert trace.of_event(f"evt_{ID}").id == ID
    other = trace.of_event("evt_gesprek-7")
    assert other == trace.of_event("evt_gesprek-7") != trace.of_event("evt_gesprek-8")
    assert FORM.fullmatch(other.outgoing()) and FORM.fullmatch(trace.of_event("0" * 32).outgoing())
    assert int(trace.of_event("0" * 32).id, 16)
