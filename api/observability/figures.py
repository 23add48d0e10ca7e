"""What is known at the moment that Prometheus asks: stores, outbox, conversations, catalogue, versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from api import logs
from api.middleware import API_VERSION
from api.observability.outbox_depth import Depth
from api.observability.watch import Watch
from api.turns import Turns


class Figures(Collector):
    """Asked in a thread at every scrape. A figure that cannot be had is left out; the others stay."""

    def __init__(self, turns: Turns, watches: Sequence[Watch]) -> None:
        self._turns = turns
        self._watches = watches

    def describe(self) -> Iterable[Metric]:
        """None: to describe them would be to ask for them before there is anything."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """The figures now; never raises."""
        for of_part in (self._of_stores, self._of_conversations, self._of_catalogue, self._of_versions):
            try:
                yield from tuple(of_part())
            except Exception as error:
                logs.failure("figure_failed", error)

    def _of_stores(self) -> Iterator[Metric]:
        up = _gauge("store_up", "Whether a store can be used (1) or not (0).", "store")
        for watch in self._watches:
            seen = watch.seen()
            up.add_metric([watch.name], seen.is_up)
            if isinstance(seen.value, Depth):
                yield from _of_outbox(seen.value)
        yield up

    def _of_conversations(self) -> Iterator[Metric]:
        assistant = self._turns.assistant
        held = assistant.open_conversations() if assistant else None
        if held is not None:
            yield _gauge("conversations_open", "Conversations in the memory of this process.", value=held)

    def _of_catalogue(self) -> Iterator[Metric]:
        assistant = self._turns.assistant
        if assistant:
            entries = _gauge(
                "catalogue_entries", "Entries that are shown, by age of their source.", "freshness"
            )
            for freshness, number in assistant.catalogue_freshness().items():
                entries.add_metric([freshness], number)
            yield entries

    def _of_versions(self) -> Iterator[Metric]:
        assistant = self._turns.assistant
        if assistant:
            version = assistant.version
            labels = ("api", "model", "catalogue", "rules")
            info = _gauge("build_info", "What the answers are based on; always 1.", *labels)
            info.add_metric([API_VERSION, version["model"], version["catalogus"], version["regels"]], 1)
            yield info


def _of_outbox(depth: Depth) -> Iterator[Metric]:
    events = _gauge("outbox_events", "Events on their way to a receiver, by state.", "state")
    events.add_metric(["waiting"], depth.waiting)
    events.add_metric(["dead"], depth.dead)
    yield events
    help = "Age of the oldest event that waits; 0: none."
    yield _gauge("outbox_oldest_waiting_age_seconds", help, value=depth.oldest_seconds)


def _gauge(name: str, help: str, *labels: str, value: float | None = None) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"sociale_triage_{name}", help, value=value, labels=labels or None)
