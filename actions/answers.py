"""The answer to one Decision, as utterances: named response, values, buttons, cards and numbers.

Pure functions: the actions utter what they return, `/v1/triage` and the command line render it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sociale_kaart.kinds import kinds_for
from sociale_kaart.model import Place, Result, Route
from sociale_kaart.present import as_text
from sociale_kaart.ranking import is_national
from sociale_kaart.search import find, with_nearest

from actions.context import ActionContext
from actions.desk_steps import step_at_the_desk, whom_to_call_from_the_desk
from actions.prescribing import as_opened, how_to_ask
from actions.public_json import MUNICIPALITY
from actions.readings import either_or, load_readings
from actions.sentences import say, say_near

MAX_INITIATIVES = 3
"""Never more than three options (domain/routes.md, rule H3)."""


@dataclass(frozen=True)
class Button:
    """`title` is what the person reads; `payload` goes to Rasa and is never typed by a person."""

    title: str
    payload: str


@dataclass(frozen=True)
class Utterance:
    """One message of the assistant. `calls` are keys of help lines, most urgent first.

    `brief` is the text without the list of initiatives, for a page that shows those as cards;
    `language` is the language of the text where that is not Dutch (ISO 639-1).
    """

    response: str
    values: Mapping[str, str] = field(default_factory=dict)
    buttons: tuple[Button, ...] = ()
    initiatives: tuple[Result, ...] = ()
    calls: tuple[str, ...] = ()
    brief: str | None = None
    language: str | None = None


HUMAN = Button(say("knoppen.mens"), "/mens")
OTHER_OPTION = Button(say("knoppen.andere_plek"), "/andere_optie")
OTHER_SUBJECT = Button(say("knoppen.iets_anders"), "/iets_anders")
YES = Button(say("knoppen.ja"), "/bevestigen")
NO = Button(say("knoppen.nee"), "/ontkennen")
HUMAN_ASKED, NOT_UNDERSTOOD = "utter_mens", "utter_niet_begrepen_mens"
"""The two responses that point to a human."""

STARTERS = ("buurt_ontmoeting", "mantelzorg", "odensehuis", "ipso_inloophuis", "rouw", "financieel")
"""The subjects to start with, in the opening message."""


def greeting(channel: str, context: ActionContext) -> Utterance:
    """The opening: says that it is a computer, shows 112 and 113, suggests subjects to residents."""
    if channel == "balie":
        return Utterance("utter_begroeting")
    return Utterance("utter_begroeting", buttons=_subjects(STARTERS, context), calls=("112", "113"))


def start_again(context: ActionContext) -> Utterance:
    """The answer to a wish to begin again: the subjects once more."""
    return Utterance("utter_opnieuw", buttons=_subjects(STARTERS, context))


def other_subject() -> Utterance:
    """Asks for another subject, with a human as the only button."""
    return Utterance("utter_iets_anders", buttons=(HUMAN,))


def danger(decision: Mapping, channel: str, context: ActionContext) -> list[Utterance]:
    """The fixed answer to a danger Decision: nothing social beside it; a soft one asks first.

    Followed by one line for each further danger whose number the answer does not name, and by
    the numbers in the language of the message where that is not Dutch.
    """
    soft = bool(decision.get("soft"))
    answer = context.danger.choose(
        decision["outcome"],
        decision.get("tags", ()),
        decision.get("notices", ()),
        soft=soft,
        channel=channel,
    )
    first = Utterance(answer.response, buttons=(YES, NO) if soft else (), calls=answer.calls)
    beside = lines(decision.get("notices", ()), context)
    others = [line for line in beside if line.calls[0] not in answer.calls]
    return [first, *others, *numbers_in(decision.get("language"))]


def lines(dangers: Sequence[str], context: ActionContext) -> list[Utterance]:
    """One fixed line with the number for each danger that must stay in sight beside another answer."""
    found = (context.danger.line(danger) for danger in dangers)
    return [Utterance(line.response, calls=line.calls) for line in found]


def before_the_place(outcome: str | None, codes: Sequence[str], context: ActionContext) -> list[Utterance]:
    """What goes first: dangers to keep in sight, and the medical half of a mixed question."""
    medical = [Utterance("utter_gemengd", calls=("huisarts",))] if outcome == "gemengd" else []
    return lines(codes, context) + medical


def needs_place(routes: Sequence[str], context: ActionContext) -> bool:
    """Whether any initiative for the first route depends on where the person lives."""
    kinds = kinds_for(context.catalogue.kinds, routes[0])
    return any(kind.reach != "landelijk" for kind in kinds)


def ask_place(choices: Sequence[str], again: bool = False) -> Utterance:
    """The place question; with buttons when several places share the name."""
    if choices:
        buttons = tuple(Button(name, f'/noem_plaats{{"plaats": "{name}"}}') for name in choices)
        return Utterance("utter_welke_plaats", buttons=buttons)
    return Utterance("utter_plaats_onbekend" if again else "utter_ask_plaats")


def social(
    routes: Sequence[str],
    place: Place | None,
    context: ActionContext,
    already_shown: Sequence[str] = (),
    channel: str = "bewoner",
) -> list[Utterance]:
    """At most three initiatives for `routes` near `place`, and how to ask where there are none.

    A resident hears how to ask for it; the front desk what to do in the practice.
    """
    results = find(
        context.catalogue,
        routes=tuple(routes),
        place=place,
        limit=MAX_INITIATIVES,
        exclude=tuple(already_shown),
    )
    if place:
        results = with_nearest(context.catalogue, results, routes, place, MAX_INITIATIVES, already_shown)
    results = as_opened(results, place.municipality if place else None, context)
    route = context.routes[routes[0]]
    if not results and already_shown:
        return [
            Utterance(
                "utter_geen_andere",
                _contact(context),
                (OTHER_SUBJECT, HUMAN),
                calls=_lines(route, place, context),
            )
        ]
    if not results:
        values = {"inleiding": _nothing_near(route, place, context, channel), **_contact(context)}
        return [
            Utterance(
                "utter_geen_resultaat", values, (OTHER_SUBJECT, HUMAN), calls=_lines(route, place, context)
            )
        ]
    values = {
        "inleiding": _introduction(route, results, place, already_shown, context, channel),
        "lijst": "\n\n".join(as_text(result) for result in results),
    }
    return [
        Utterance(
            "utter_resultaat",
            values,
            (OTHER_OPTION, OTHER_SUBJECT, HUMAN),
            initiatives=results,
            calls=_lines(route, place, context),
            brief=values["inleiding"],
        )
    ]


def medical(context: ActionContext) -> list[Utterance]:
    """The own GP, out of hours the other number; information, no judgement."""
    values = {"huisartsenpost": context.municipality.gp_out_of_hours_sentence()}
    return [
        Utterance("utter_medisch", values, calls=("huisarts", "huisartsenpost", "112")),
        Utterance("utter_sociaal_en_nu"),
    ]


def human(context: ActionContext, not_understood: bool = False) -> Utterance:
    """How to reach a human being: the municipality, and a line that listens day and night."""
    response = NOT_UNDERSTOOD if not_understood else HUMAN_ASKED
    return Utterance(response, _contact(context), calls=(MUNICIPALITY, "luisterlijn", "112", "113"))


def out_of_scope(context: ActionContext) -> Utterance:
    """Says that this is not what the signpost is for, and who at the municipality may know."""
    return Utterance("utter_buiten_bereik", _contact(context), (HUMAN,))


def not_for_us(decision: Mapping, context: ActionContext) -> list[Utterance]:
    """What is out of scope: a pointer to the municipality, or the answer in the language of the message."""
    language = decision.get("language")
    return other_language(language, context) if language else [out_of_scope(context)]


def other_language(code: str, context: ActionContext) -> list[Utterance]:
    """The short answer to a message in another language: what we are, a human, the emergency numbers."""
    values = {"gemeente": context.municipality.contact_line()}
    return [Utterance(f"utter_taal_{code}", values, language=code), *numbers_in(code)]


def numbers_in(code: str | None) -> list[Utterance]:
    """The emergency numbers in language `code`; nothing for Dutch (None)."""
    calls = ("112", "113", "veilig_thuis")
    return [Utterance(f"utter_nummers_{code}", calls=calls, language=code)] if code else []


def clarify(options: Sequence[str], context: ActionContext) -> Utterance:
    """One question between two or three readings (route or outcome codes), else an open one.

    A human is always among the buttons.
    """
    if len(options) < 2:
        return Utterance("utter_verduidelijken", buttons=_subjects(STARTERS[:4], context) + (HUMAN,))
    buttons = tuple(_reading_button(option, context) for option in options)
    values = {"lezingen": either_or(options)}
    return Utterance("utter_verduidelijken_keuze", values, tuple(dict.fromkeys((*buttons, HUMAN))))


def _reading_button(code: str, context: ActionContext) -> Button:
    title = load_readings()[code].button
    return Button(title, _route_payload(code) if code in context.routes else f"/{code}")


def _subjects(routes: Sequence[str], context: ActionContext) -> tuple[Button, ...]:
    return tuple(_subject(route, context) for route in routes)


def _subject(route: str, context: ActionContext) -> Button:
    return Button(context.routes[route].name, _route_payload(route))


def _route_payload(route: str) -> str:
    return f'/kies_route{{"route": "{route}"}}'


def _contact(context: ActionContext) -> dict[str, str]:
    return {"gemeente_contact": context.municipality.contact_sentence()}


def _lines(route: Route, place: Place | None, context: ActionContext) -> tuple[str, ...]:
    """The route's help lines that may be shown to residents here; a local line only in its municipalities."""
    return tuple(
        key
        for key in route.help_lines
        if (line := context.helplines.get(key))
        and line.audience != "balie"
        and (not line.municipalities or (place and place.municipality in line.municipalities))
    )


def _introduction(
    route: Route,
    results: Sequence[Result],
    place: Place | None,
    already_shown: Sequence[str],
    context: ActionContext,
    channel: str,
) -> str:
    near = any(not (result.nearest or is_national(result.initiative)) for result in results)
    if already_shown:
        return say_near("inleiding.ook_nog", place if near else None)
    found = say_near("inleiding.gevonden", place) if near else _only_elsewhere(place)
    if channel == "balie":
        return " ".join(filter(None, (step_at_the_desk(route.code), found)))
    return " ".join(filter(None, (route.what, how_to_ask(route, place, context), found)))


def _only_elsewhere(place: Place | None) -> str:
    return f"{say_near('inleiding.geen_plek', place)} {say('inleiding.dit_is_er_wel')}"


def _nothing_near(route: Route, place: Place | None, context: ActionContext, channel: str) -> str:
    nothing, how = say_near("inleiding.geen_plek", place), how_to_ask(route, place, context)
    website = say("inleiding.kijk_ook", website=route.website) if route.website else ""
    if channel == "balie":
        step = step_at_the_desk(route.code) or whom_to_call_from_the_desk()
        return " ".join(filter(None, (nothing, step, website)))
    return " ".join(filter(None, (route.what, nothing, how, website)))
