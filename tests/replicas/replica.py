"""Replicas of the real server: one process loads the model, and forks a server for every line that it reads.

Run as a program with settings in the environment. A line is JSON with the settings of one replica, `PORT`
among them; the process id of that replica comes back. It is the server of `make run`, but for that and for
the pauses of the sender, which are short.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from functools import partial

from tests.end_to_end.forked_server import LEASE, SENDS_EVERY


class _LoadedOnce:
    """In the place of Rasa's `Agent`: loads the first time, then gives what is there the stores asked for."""

    def __init__(self, kind: type) -> None:
        self._kind = kind
        self._agent = None

    def __call__(self, *arguments: object, **options: object) -> object:
        return self._kind(*arguments, **options)

    def load(self, model: str, tracker_store: object, lock_store: object, **others: object) -> object:
        if self._agent is None:
            self._agent = self._kind.load(model, tracker_store=tracker_store, **others)
            self._runner = self._agent.processor.graph_runner
        tracker_store.domain = self._agent.domain
        lock_store = lock_store or self._agent.lock_store
        for holder in (self._agent, self._agent.processor):
            holder.tracker_store, holder.lock_store = tracker_store, lock_store
        self._agent.processor.graph_runner = self._runner
        return self._agent


def _main() -> None:
    from api import logs
    from api.app import create_app
    from api.settings import Settings
    from bot import assistant

    settings = Settings.from_environment()
    logs.configure(settings.log_level)  # before anything is logged: loggers keep what they found
    from rasa.core import agent  # after our assistant, which leaves out what Rasa imports for nothing

    agent.Agent = _LoadedOnce(agent.Agent)
    asyncio.run(assistant.load_assistant(settings))
    create_app(settings)  # imports what every server needs
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no zombies
    print("ready", flush=True)
    for line in sys.stdin:
        own = Settings.from_environment({**os.environ, **json.loads(line)})
        child = os.fork()
        if child:
            print(child, flush=True)
            continue
        _serve(own)


def _serve(settings: object) -> None:
    from api import main
    from api.delivery import install as delivery

    delivery.Sender = partial(delivery.Sender, pause=SENDS_EVERY)
    delivery.lease_of = lambda _: LEASE
    main.print = lambda *_, **__: None  # the addresses of its pages would be read as a process id
    try:
        main.serve(settings)
    finally:
        os._exit(0)


if __name__ == "__main__":
    _main()
