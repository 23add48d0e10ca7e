"""docs/sizing.md, from its template, the assumptions and a run of `bench`."""

from __future__ import annotations

from pathlib import Path
from string import Template

from api.cli.sizing import tables
from api.cli.sizing.assumptions import Basis
from api.cli.sizing.plan import Plan
from api.cli.sizing.show import times

TEMPLATE = Path(__file__).with_name("page.txt")


def page(basis: Basis) -> str:
    """docs/sizing.md."""
    plans = [Plan(basis, scale) for scale in basis.scales]
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        short=tables.short(plans),
        measured=tables.measured(basis),
        demand=tables.demand(plans),
        waits=tables.waits(plans),
        news=tables.news(plans),
        carry=tables.carry(plans[0]),
        bounds=tables.bounds(plans),
        cost=tables.cost(plans),
        assumptions=tables.assumptions(basis),
        **_of_the_run(basis),
        **_of_the_country(max(plans, key=lambda plan: plan.scale.inhabitants)),
    )


def _of_the_run(basis: Basis) -> dict[str, str]:
    """Figures of the run, and of assumptions, that sentences of the page name."""
    report, ours, machine = basis.report, basis.ours, basis.report["machine"]
    one = ours["ownDoor"]["1"]
    return {
        "date": report["measuredAt"][:10],
        "cpu": machine["cpu"],
        "cores": f"{machine['cores']}",
        "machine_gb": f"{machine['memoryGb']}",
        "load_average": f"{machine['loadAverage']}",
        "rounds": f"{report['roundsMeasured']}",
        "commit": report["versions"]["commit"],
        "of_redis": f"{basis.of_redis:.2f}",
        "in_redis": f"{basis['turnMsInRedis']}",
        "in_memory": f"{basis['turnMsInMemory']}",
        "mean_by_variation": f"{one['p50Ms'] * (1 + basis.turn_variation) ** 0.5:.1f}",
        "mean_of_one": f"{1000 / one['turnsPerSecond']:.1f}",
        "rate_1": f"{one['turnsPerSecond']}",
        "rate_16": f"{ours['ownDoor']['16']['turnsPerSecond']}",
        "start": f"{ours['startUpSeconds']:.0f}",
        "screen": f"{report['screen']['p50Ms']}",
        "screen_characters": f"{report['screen']['characters']}",
        "turn_5": f"{ours['turnCostMs']['5']:.0f}",
        "turn_200": f"{ours['turnCostMs']['200']:.0f}",
        "turns": f"{basis['turnsPerConversation']}",
        "memory": f"{ours['memory']['residentMb']}",
        "gib": f"{basis['gibOfReplica']}",
        "vcpu": f"{basis['vcpuOfReplica']}",
        "utilisation": f"{100 * basis['targetUtilisation']:.0f}",
        "one_in_news": f"{1 / basis['inhabitantsInNewsHour']:.0f}",
        "one_in_calls": f"{1 / basis['callsPerConversation']:.0f}",
        "answered": f"{100 * basis['answeredShare']:.0f}",
        "answered_within": f"{basis['answeredWithinSeconds']}",
        "pool": f"{basis['connectionsOfReplica']}",
        "accepts": f"{basis['connectionsOfPostgresql']}",
        "fits": f"{basis.replicas_that_connect}",
        "most": f"{basis['mostReplicas']}",
        "redis_mib": f"{basis['mibOfRedisData']}",
        "price_vcpu": f"{basis['eurosPerVcpuMonth']}",
        "price_gib": f"{basis['eurosPerGibMonth']}",
    }


def _of_the_country(country: Plan) -> dict[str, str]:
    """Figures of the largest place that sentences of the page name."""
    busy, at_night = country.busy, country.news
    referrals = country.referrals(busy)
    full = country.carried(1)
    basis = country.basis
    one_request_each = busy.notes / basis["requestsPerNote"]
    return {
        "per_replica": f"{1 / basis.turn_seconds:.0f}",
        "erlang": f"{busy.work.load:.2f}",
        "erlang_one_request": f"{basis.work(busy.conversations, one_request_each).load:.2f}",
        "euros_alone": f"{country.euros_of(basis['vcpuOfReplica'], basis['gibOfReplica']):,.0f}",
        "news_times": times(at_night.conversations / busy.conversations),
        "news_replicas": f"{country.replicas_for(at_night)}",
        "news_mib": f"{country.redis_mib(at_night):,.0f}",
        "desk_share": f"{100 * country.desk_share:.0f}",
        "callers": f"{country.calls(full):,.0f}",
        "callers_people": f"{country.people(full):,}",
        "people": f"{country.people(busy):,}",
        "referrals": f"{referrals:,.0f}",
        "referral_seconds": f"{3600 / referrals:.0f}",
    }
