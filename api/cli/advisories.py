"""The dependency audit: every locked package against the known advisories, without a network.

`data/security/adviezen.yml` holds the advisories that were looked up, and why each one that hits our
lock cannot be reached here. It is a snapshot: what was published later is not in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from sociale_kaart.files import read_yaml

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.lock"
ADVISORIES = ROOT / "data" / "security" / "adviezen.yml"


@dataclass(frozen=True)
class Acceptance:
    """Why a finding is left: `proof` points to the tests or code that make it so; look again at `until`."""

    reason: str
    proof: tuple[str, ...]
    until: date


@dataclass(frozen=True)
class Advisory:
    """A known vulnerability: which versions of a package have it (PEP 440) and since which it is fixed."""

    ids: tuple[str, ...]
    package: str
    affected: SpecifierSet
    fixed: str
    summary: str
    source: str
    looked_up: date
    accepted: Acceptance | None

    def hits(self, lock: dict[str, set[str]]) -> list[str]:
        """The locked versions that have it."""
        versions = lock.get(self.package, set())
        return sorted(version for version in versions if self.affected.contains(version, prereleases=True))


def read_lock(path: Path = LOCK) -> dict[str, set[str]]:
    """The versions of every package in a lock file, by canonical name."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", path.read_text(encoding="utf-8"), re.M):
        found.setdefault(canonicalize_name(name), set()).add(version)
    return found


def read_advisories(path: Path = ADVISORIES) -> list[Advisory]:
    """The advisories in the order of the file. Raises KeyError or ValueError where one is not complete."""
    return [_advisory(entry) for entry in read_yaml(path)["advisories"]]


def faults(advisories: list[Advisory], lock: dict[str, set[str]], root: Path = ROOT) -> list[str]:
    """One line per finding that is not accepted, or accepted without ground; whatever day it is."""
    found = []
    for advisory in advisories:
        hits, accepted = advisory.hits(lock), advisory.accepted
        name = f"{advisory.ids[0]} ({advisory.package} {', '.join(hits)})"
        if hits and not accepted:
            found.append(f"{name}: {advisory.summary} Fixed in {advisory.fixed}; upgrade it or accept it.")
        if accepted and not hits:
            found.append(f"{name}: accepted, but no locked version has it; remove the acceptance.")
        if accepted and not (accepted.reason.strip() and accepted.proof):
            found.append(f"{name}: accepted without a reason or a proof.")
        for pointer in accepted.proof if accepted else ():
            if not _exists(pointer, root):
                found.append(f"{name}: its proof {pointer} is not there.")
    return found


def overdue(advisories: list[Advisory], today: date) -> list[str]:
    """One line per acceptance whose day of review has passed."""
    return [
        f"{advisory.ids[0]} ({advisory.package}): look again, its review was due on {accepted.until}."
        for advisory in advisories
        if (accepted := advisory.accepted) and accepted.until < today
    ]


def pip_audit_command(advisories: list[Advisory]) -> str:
    """The audit with the advisories of today, over the network: pip-audit without what we accepted."""
    accepted = [advisory for advisory in advisories if advisory.accepted]
    ignored = " ".join(f"--ignore-vuln {advisory.ids[0]}" for advisory in accepted)
    return f"uvx pip-audit --disable-pip --require-hashes --requirement requirements.lock {ignored}"


def accepted_table(advisories: list[Advisory]) -> str:
    """The accepted findings as a table in Markdown."""
    rows = [
        f"| {', '.join(advisory.ids)} | {advisory.package} `{advisory.affected}` | {advisory.summary} "
        f"| {accepted.reason} | {', '.join(f'`{pointer}`' for pointer in accepted.proof)} "
        f"| {accepted.until} |"
        for advisory in advisories
        if (accepted := advisory.accepted)
    ]
    head = "| advisory | package | what | why it is left | proof | look again |"
    return "\n".join([head, "|---" * 6 + "|", *rows])


def _advisory(entry: dict[str, Any]) -> Advisory:
    accepted = entry.get("accepted")
    return Advisory(
        ids=tuple(entry["ids"]),
        package=canonicalize_name(entry["package"]),
        affected=SpecifierSet(entry["affected"]),
        fixed=str(entry["fixed"]),
        summary=entry["summary"],
        source=entry["source"],
        looked_up=entry["looked_up"],
        accepted=Acceptance(accepted["reason"], tuple(accepted["proof"]), accepted["until"])
        if accepted
        else None,
    )


def _exists(pointer: str, root: Path) -> bool:
    """Whether `path` or `path::name` is there: the file, and the name in it."""
    path, _, name = pointer.partition("::")
    return (root / path).is_file() and name in (root / path).read_text(encoding="utf-8")
