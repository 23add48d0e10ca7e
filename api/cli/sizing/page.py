"""docs/sizing.md, from its template, the assumptions and a run of `bench`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from string import Template

from api.cli.sizing.assumptions import Basis
from api.cli.sizing.plan import Load, Meets, Plan
from api.cli.sizing.queues import Waiting

TEMPLATE = Path(__file__).with_name("page.txt")

GROUPS = {
    "use": "How much it is used",
    "margins": "Room to spare",
    "machines": "Machines",
    "stores": "Redis and PostgreSQL",
    "people": "People behind it",
    "prices": "Prices of the example",
}

WITHOUT_END = "without end"

CARRIES = (1, 2, 3, 5, 10, 20)
"""Replicas that are up, of which the page says what they carry."""


def page(basis: Basis) -> str:
    """docs/sizing.md."""
    plans = [Plan(basis, scale) for scale in basis.scales]
    country = plans[-1]
    ours = basis.ours
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        short=_table(
            (
                "place",
                "inhabitants",
                "replicas",
                "memory",
                "vCPU",
                "euro a month, example",
                "machine part that is full first",
            ),
            (
                (
                    plan.scale.name,
                    f"{plan.scale.inhabitants:,}",
                    f"{plan.replicas}",
                    f"{plan.gib:.1f} GiB",
                    f"{plan.vcpu:.0f}",
                    f"{plan.euros:,.0f}",
                    f"{plan.bounds[0].name}: {_times(plan.bounds[0].times)} the busy hour",
                )
                for plan in plans
            ),
        ),
        conclusion=_conclusion(plans),
        measured=_table(("", "measured", "reckoned with"), _measured(basis)),
        machine=_machine(basis.report),
        of_redis=f"{basis.of_redis:.2f}",
        check=_check(basis),
        demand=_table(
            ("in the busy hour", *(plan.scale.name for plan in plans)),
            _demand(plans),
        ),
        waits=_table(
            (
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
            ),
            (_wait(plan, meets) for plan in plans for meets in plan.waits()),
        ),
        news_text=(
            f"If one in {1 / basis['inhabitantsInNewsHour']:.0f} inhabitants begins a conversation in one hour "
            f"(assumed), that is {_times(country.news.conversations / country.busy.conversations)} the "
            "conversations of the busy hour. Front desks are closed then."
        ),
        news=_table(("in that hour", *(plan.scale.name for plan in plans)), _news(plans)),
        start=f"{ours['startUpSeconds']:.0f}",
        carry=_table(
            (
                "replicas that are up",
                "turns a second",
                "conversations an hour",
                "people to answer the telephone then",
            ),
            _carry(country),
        ),
        bounds=_table(
            ("place", "first", "then", "", "", ""),
            (
                (plan.scale.name, *(f"{one.name}: {_times(one.times)}" for one in plan.bounds))
                for plan in plans
            ),
        ),
        people=_people(country),
        screen=(
            f"The safety screen alone takes {basis.report['screen']['p50Ms']} ms for a message of "
            f"{basis.report['screen']['characters']} characters."
        ),
        pool=f"{basis['connectionsOfReplica']:.0f}",
        accepts=f"{basis['connectionsOfPostgresql']:.0f}",
        fits=f"{int(basis['connectionsOfPostgresql'] / basis['connectionsOfReplica'])}",
        writes=(
            f"the country makes {country.referrals(country.busy):,.0f} referrals in the busy hour, "
            f"one in {3600 / country.referrals(country.busy):.0f} seconds."
        ),
        long_turns=(
            f"in this run a turn took {ours['turnCostMs']['5']:.0f} ms at turn 5 and {ours['turnCostMs']['200']:.0f} ms at turn 200; "
            f"a conversation here has {basis['turnsPerConversation']:.0f} turns."
        ),
        cost=_table(
            ("place", "vCPU", "GiB", "euro a month, example", "euro for 1,000 conversations, example"),
            (
                (
                    plan.scale.name,
                    f"{plan.vcpu:.0f}",
                    f"{plan.gib:.1f}",
                    f"{plan.euros:,.0f}",
                    f"{1000 * plan.euros / _a_month(plan):,.2f}",
                )
                for plan in plans
            ),
        ),
        price_vcpu=f"{basis['eurosPerVcpuMonth']}",
        price_gib=f"{basis['eurosPerGibMonth']}",
        memory=f"{ours['memory']['residentMb']}",
        gib=f"{basis['gibOfReplica']}",
        scales=_table(("place", "inhabitants", "source or reason"), _scales(basis)),
        assumptions="\n\n".join(_group(name, basis) for name in GROUPS),
    )


def _a_month(plan: Plan) -> float:
    return plan.scale.inhabitants * plan.basis["conversationsPerInhabitantMonth"]


def _conclusion(plans: Sequence[Plan]) -> str:
    country = plans[-1]
    per_replica = 1 / country.basis.turn_seconds
    return (
        f"One replica answers about {per_replica:.0f} turns a second. The assumed busy hour of the whole country asks "
        f"{country.busy.work.load:.2f} erlang: what {country.busy.work.load:.2f} replicas do without a pause. So replicas are "
        "bought for the failure of one and for the day that everybody comes at once, not for ordinary use; and the "
        "telephones behind the signpost are busy long before the machines."
    )


def _measured(basis: Basis) -> Iterator[Sequence[str]]:
    ours = basis.ours
    door, triage = ours["ownDoor"], ours["triage"]
    yield (
        "turns per second, one process, 16 clients",
        f"{door['16']['turnsPerSecond']}",
        f"{1000 * basis.turn_seconds:.1f} ms a turn",
    )
    yield (
        "one turn, one client: median and 95th percentile",
        f"{door['1']['p50Ms']} and {door['1']['p95Ms']} ms",
        f"variation {basis.turn_variation**0.5:.2f}",
    )
    yield (
        "`/v1/triage` per second, 16 clients",
        f"{triage['16']['perSecond']}",
        f"{1000 * basis.request_seconds:.1f} ms a request",
    )
    yield (
        "one request, one client: median and 95th percentile",
        f"{triage['1']['p50Ms']} and {triage['1']['p95Ms']} ms",
        f"variation {basis.request_variation**0.5:.2f}",
    )
    yield (
        "memory of one process",
        f"{ours['memory']['residentMb']} MB",
        f"{basis['gibOfReplica']} GiB a replica",
    )
    yield (
        "start-up to the first answer",
        f"{ours['startUpSeconds']} s",
        "",
    )


def _machine(report: Mapping) -> str:
    machine = report["machine"]
    return (
        f"Measured on {report['measuredAt'][:10]}: {machine['cpu']}, {machine['cores']} cores, {machine['memoryGb']} GB; "
        f"load average before the run {machine['loadAverage']}, {report['roundsMeasured']} rounds, "
        f"commit {report['versions']['commit']}. On a busy machine the times are longer than they need be."
    )


def _check(basis: Basis) -> str:
    one = basis.ours["ownDoor"]["1"]
    mean = one["p50Ms"] * (1 + basis.turn_variation) ** 0.5
    return (
        f"A check on that: the mean of those log-normal times is {mean:.1f} ms, and one client did a turn in "
        f"{1000 / one['turnsPerSecond']:.1f} ms."
    )


def _demand(plans: Sequence[Plan]) -> Iterator[Sequence[str]]:
    yield ("conversations in the month", *(f"{_a_month(plan):,.0f}" for plan in plans))
    yield ("conversations", *(f"{plan.busy.conversations:,.1f}" for plan in plans))
    yield ("questions at front desks", *(f"{plan.busy.notes:,.1f}" for plan in plans))
    yield ("turns and requests a second", *(f"{plan.busy.work.per_second:.3g}" for plan in plans))
    yield ("time of each, mean", *(_ms(plan.busy.work.seconds) for plan in plans))
    yield ("**load**", *(f"**{plan.busy.work.load:.3g} erlang**" for plan in plans))
    yield ("referrals", *(f"{plan.referrals(plan.busy):,.1f}" for plan in plans))
    yield ("telephone calls", *(f"{plan.calls(plan.busy):,.1f}" for plan in plans))
    yield ("people who answer them", *(f"{plan.people(plan.busy)}" for plan in plans))


def _news(plans: Sequence[Plan]) -> Iterator[Sequence[str]]:
    loads: list[tuple[Plan, Load]] = [(plan, plan.news) for plan in plans]
    yield ("conversations", *(f"{load.conversations:,.0f}" for _, load in loads))
    yield ("turns a second", *(f"{load.work.per_second:.3g}" for _, load in loads))
    yield ("load", *(f"{load.work.load:.3g} erlang" for _, load in loads))
    yield ("**replicas**", *(f"**{plan.replicas_for(load)}**" for plan, load in loads))
    yield ("memory of Redis", *(f"{plan.redis_mib(load):,.0f} MiB" for plan, load in loads))
    yield ("commands to Redis a second", *(f"{plan.redis_commands(load):,.0f}" for plan, load in loads))
    yield ("telephone calls", *(f"{plan.calls(load):,.0f}" for plan, load in loads))
    yield ("people who answer them", *(f"{plan.people(load):,}" for plan, load in loads))


def _carry(plan: Plan) -> Iterator[Sequence[str]]:
    basis = plan.basis
    for replicas in CARRIES:
        turns = replicas * basis["targetUtilisation"] / basis.turn_seconds
        conversations = turns * 3600 / basis["turnsPerConversation"]
        people = plan.people(Load("", conversations, 0, basis.work(conversations, 0)))
        yield (f"{replicas}", f"{turns:.0f}", f"{conversations:,.0f}", f"{people:,}")


def _people(plan: Plan) -> str:
    basis = plan.basis
    conversations = basis["targetUtilisation"] / basis.turn_seconds * 3600 / basis["turnsPerConversation"]
    load = Load("", conversations, 0, basis.work(conversations, 0))
    return (
        f"One conversation in {1 / basis['callsPerConversation']:.0f} leads to a call (assumed). A single replica at "
        f"{basis['targetUtilisation']:.0%} sends {plan.calls(load):,.0f} callers an hour, for whom {plan.people(load)} people must sit "
        f"at telephones. The country's busy hour asks for {plan.people(plan.busy)}, spread over all municipalities and "
        "organisations; one that is named often is overrun alone. No machine helps there: show what can be done "
        "without calling, and several places rather than one."
    )


def _wait(plan: Plan, meets: Meets) -> Sequence[str]:
    how = {plan.replicas: "", plan.up: ", one down"}.get(meets.replicas, ", enough replicas")
    whole = meets.exponential
    return (
        f"{plan.scale.name}, {meets.load.name}{how}",
        f"{meets.replicas}",
        f"{meets.load.work.load / meets.replicas:.2%}" if whole else "over 100 %",
        f"{whole.probability:.2%}" if whole else "all",
        _mean(meets.exponential),
        _mean(meets.constant),
        _mean(meets.corrected),
        _mean(meets.apart),
        _ms(meets.corrected.p95) if meets.corrected else WITHOUT_END,
        _ms(meets.apart.p95) if meets.apart else WITHOUT_END,
    )


def _scales(basis: Basis) -> Iterator[Sequence[str]]:
    for one in basis.data["scales"]:
        yield (one["name"], f"{one['inhabitants']:,}", _why(one))


def _group(name: str, basis: Basis) -> str:
    lines = ((one["means"], f"{one['value']:,}", _why(one)) for one in basis.groups[name].values())
    return f"### {GROUPS[name]}\n\n" + _table(("what", "value", "source or reason"), lines)


def _why(entry: Mapping) -> str:
    if "source" in entry:
        return f"{entry['source']} ({entry['dated']})"
    return f"Assumption of ours. {entry['ours']}"


def _times(times: float) -> str:
    return f"{times:,.1f} times" if times < 10 else f"{times:,.0f} times"


def _mean(met: Waiting | None) -> str:
    return _ms(met.mean) if met else WITHOUT_END


def _ms(seconds: float) -> str:
    milliseconds = 1000 * seconds
    if milliseconds < 0.005:
        return "none" if not seconds else "under 0.01 ms"
    return f"{milliseconds:.2f} ms" if milliseconds < 10 else f"{milliseconds:,.0f} ms"


def _table(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    marks = ["---"] * len(head)
    return "\n".join("| " + " | ".join(line) + " |" for line in (head, marks, *lines))
