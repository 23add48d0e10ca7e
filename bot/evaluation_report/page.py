"""The report for people: its figures in the text of `page.md`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

from bot.markdown import table
from bot.triage.types import OUTCOMES

TEMPLATE = Path(__file__).with_name("page.md")
SHARES = {
    "goedAandeel": "right",
    "verbodenAandeel": "forbidden",
    "gevaarRecall": "danger recall",
    "valsAlarm": "false alarms",
    "routeTop1": "first route right",
}
NOT_MEASURED = "Not measured yet: run `sociale-triage evaluation-report --variants`."


def page(report: Mapping) -> str:
    """The report (as `build_report` made it) as Markdown."""
    version, total, variants = report["versie"], report["alles"], report["varianten"]
    danger = sum(total["perUitkomst"].get(code, {"n": 0})["n"] for code in OUTCOMES[:4])
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        date=report["datum"],
        model=version["model"],
        rules=version["regels"],
        language_model=version["taalmodel"],
        utterances=_number(report["uitingen"]),
        cases=_number(total["n"]),
        targets=_targets(report["doelen"]),
        not_reached=_not_reached(report["doelen"]),
        files=_files({**report["bestanden"], "everything": total}),
        outcomes=_outcomes(total["perUitkomst"]),
        confusion=_confusion(total["verwarring"]),
        conversations=_conversations(report["gesprekken"]),
        errors=_errors(report["fouten"]),
        variants_measured=_measured(variants),
        curve=_variants(variants["leercurve"], "learnt from") if variants else NOT_MEASURED,
        ablation=_variants(variants["weggelaten"], "left out") if variants else NOT_MEASURED,
        missed=len(total["gevaarGemist"]),
        danger=danger,
        false_alarms=_percent(total["valsAlarm"]),
    )


def _targets(targets: Sequence[Mapping]) -> str:
    return table(
        ["target", "files", "asked", "reached", ""],
        (
            [
                target["doel"],
                f"`{target['bestanden']}`",
                f"{'at most' if target['hoogstens'] else 'at least'} {_percent(target['grens'])}",
                _percent(target["cijfer"]),
                "reached" if target["bereikt"] else "**not reached**",
            ]
            for target in targets
        ),
    )


def _not_reached(targets: Sequence[Mapping]) -> str:
    missed = sum(not target["bereikt"] for target in targets)
    return f"{missed} of {len(targets)} are not reached" if missed else f"all {len(targets)} are reached"


def _files(files: Mapping[str, Mapping]) -> str:
    return table(
        ["exam", "n", *SHARES.values(), "ms (median)"],
        (
            [
                f"`{name}`" if name != "everything" else "**everything**",
                str(row["n"]),
                *(_percent(row[code]) for code in SHARES),
                f"{row['ms']['p50']:.0f}",
            ]
            for name, row in files.items()
        ),
    )


def _outcomes(outcomes: Mapping[str, Mapping]) -> str:
    return table(
        ["outcome", "n", "recall", "precision"],
        (
            [f"`{code}`", str(row["n"]), _percent(row["recall"]), _percent(row["precisie"])]
            for code, row in outcomes.items()
        ),
    )


def _confusion(counted: Mapping[str, Mapping[str, int]]) -> str:
    rows = []
    for expected in OUTCOMES:
        given = counted.get(expected, {})
        counts = [str(given.get(code) or "·") for code in OUTCOMES]
        counts[OUTCOMES.index(expected)] = f"**{given.get(expected, 0)}**"
        rows.append([f"`{expected}`", *counts])
    return table(["expected \\ given", *(f"`{code}`" for code in OUTCOMES)], rows)


def _conversations(files: Mapping[str, Mapping]) -> str:
    return table(
        ["conversations", "n", "whole", "not whole"],
        (
            [
                f"`{name}`",
                str(played["n"]),
                str(played["geslaagd"]),
                ", ".join(f"`{one['id']}`" for one in played["gezakt"]) or "none",
            ]
            for name, played in files.items()
        ),
    )


def _errors(errors: Sequence[Mapping]) -> str:
    return table(
        ["id", "kind", "expected", "given", "certainty", "text"],
        (
            [
                f"`{error['id']}`",
                error["soort"],
                f"`{error['verwacht']}`",
                f"`{error['gegeven']}`",
                f"{error['zekerheid']:.2f}",
                _plain(error["tekst"]),
            ]
            for error in errors
        ),
    )


def _measured(variants: Mapping | None) -> str:
    if not variants:
        return ""
    return f" Measured on {variants['datum']} with {_number(variants['uitingen'])} utterances."


def _variants(rows: Sequence[Mapping], first_column: str) -> str:
    return table(
        [first_column, "utterances", *SHARES.values(), "training (s)"],
        (
            [
                row["variant"],
                _number(row["uitingen"]),
                *(_percent(row[code]) for code in SHARES),
                str(row["trainingSeconden"]),
            ]
            for row in rows
        ),
    )


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"


def _number(count: int) -> str:
    return f"{count:,}"


def _plain(text: str) -> str:
    """The text with everything that Markdown would read as its own made harmless."""
    return re.sub(r"([\\`*_\[\]<>])", r"\\\1", text)
