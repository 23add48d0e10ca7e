"""Load the safety rules of `data/safety/` and say in Dutch what is wrong with a faulty one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import simplemma
import yaml
from sociale_kaart.yaml_text import read_yaml_text

from bot.triage.context import KINDS, OLD_YEAR, ContextRules, year_words
from bot.triage.normalise import Spelling, fold
from bot.triage.patterns import Pattern, PatternError, PatternSet, Vocabulary
from bot.triage.types import RULE_ACTIONS

EFFECTS: tuple[str, ...] = ("fire", "soften", "downgrade", "clear")
"""What context may do to a flag, weakest first."""

SHARED_FILES: tuple[str, ...] = ("context.yml", "woordgroepen.yml", "spelling.yml")
NEVER_DENIED: tuple[str, ...] = ("crisis_113", "onveilig")
_DEFAULT_WITHIN = 12
_FIELDS = {
    "id", "action", "tags", "source", "patterns", "soft_patterns", "all_of", "soft", "within", "unless",
    "context", "must_fire", "must_not_fire", "reviewed_by", "reviewed_on",
}  # fmt: skip


class RuleError(ValueError):
    """A rule file is wrong; the message (Dutch) names the file, the rule and the field."""


@dataclass(frozen=True)
class Rule:
    """One safety rule. `effects` gives fire, soften, downgrade or clear for each context kind.

    `soft_patterns` are wordings that also have a harmless meaning: alone they only ask.
    With `soft` that holds for the whole rule.
    """

    id: str
    group: str
    action: str
    patterns: PatternSet
    soft_patterns: PatternSet
    all_of: tuple[PatternSet, ...]
    within: int
    unless: PatternSet
    effects: dict[str, str]
    soft: bool = False
    tags: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    must_fire: tuple[str, ...] = ()
    must_not_fire: tuple[str, ...] = ()
    reviewed_by: str = ""
    reviewed_on: str = ""


@dataclass(frozen=True)
class RuleBook:
    """Everything the screen needs, compiled from one folder."""

    rules: tuple[Rule, ...]
    context: ContextRules
    vocabulary: Vocabulary
    spelling: Spelling
    version: str = field(default="")

    @cached_property
    def rules_of(self) -> dict[int, list[int]]:
        """Which rules (places in `rules`) a pattern number can set off: of `all_of` the first part."""
        found: dict[int, list[int]] = {}
        for place, rule in enumerate(self.rules):
            first = rule.all_of[:1] or (rule.patterns, rule.soft_patterns)
            for number in frozenset().union(*(patterns.numbers for patterns in first)):
                found.setdefault(number, []).append(place)
        return found


def load_rules(folder: Path) -> RuleBook:
    """Read every YAML file of the folder; raises RuleError with file, rule and field."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.yml"))}
    missing = [name for name in SHARED_FILES if name not in texts]
    if missing:
        raise RuleError(f"{folder}: bestand {missing[0]} ontbreekt")
    data = {name: _parse(name, text) for name, text in texts.items()}
    spelling = Spelling.from_data(data["spelling.yml"])
    classes = dict(data["woordgroepen.yml"]) | {OLD_YEAR.strip("{}"): year_words()}
    fillers = frozenset(fold(str(w)) for w in data["context.yml"]["fillers"])
    vocabulary = Vocabulary(spelling, classes, fillers, is_dutch_word)
    try:
        context = ContextRules.from_data(data["context.yml"], vocabulary)
    except KeyError as error:
        raise RuleError(f"context.yml: {error} ontbreekt") from error
    effects = data["context.yml"]["effects"]
    rules = [
        rule
        for name, content in data.items()
        if name not in SHARED_FILES
        for rule in _rules_of(name, content, vocabulary, effects)
    ]
    _check_unique(rules)
    digest = hashlib.sha256("".join(texts[n] for n in sorted(texts)).encode()).hexdigest()
    return RuleBook(tuple(rules), context, vocabulary, spelling, digest[:12])


def is_dutch_word(word: str) -> bool:
    """True for a word form in simplemma's Dutch dictionary: correctly spelled, so no misspelling."""
    return simplemma.is_known(word, lang="nl")


def _parse(name: str, text: str) -> dict:
    try:
        content = read_yaml_text(text)
    except yaml.YAMLError as error:
        raise RuleError(f"{name}: geen geldige YAML: {error}") from error
    if not isinstance(content, dict):
        raise RuleError(f"{name}: verwacht velden als `group:` en `rules:`")
    return content


def _rules_of(name: str, content: dict, vocabulary: Vocabulary, effects: dict) -> list[Rule]:
    for key in ("group", "rules"):
        if not content.get(key):
            raise RuleError(f"{name}: veld `{key}` ontbreekt of is leeg")
    return [_rule(name, content, entry, vocabulary, effects) for entry in content["rules"]]


def _rule(name: str, content: dict, entry: dict, vocabulary: Vocabulary, effects: dict) -> Rule:
    group = content["group"]
    if not isinstance(entry, dict) or not entry.get("id"):
        raise RuleError(f"{name}: een regel heeft geen `id`")
    where = f"{name}, regel {entry['id']}"
    unknown = set(entry) - _FIELDS
    if unknown:
        raise RuleError(f"{where}: onbekend veld `{sorted(unknown)[0]}`")
    action = entry.get("action")
    if action not in RULE_ACTIONS:
        raise RuleError(f"{where}: veld `action` is {action!r}; kies uit {', '.join(RULE_ACTIONS)}")
    single = entry.get("patterns") or entry.get("soft_patterns")
    if bool(single) == bool(entry.get("all_of")):
        raise RuleError(f"{where}: geef `patterns` (of `soft_patterns`) of `all_of`, en niet allebei")
    soft = entry.get("soft", False)
    if not isinstance(soft, bool):
        raise RuleError(f"{where}: veld `soft` is {soft!r}; kies true of false")

    def compiled(key: str, sources: list) -> PatternSet:
        exact = bool(content.get("exact"))
        return _compile(f"{where}, veld `{key}`", sources, lambda s: vocabulary.compile(s, exact))

    return Rule(
        id=entry["id"],
        group=group,
        action=action,
        patterns=compiled("patterns", entry.get("patterns") or []),
        soft_patterns=compiled("soft_patterns", entry.get("soft_patterns") or []),
        all_of=tuple(compiled("all_of", part) for part in entry.get("all_of") or []),
        within=int(entry.get("within", _DEFAULT_WITHIN)),
        unless=compiled("unless", entry.get("unless") or []),
        effects=_effects(where, content, entry, effects),
        soft=soft,
        tags=tuple(entry.get("tags") or ()),
        source=tuple(str(s) for s in entry.get("source") or content.get("source") or ()),
        must_fire=tuple(str(s) for s in entry.get("must_fire") or ()),
        must_not_fire=tuple(str(s) for s in entry.get("must_not_fire") or ()),
        reviewed_by=str(entry.get("reviewed_by") or ""),
        reviewed_on=str(entry.get("reviewed_on") or ""),
    )


def _compile(where: str, sources: list, compile_one: Callable[[str], Pattern]) -> PatternSet:
    if not isinstance(sources, list):
        raise RuleError(f"{where}: verwacht een lijst")
    try:
        return PatternSet.of(compile_one(str(source)) for source in sources)
    except PatternError as error:
        raise RuleError(f"{where}: {error}") from error


def _effects(where: str, content: dict, entry: dict, defaults: dict) -> dict[str, str]:
    chosen = dict(defaults["per_action"][entry["action"]])
    chosen |= defaults["per_group"].get(content["group"], {})
    chosen |= (content.get("context") or {}) | (entry.get("context") or {})
    for kind, effect in chosen.items():
        if kind not in KINDS:
            raise RuleError(f"{where}, veld `context`: onbekende soort {kind!r}; kies uit {', '.join(KINDS)}")
        if effect not in EFFECTS:
            raise RuleError(f"{where}, veld `context.{kind}`: {effect!r}; kies uit {', '.join(EFFECTS)}")
    if entry["action"] in NEVER_DENIED and chosen["negation"] == "clear":
        raise RuleError(f"{where}, veld `context.negation`: een ontkenning mag deze vlag nooit wissen")
    return chosen


def _check_unique(rules: list[Rule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise RuleError(f"regel {rule.id}: deze id komt twee keer voor")
        seen.add(rule.id)
