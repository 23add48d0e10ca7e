"""Runs the custom actions in this process, with a time-out, behind Rasa's own endpoint interface."""

from __future__ import annotations

import asyncio
import json as jsonlib
from collections.abc import Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from contextlib import suppress
from functools import cache
from typing import Any, TypeVar

from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.engine import failed_actions
from bot.stages import ACTION, stage
from bot.trace import outgoing_headers

T = TypeVar("T")

FAILED_ACTION = {"events": [], "responses": [{"response": "utter_storing", "custom": {"storing": True}}]}
"""What a failed action answers: the fixed text with the numbers that matter."""

REJECTED = 400
"""How an action server says that an action does not want to run now: no failure."""

MOMENT = 0.03
"""Seconds that an action may take while other conversations wait for it in place; most take 1 to 3 ms.

To look after the others in between costs more than that: the threads take the interpreter from one another.
"""

CHECK_OWN_RESULTS = False
"""Whether the form of what our own actions answer is checked, too, as in the tests."""


class OwnResult(dict):
    """What our own actions answered in this process: rasa_sdk made it, in the form that Rasa reads."""


@cache
def _result_validator() -> Draft202012Validator:
    return Draft202012Validator(RemoteAction.action_response_format_spec())


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    """Rasa's own check of what an action answers, with the schema compiled once.

    Rasa checks the schema itself again at every call, which took two thirds of a turn. What our own actions
    answered needs no check in use, which took a tenth; the tests make it.
    """
    if not isinstance(result, OwnResult) or CHECK_OWN_RESULTS:
        _result_validator().validate(result)
    return True


RemoteAction._validate_action_result = _validate_action_result


class InProcessActions(EndpointConfig):
    """An action endpoint without a network: hands the payload to rasa_sdk's ActionExecutor.

    Actions run in a few threads of their own, so that a slow one neither blocks other conversations
    nor escapes its time-out (`timeout`, seconds). More would only hold more memory: they compute, in turns.
    """

    def __init__(self, timeout: float = 5.0, workers: int = 2) -> None:
        super().__init__(url="in-process", enable_selective_domain=True)
        self._timeout = timeout
        self._executor = ActionExecutor()
        self._executor.register_package("actions")
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="action")
        self._late: set[Future] = set()
        """Actions that take longer than MOMENT; meanwhile none is waited for in place."""

    async def request(self, *args: Any, json: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        """Run the action of a Rasa action call. A failure is counted and answered, never raised."""
        try:
            with stage(ACTION, json.get("next_action")):
                return await self._in_time(self._pool.submit(self._run, json))
        except ActionExecutionRejection as rejection:
            raise _as_rasa_rejection(rejection) from None
        except Exception:  # whatever went wrong, the person gets an answer
            failed_actions.get([]).append(json.get("next_action", ""))
            return jsonlib.loads(jsonlib.dumps(FAILED_ACTION))

    async def _in_time(self, running: Future[dict[str, Any]]) -> dict[str, Any]:
        """What `running` answers. Raises what it raises, and asyncio.TimeoutError."""
        if not self._late:
            with suppress(NotYet):
                return running.result(min(MOMENT, self._timeout))
        self._late.add(running)
        running.add_done_callback(self._late.discard)
        return await asyncio.wait_for(asyncio.wrap_future(running), self._timeout)

    def _run(self, call: dict[str, Any]) -> dict[str, Any]:
        return OwnResult(_finished(self._executor.run(call)) or {})


def _finished(work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`. Our actions wait for nothing, so it ends in one step, without an event loop."""
    try:
        work.send(None)
    except StopIteration as end:
        return end.value
    work.close()
    raise RuntimeError("an action waits for something; run it in an event loop")


class RemoteActions(EndpointConfig):
    """An action server elsewhere, which hears to which trace a call belongs; its failures are counted."""

    def __init__(self, url: str) -> None:
        super().__init__(url=f"{url}/webhook", enable_selective_domain=True)

    async def request(self, *args: Any, json: dict[str, Any], **kwargs: Any) -> Any:
        """As EndpointConfig: raises ClientResponseError, and whatever goes wrong on the way."""
        headers = {**kwargs.pop("headers", {}), **outgoing_headers()}
        action = json.get("next_action")
        try:
            with stage(ACTION, action):
                return await super().request(*args, json=json, headers=headers, **kwargs)
        except Exception as error:
            if not (isinstance(error, ClientResponseError) and error.status == REJECTED):
                failed_actions.get([]).append(action or "")
            raise


def _as_rasa_rejection(rejection: ActionExecutionRejection) -> ClientResponseError:
    """The same rejection in the form in which a separate action server would report it."""
    body = {"action_name": rejection.action_name, "error": rejection.message}
    return ClientResponseError(REJECTED, "action rejected", jsonlib.dumps(body))
