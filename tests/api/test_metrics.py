"""What `/metrics` gives: documented, bounded, and there whatever is down."""

from __future__ import annotations

import re
import threading
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from api.metrics import DOORS, FAILURES, METHODS, REASONS, Metrics
from api.storage.seal import new_key
from bot.action_names import action_names
from bot.stages import STAGES, Timings
from bot.turn import NO_ANSWER, Turn
from tests.api.fakes import VERSION, message, triage_of
from tests.deploy.prometheus import served
from tests.own_settings import own_settings

PAGE = (Path(__file__).parents[2] / "docs" / "metrics.md").read_text(encoding="utf-8")
SUFFIXES = {"histogram": ("_bucket", "_sum", "_count"), "summary": ("_sum", "_count")}


def samples(text: str) -> dict[tuple[str, frozenset], float]:
    """Every sample by name and labels."""
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(client: TestClient, name: str, **labels: str) -> float | None:
    found = samples(client.get("/metrics").text)
    return found.get((f"sociale_triage_{name}", frozenset(labels.items())))


def test_the_page_lists_exactly_what_is_given():
    given = served()
    rows = re.findall(
        r"^\| `([a-z_]+)` \| (counter|gauge|histogram|summary) \|([^|]*)\| ([^|]+) \|$", PAGE, re.M
    )
    described = {
        name + suffix: set(re.findall(r"`(\w+)`", labels))
        for name, kind, labels, _ in rows
        for suffix in SUFFIXES.get(kind, ("",))
    }
    assert {name: {label for label, _ in labels} - {"le"} for name, labels in given.items()} == described


def test_the_page_lists_the_stages_and_the_tasks(serve):
    assert dict(re.findall(r"^\| `(\w+)` \| ([^|`]+) \|$", _section("The stages of a turn"), re.M)) == STAGES
    given = serve(OPSLAG_SLEUTELS=new_key(), REDIS_URL="redis://127.0.0.1:9/0").get("/metrics").text
    tasks = set(re.findall(r'task_failures_total\{task="(\w+)"\}', given))
    listed = "\n".join(re.findall(r"^\| `.*$", _section("Background work"), re.M))
    assert set(re.findall(r"`(\w+)`", re.sub(r"\|[^|]*\|$", "", listed, flags=re.M))) == tasks


def _section(title: str) -> str:
    return PAGE.partition(f"### {title}\n")[2].partition("\n#")[0]


def test_a_turn_is_timed_as_a_whole_and_by_stage():
    metrics, timings = Metrics(), Timings()
    for stage, seconds, action in (
        ("screen", 0.0004, None),
        ("action", 0.03, "action_praat"),
        ("action", 0.03, "x"),
    ):
        timings.add(stage, seconds, action)
    metrics.turn("balie", triage_of("hoi"), (), timings)
    get = metrics.registry.get_sample_value
    assert get("sociale_triage_turn_duration_seconds_count", {"channel": "balie"}) == 1
    assert get("sociale_triage_stage_duration_seconds_bucket", {"stage": "screen", "le": "0.0005"}) == 1
    assert get("sociale_triage_stage_duration_seconds_sum", {"stage": "action"}) == pytest.approx(0.06)
    assert get("sociale_triage_action_duration_seconds_count", {"action": "action_praat"}) == 1
    assert get("sociale_triage_action_duration_seconds_count", {"action": "onbekend"}) == 1


def test_a_turn_that_rasa_did_not_answer_is_a_fallback_and_its_danger_one_of_its_own(
    client, conversation, assistant
):
    async def say(conversation_id: str, text: str) -> Turn:
        return Turn([message("Bel 112.")], triage_of(text), "bewoner", (NO_ANSWER,))

    assistant.say = say
    for text in ("druk op mijn borst", "hoi"):
        client.post(conversation, json={"tekst": text})
    assert value(client, "fallbacks_total", reason=NO_ANSWER) == 2
    assert value(client, "danger_fallbacks_total", outcome="spoed_112") == 1


def test_danger_that_the_rules_alone_answer_counts_also_where_the_assistant_raised(
    client, conversation, assistant
):
    assistant.break_with = ValueError()
    for text in ("hij stikt", "hoi"):
        client.post(conversation, json={"tekst": text})
    assert value(client, "fallbacks_total", reason="error") == 2
    assert value(client, "danger_fallbacks_total", outcome="spoed_112") == 1


def test_every_series_that_an_alert_counts_begins_at_zero(client):
    given = samples(client.get("/metrics").text)
    for name, label, codes in (
        ("turns", "channel", DOORS),
        ("fallbacks", "reason", REASONS),
        ("action_errors", "action", FAILURES),
        ("safety_flags", "flag", ("spoed_112", "crisis_113", "onveilig", "huisarts_vandaag")),
    ):
        for code in codes:
            assert given[f"sociale_triage_{name}_total", frozenset({(label, code)})] == 0


def test_the_number_of_series_is_bounded_whatever_is_sent(client, conversation):
    def send(number: int) -> None:
        client.post(conversation, json={"tekst": f"kwetsbaar {number}"})
        client.post(f"/v1/gesprekken/kwetsbaar-{number}/berichten", json={"tekst": "hoi"})
        client.post("/v1/triage", json={"tekst": "hoi", "kanaal": f"kwetsbaar{number}"})
        client.post("/webhooks/rest/webhook", json={"sender": f"kwetsbaar{number}", "message": "hoi"})
        client.request(f"KWETSBAAR{number}", f"/kwetsbaar{number}")
        client.request(f"KWETSBAAR{number}", "/health")
        client.get(f"/static/kwetsbaar{number}")

    send(0)
    first = samples(client.get("/metrics").text).keys()
    for number in range(1, 6):
        send(number)
    text = client.get("/metrics").text
    assert samples(text).keys() == first and "kwetsbaar" not in text.lower()
    assert set(re.findall(r'method="(\w+)"', text)) <= {*METHODS, "OTHER"}
    metrics = Metrics()
    before = len(samples_of(metrics))
    for number in range(50):
        odd = f"kwetsbaar_{number}"
        metrics.turn(odd, {"uitkomst": odd, "redenen": [{"wijstOp": odd}]}, (odd,), None)
        metrics.fallback(odd)
        metrics.rating(odd, odd)
    assert len(samples_of(metrics)) <= before + 5


def samples_of(metrics: Metrics) -> list:
    return [sample for family in metrics.registry.collect() for sample in family.samples]


def test_the_names_of_actions_are_those_of_the_domain():
    assert {"action_gevaar", "action_toon_initiatieven", "validate_plaats_form"} <= action_names()


def test_what_is_known_at_the_moment_of_asking(client, conversation):
    assert value(client, "conversations_open") == 1
    assert value(client, "catalogue_entries", freshness="outdated") == 1
    assert value(client, "store_up", store="database") == 1
    assert (
        value(client, "outbox_events", state="waiting") == value(client, "outbox_events", state="dead") == 0
    )
    versions = {"model": VERSION["model"], "catalogue": VERSION["catalogus"], "rules": VERSION["regels"]}
    assert value(client, "build_info", api="1.0.0", **versions) == 1


def test_before_the_assistant_is_loaded_there_are_figures():
    text = TestClient(create_app(own_settings())).get("/metrics").text
    assert "sociale_triage_turns_total" in text and "sociale_triage_build_info{" not in text


def test_a_figure_that_cannot_be_had_is_left_out(client, assistant):
    def broken() -> dict:
        raise OSError("kwetsbaar")

    assistant.catalogue_freshness = broken
    text = client.get("/metrics").text
    assert (
        "sociale_triage_build_info{" in text and "catalogue_entries{" not in text and "kwetsbaar" not in text
    )


def test_stores_that_are_down_are_said_to_be_and_the_outbox_is_absent(serve, tmp_path):
    (tmp_path / "stuk").write_text("geen map")
    down = f"sqlite:///{tmp_path / 'stuk' / 'opslag.sqlite'}"
    text = serve(DATABASE_URL=down, REDIS_URL="redis://:geheim@127.0.0.1:9/0").get("/metrics").text
    assert 'store_up{store="database"} 0.0' in text and 'store_up{store="redis"} 0.0' in text
    assert "outbox_events{" not in text and "geheim" not in text


def test_a_database_that_hangs_delays_no_other_request(client, monkeypatch):
    held, released = threading.Event(), threading.Event()

    def hang(database: object) -> None:
        held.set()
        assert released.wait(20)

    watch = client.app.state.watches[0]
    monkeypatch.setattr(watch, "_look", lambda: hang(None))
    monkeypatch.setattr(watch, "_last", None)
    answers: list[str] = []
    scraper = threading.Thread(target=lambda: answers.append(client.get("/metrics").text))
    scraper.start()
    try:
        assert held.wait(20)
        began = time.perf_counter()
        assert client.get("/health").status_code == 200 and scraper.is_alive()
        assert time.perf_counter() - began < 2
        scraper.join(20)
    finally:
        released.set()
    assert 'store_up{store="database"} 0.0' in answers[0]


def test_background_work_is_seen_to_run_and_to_fail(client, monkeypatch):
    def soon(check) -> None:
        end = time.monotonic() + 20
        while not check():
            assert time.monotonic() < end
            time.sleep(0.02)

    soon(lambda: value(client, "task_last_success_timestamp_seconds", task="sessions") > 1e9)
    assert value(client, "task_interval_seconds", task="retention") == 3600
    assert value(client, "task_failures_total", task="retention") == 0
    assert value(client, "task_last_success_timestamp_seconds", task="loop_lag") is None
    soon(lambda: value(client, "event_loop_lag_seconds_count") > 0)
