"""The assistant as the doors see it, on a Rasa in this process or elsewhere."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.left_out import leave_out_what_we_do_not_use, refuse_what_was_left_out
from bot.quiet import silence_rasa

silence_rasa()
leave_out_what_we_do_not_use()

from rasa.shared.core.trackers import DialogueStateTracker  # noqa: E402
from sociale_kaart.store import open_catalogue  # noqa: E402
from sociale_kaart.typed_words import forget_typed_words  # noqa: E402

from actions import context as action_context  # noqa: E402
from actions.context import ActionContext, build_context, municipality_of  # noqa: E402
from actions.municipality_json import municipality_json, suggestions  # noqa: E402
from actions.places import here  # noqa: E402
from actions.public_json import initiative_json, message_json  # noqa: E402
from actions.triage_object import triage_object  # noqa: E402
from bot.engine import WARM_UP, Engine, LocalEngine, failed_actions  # noqa: E402
from bot.fallback import by_rules_alone, danger_in, fallback_turn  # noqa: E402
from bot.greeting import greeted  # noqa: E402
from bot.messages import as_messages, offered, offered_now  # noqa: E402
from bot.model_files import UNKNOWN, find_model, model_file, rules_version, versions  # noqa: E402
from bot.model_signature import keys_of  # noqa: E402
from bot.number_in_sight import with_number_in_sight  # noqa: E402
from bot.remote_engine import RemoteEngine  # noqa: E402
from bot.rest_channel import as_rest  # noqa: E402
from bot.said import red_flag, why_a_human  # noqa: E402
from bot.search_door import find_initiatives, found_json  # noqa: E402
from bot.transcript import transcript  # noqa: E402
from bot.triage.decision import Decision  # noqa: E402
from bot.triage.place_question import message_with_place  # noqa: E402
from bot.triage.types import DANGER_OUTCOMES  # noqa: E402
from bot.turn import (  # noqa: E402
    MISSED_DANGER,
    NO_ANSWER,
    NUMBER_WITHHELD,
    Opening,
    Turn,
    UnknownChoice,
    UnknownConversation,
)
from bot.turn_triage import conversation_triage, outcome_of  # noqa: E402
from bot.typed_text import harmless  # noqa: E402

if TYPE_CHECKING:
    from rasa.utils.endpoints import EndpointConfig

    from bot.conversations.shared import Shared

GREETING = "utter_begroeting"
"""Opens every conversation; a client of Rasa's REST channel never sees it."""

_log = logging.getLogger("bot.remote_missed_danger")


class RasaAssistant:
    """Implements `api.provider.Assistant` on Rasa.

    With `screens` the rules look here, too, at what a person types: danger that they see is answered as
    danger, whatever the engine says. An engine in this process has done that already.
    """

    def __init__(
        self, engine: Engine, context: ActionContext, version: dict[str, str], screens: bool = False
    ) -> None:
        self.version = version
        self._engine = engine
        self._context = context
        self._screens = screens

    async def start(self, conversation_id: str, gemeente: str | None, kanaal: str) -> Opening:
        """Open a conversation; the first messages, and what the page may show around them."""
        municipality = gemeente or self._default_municipality()
        slots = {"kanaal": kanaal, "gemeente": municipality}
        payload = json.dumps({key: value for key, value in slots.items() if value})
        messages = as_messages(await self._engine.handle(conversation_id, f"/start{payload}"))
        messages = greeted(messages, self._context.site_of(municipality).greeting)
        return Opening(
            messages=self._context.numbers.checked(messages, kanaal),
            municipality=municipality_json(municipality, kanaal, self._context),
            suggestions=suggestions(municipality, kanaal, self._context),
        )

    async def say(self, conversation_id: str, text: str) -> Turn:
        """Answer typed text; text that equals an offered button counts as pressing it."""
        payload = offered_now(await self._open(conversation_id), text)
        return await self._turn(conversation_id, payload or harmless(text))

    async def choose(self, conversation_id: str, choice_id: str) -> Turn:
        """Answer the press of a button that this conversation offered. Raises UnknownChoice."""
        payload = await self._offered(conversation_id, choice_id)
        if payload is None:
            raise UnknownChoice(choice_id)
        return await self._turn(conversation_id, payload)

    async def exists(self, conversation_id: str) -> bool:
        """Whether there is such a conversation that has not expired."""
        return await self._engine.conversation(conversation_id) is not None

    async def last_outcome(self, conversation_id: str) -> str | None:
        """The outcome code of the last turn; reads only. Raises UnknownConversation."""
        return outcome_of(await self._open(conversation_id))

    async def transcript(self, conversation_id: str) -> list[dict]:
        """`{"van", "tekst", "tijd"}` for every message, oldest first. Raises UnknownConversation."""
        tracker = await self._open(conversation_id)
        events = [*await self._engine.earlier(conversation_id), *tracker.events]
        lines = transcript(events, tracker.get_slot("kanaal") or "bewoner", self._context.numbers)
        return greeted(lines, self._context.site_of(tracker.get_slot("gemeente")).greeting)

    async def forget(self, conversation_id: str) -> None:
        """Leave nothing; waits for an answer that is still being made, which would be saved afterwards."""
        await self._engine.forget(conversation_id)
        forget_typed_words()

    async def tidy(self) -> None:
        """Forget every conversation that is too old, also when nobody talks, and every word of it."""
        await self._engine.tidy()
        forget_typed_words()

    async def triage(self, text: str, place: str | None, channel: str) -> dict:
        """The Triage object for one message outside a conversation."""
        text = message_with_place(text, place, self._context.gazetteer.find_in_text(place or ""))
        decision = await self._engine.decision(harmless(text), channel)
        if self._missed(harmless(text), channel, decision.get("outcome")):
            decision = by_rules_alone(harmless(text), channel).as_dict()
        triage = triage_object(
            decision, place=place, channel=channel, context=self._context, version=self.version
        )
        return self._context.numbers.checked(triage, channel)

    async def rest(self, conversation_id: str, message: str, sender: str) -> list[dict]:
        """Rasa's REST channel: a message that equals the payload of an offered button presses it.

        Everything else is text. The answers name `sender`, by which the client knows the conversation.
        """
        first = not await self.exists(conversation_id)
        if first:
            await self.start(conversation_id, None, "bewoner")
        payload = await self._offered(conversation_id, message, unseen=(GREETING,))
        turn = await self._turn(conversation_id, payload or harmless(message))
        if first and not _is_danger(turn):
            turn = self._checked(await self._introduce(turn))
        return as_rest(sender, turn)

    def search(self, query: str, place: str | None, kind: str | None, limit: int) -> dict:
        """`{"begrepen", "initiatieven"}` of the contract, with `waarschuwing` where danger was typed."""
        return found_json(find_initiatives(self._context, query, place, kind, limit), self._context)

    def fixed(self, text: str, channel: str) -> Turn:
        """The fixed answer by the rules alone, for when nothing else can answer."""
        context = self._context.at(self._default_municipality(), None)
        return self._checked(fallback_turn(text, channel, context, self.version, (NO_ANSWER,)))

    def warn(self, text: str, channel: str = "bewoner") -> dict | None:
        """The fixed danger answer of that channel that the rules alone ask for, or None."""
        return danger_in(text, self._context, channel)

    def knows(self, initiative_id: str) -> bool:
        """Whether the catalogue shows an initiative with that id."""
        return self._context.catalogue.get(initiative_id) is not None

    def initiative(self, initiative_id: str) -> dict | None:
        """The Initiatief object with that id, its numbers checked; None where the catalogue shows none."""
        return initiative_json(initiative_id, self._context)

    async def ready(self) -> dict[str, bool]:
        """Which parts work, by their name in the contract: model, catalogue, store of conversations."""
        return {**await self._engine.ready(), "catalogus": bool(self._context.catalogue.rows("select 1"))}

    def open_conversations(self) -> int | None:
        """How many conversations are in the memory of this process; None where they are elsewhere."""
        return self._engine.open_conversations()

    def catalogue_freshness(self) -> dict[str, int]:
        """How many entries are shown whose source is `current`, and how many `outdated`."""
        return self._context.catalogue.freshness(date.today())

    async def _open(self, conversation_id: str) -> DialogueStateTracker:
        tracker = await self._engine.conversation(conversation_id)
        if tracker is None:
            raise UnknownConversation(conversation_id)
        return tracker

    async def _offered(
        self, conversation_id: str, choice_id: str, unseen: tuple[str, ...] = ()
    ) -> str | None:
        """The payload of that button where this conversation offered it, however long ago."""
        tracker = await self._open(conversation_id)
        payload = offered(tracker.events, choice_id, unseen)
        return payload or offered(await self._engine.earlier(conversation_id), choice_id, unseen)

    async def _turn(self, conversation_id: str, payload: str) -> Turn:
        failures: list[str] = []
        token = failed_actions.set(failures)
        try:
            messages = as_messages(await self._engine.handle(conversation_id, payload))
        except Exception:  # whatever went wrong in Rasa, the person gets an answer
            messages = []
        finally:
            failed_actions.reset(token)
        tracker = await self._open(conversation_id)
        channel, context = tracker.get_slot("kanaal"), here(tracker, self._context)
        if not messages:
            failures.append(NO_ANSWER)
            return self._checked(fallback_turn(payload, channel, context, self.version, tuple(failures)))
        messages = with_number_in_sight(messages, tracker.get_slot("gevaar"), channel, context)
        triage = conversation_triage(tracker, messages, context, self.version)
        if self._missed(payload, channel, triage and triage["uitkomst"]):
            failures.append(MISSED_DANGER)
            return self._checked(fallback_turn(payload, channel, context, self.version, tuple(failures)))
        flag = red_flag(tracker, triage, context.danger) if triage else None
        human, municipality = why_a_human(tracker, flag), tracker.get_slot("gemeente")
        return self._checked(Turn(messages, triage, channel, tuple(failures), flag, human, municipality))

    def _missed(self, text: str, channel: str, outcome: str | None) -> bool:
        """Whether the rules see danger in `text` that a Rasa elsewhere, with that `outcome`, did not."""
        missed = self._screens and outcome not in DANGER_OUTCOMES and by_rules_alone(text, channel).is_danger
        if missed:
            _log.warning(MISSED_DANGER)
        return missed

    def _checked(self, turn: Turn) -> Turn:
        """The turn without any number that this channel may not show."""
        said = [turn.messages, turn.triage, turn.red_flag]
        messages, triage, flag = checked = self._context.numbers.checked(said, turn.channel)
        errors = turn.action_errors if checked == said else (*turn.action_errors, NUMBER_WITHHELD)
        return replace(turn, messages=messages, triage=triage, red_flag=flag, action_errors=errors)

    async def _introduce(self, turn: Turn) -> Turn:
        """A client without a greeting still hears, the first time, that this is a computer."""
        text = self._context.responses.text("utter_computer")
        introduction = message_json(text, (), self._context)
        return replace(turn, messages=[*turn.messages, introduction])

    def _default_municipality(self) -> str | None:
        return self._context.municipality.default_place


def _is_danger(turn: Turn) -> bool:
    return bool(turn.triage) and Decision(turn.triage["uitkomst"], 0.0).is_danger


async def load_assistant(settings: Any, shared: Shared | None = None) -> RasaAssistant:
    """Load model, catalogue and actions as `settings` (api.settings.Settings) say.

    `shared`: the conversations of all replicas; without it they are in memory of this process.
    Raises FileNotFoundError or NotOurModel, with what to do, when there is no trained model of ours.
    """
    context = build_context(open_catalogue(database=settings.catalogue_file), municipality_of(settings))
    if settings.rasa_url:
        return await _remote_assistant(settings, context)
    engine = load_engine(settings, context, shared)
    model = find_model(settings.model_path)
    assistant = RasaAssistant(engine, context, versions(model, context.catalogue.version))
    for text in WARM_UP:
        await assistant.triage(text, None, "bewoner")
    refuse_what_was_left_out()
    return assistant


async def _remote_assistant(settings: Any, context: ActionContext) -> RasaAssistant:
    """The assistant on the Rasa of RASA_URL, whether that can be reached now or not."""
    version = {"model": UNKNOWN, "catalogus": context.catalogue.version, "regels": rules_version()}
    engine = RemoteEngine(
        settings.rasa_url,
        settings.rasa_token,
        settings.rasa_timeout,
        on_model=lambda name: version.update(model=name),
    )
    assistant = RasaAssistant(engine, context, version, screens=True)
    assistant.fixed(WARM_UP[0], "bewoner")
    await engine.ready()
    return assistant


def load_engine(settings: Any, context: ActionContext, shared: Shared | None = None) -> LocalEngine:
    """Rasa in this process, with its conversations; its actions use `context`, `shared` as in load_assistant.

    Raises FileNotFoundError or NotOurModel, with what to do, when there is no trained model of ours.
    """
    from rasa.core.agent import Agent  # where Rasa runs elsewhere, none of this is imported
    from threadpoolctl import threadpool_limits

    from bot.conversations.in_memory import InMemoryConversations
    from bot.measured import measure

    model = model_file(settings.model_path, keys_of(settings))
    action_context.configure(context)
    seconds = settings.conversation_ttl_minutes * 60
    store = shared.store if shared else InMemoryConversations(None, ttl=seconds)
    agent = Agent.load(
        model,
        tracker_store=store,
        lock_store=shared.locks if shared else None,
        action_endpoint=_action_endpoint(settings),
    )
    measure(agent, store)
    threadpool_limits(1)  # one message is too small to be computed by several threads, which wait by spinning
    return LocalEngine(agent, store)


def _action_endpoint(settings: Any) -> EndpointConfig:
    from bot.action_endpoint import InProcessActions, RemoteActions

    if settings.action_url:
        return RemoteActions(settings.action_url)
    return InProcessActions(timeout=settings.action_timeout)
