"""The tables of docs/sizing.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from api.cli.sizing.assumptions import Basis
from api.cli.sizing.plan import Meets, Plan
from api.cli.sizing.show import milliseconds, share, table, times

Plans = Sequence[Plan]

GROUPS = {
    "use": "How much it is used",
    "margins": "Room to spare",
    "machines": "Machines",
    "stores": "Redis and PostgreSQL",
    "people": "People behind it",
    "prices": "Prices of the example",
}
"""Headings of the groups of assumptions."""

CARRIES = (1, 2, 3, 5, 10, 20)
"""Replicas that are up, of which the page says what they carry."""

WAITS = (
    "place and use",
    "replicas",
    "busy",
    "has to wait",
    "mean M/M/c",
    "mean M/D/c",
    "mean corrected",
    "mean apart",
    "95 % corrected",
    "95 % apart",
)


def short(plans: Plans) -> str:
    """The answer for whoever reads no further."""
    head = (
        "place",
        "inhabitants",
        "replicas",
        "memory",
        "vCPU",
        "euro a month, example",
        "machine part full first",
    )
    return table(
        head,
        (
            (
                plan.scale.name,
                f"{plan.scale.inhabitants:,}",
                f"{plan.replicas}",
                f"{plan.gib:.1f} GiB",
                f"{plan.vcpu:.0f}",
                f"{plan.euros:,.0f}",
                f"{plan.bounds[0].name}, at {times(plan.bounds[0].times)} the busy hour",
            )
            for plan in plans
        ),
    )


def measured(basis: Basis) -> str:
    """The figures of the run, and what is reckoned from each."""
    door, triage = basis.ours["ownDoor"], basis.ours["triage"]
    return table(
        ("one process", "measured", "reckoned with"),
        (
            (
                "turns per second, 16 clients",
                f"{door['16']['turnsPerSecond']}",
                f"{1000 * basis.turn_seconds:.1f} ms a turn",
            ),
            (
                "one turn, 1 client: median and 95th percentile",
                f"{door['1']['p50Ms']} and {door['1']['p95Ms']} ms",
                f"coefficient of variation {basis.turn_variation**0.5:.2f}",
            ),
            (
                "`/v1/triage` per second, 16 clients",
                f"{triage['16']['perSecond']}",
                f"{1000 * basis.request_seconds:.1f} ms a request",
            ),
            (
                "one request, 1 client: median and 95th percentile",
                f"{triage['1']['p50Ms']} and {triage['1']['p95Ms']} ms",
                f"coefficient of variation {basis.request_variation**0.5:.2f}",
            ),
            ("memory", f"{basis.ours['memory']['residentMb']} MB", f"{basis['gibOfReplica']} GiB a replica"),
            ("start-up to the first answer", f"{basis.ours['startUpSeconds']} s", ""),
        ),
    )


def demand(plans: Plans) -> str:
    """What the busy hour asks."""
    busy = [(plan, plan.busy) for plan in plans]
    return table(
        ("in the busy hour", *(plan.scale.name for plan in plans)),
        (
            ("conversations in the month", *(f"{plan.a_month:,.0f}" for plan in plans)),
            ("conversations", *(f"{load.conversations:,.1f}" for _, load in busy)),
            ("questions at front desks", *(f"{load.notes:,.1f}" for _, load in busy)),
            ("turns and requests a second", *(f"{load.work.per_second:.3g}" for _, load in busy)),
            ("time of each, mean", *(milliseconds(load.work.seconds) for _, load in busy)),
            ("**load**", *(f"**{load.work.load:.3g} erlang**" for _, load in busy)),
            ("referrals", *(f"{plan.referrals(load):,.1f}" for plan, load in busy)),
            ("telephone calls", *(f"{plan.calls(load):,.1f}" for plan, load in busy)),
            ("people who answer them", *(f"{plan.people(load)}" for plan, load in busy)),
        ),
    )


def news(plans: Plans) -> str:
    """What the hour after the evening news asks."""
    hours = [(plan, plan.news) for plan in plans]
    return table(
        ("in that hour", *(plan.scale.name for plan in plans)),
        (
            ("conversations", *(f"{load.conversations:,.0f}" for _, load in hours)),
            ("turns a second", *(f"{load.work.per_second:.3g}" for _, load in hours)),
            ("load", *(f"{load.work.load:.3g} erlang" for _, load in hours)),
            ("**replicas**", *(f"**{plan.replicas_for(load)}**" for plan, load in hours)),
            ("memory of Redis", *(f"{plan.redis_mib(load):,.0f} MiB" for plan, load in hours)),
            ("commands to Redis a second", *(f"{plan.redis_commands(load):,.0f}" for plan, load in hours)),
            ("telephone calls", *(f"{plan.calls(load):,.0f}" for plan, load in hours)),
            ("people who answer them", *(f"{plan.people(load):,}" for plan, load in hours)),
        ),
    )


def waits(plans: Plans) -> str:
    """How long people wait, at every scale and use."""
    return table(WAITS, (_wait(plan, meets) for plan in plans for meets in plan.waits()))


def _wait(plan: Plan, meets: Meets) -> Sequence[str]:
    how = {plan.replicas: "", plan.up: ", one down"}.get(meets.replicas, ", enough replicas")
    ways = (meets.exponential, meets.constant, meets.corrected, meets.apart)
    return (
        f"{plan.scale.name}, {meets.load.name}{how}",
        f"{meets.replicas}",
        share(meets.exponential.utilisation) if meets.exponential else "over 100 %",
        share(meets.exponential.probability) if meets.exponential else "all",
        *(milliseconds(way and way.mean) for way in ways),
        *(milliseconds(way and way.p95) for way in ways[2:]),
    )


def carry(plan: Plan) -> str:
    """What so many replicas carry at the target utilisation; equal for every place."""
    return table(
        ("replicas that are up", "turns a second", "conversations an hour", "people at telephones then"),
        (
            (
                f"{replicas}",
                f"{load.work.per_second:.0f}",
                f"{load.conversations:,.0f}",
                f"{plan.people(load):,}",
            )
            for replicas, load in ((replicas, plan.carried(replicas)) for replicas in CARRIES)
        ),
    )


def bounds(plans: Plans) -> str:
    """Which part is full first, and after that."""
    head = ("place", "first", *[f"{number}" for number in range(2, len(plans[0].bounds) + 1)])
    return table(
        head,
        ((plan.scale.name, *(f"{one.name}: {times(one.times)}" for one in plan.bounds)) for plan in plans),
    )


def cost(plans: Plans) -> str:
    """Machines of a month, with the example prices."""
    return table(
        ("place", "vCPU", "GiB", "euro a month, example", "euro for 1,000 conversations, example"),
        (
            (
                plan.scale.name,
                f"{plan.vcpu:.0f}",
                f"{plan.gib:.1f}",
                f"{plan.euros:,.0f}",
                f"{1000 * plan.euros / plan.a_month:,.2f}",
            )
            for plan in plans
        ),
    )


def assumptions(basis: Basis) -> str:
    """Every assumption with its source or our reason, group by group."""
    places = table(
        ("place", "inhabitants", "source or reason"),
        ((one["name"], f"{one['inhabitants']:,}", _why(one)) for one in basis.data["scales"]),
    )
    groups = (f"### {GROUPS[name]}\n\n{_group(group)}" for name, group in basis.groups.items())
    return "\n\n".join((places, *groups))


def _group(group: Mapping[str, Mapping]) -> str:
    def lines() -> Iterator[Sequence[str]]:
        for one in group.values():
            yield one["means"], f"{one['value']:,}", _why(one)

    return table(("what", "value", "source or reason"), lines())


def _why(entry: Mapping) -> str:
    if "source" in entry:
        return f"{entry['source']} ({entry['dated']})"
    return f"Assumption of ours. {entry['ours']}"
