"""One trained model for the whole test session: trained when missing or out of date, shared by all."""

from __future__ import annotations

import asyncio
import gc
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import settings

from bot.left_out import NEURAL_NETWORKS, leave_out_what_we_do_not_use
from bot.quiet import silence_rasa
from tests.spread import spread
from tests.storage.postgres import postgres_server, postgres_url, store_url  # noqa: F401
from tests.storage.redis import redis_server, redis_to_cut, redis_url  # noqa: F401

ROOT = Path(__file__).parents[1]

gc.disable()  # until everything is collected
silence_rasa()
leave_out_what_we_do_not_use(NEURAL_NETWORKS)  # a report of ours counts with scipy.stats

with warnings.catch_warnings():  # Sanic, on which Rasa stands, overrules at its import what pyproject ignores
    import sanic.app  # noqa: F401

pytest_plugins = ("tests.watch",)

settings.register_profile("no deadlines", deadline=None)
settings.load_profile("no deadlines")


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist reads the groups
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        spread(items)


def pytest_collection_finish() -> None:
    """Leave what was imported and collected alone: walking through it took a tenth of the time."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def reports_of_whoever_runs_this_stay() -> Iterator[None]:
    """A test that writes in var/ changes what the next one finds there."""
    path = ROOT / "var" / "meldingen.jsonl"
    before = path.stat().st_size if path.exists() else 0
    yield
    assert (path.stat().st_size if path.exists() else 0) == before, f"a test wrote in {path}: own_settings()"


@pytest.fixture(scope="session")
def model() -> Path:
    """The trained Rasa model that fits the data and code under test, signed with the key of this machine."""
    from bot.own_model import ensure_own_model

    return ensure_own_model()


@pytest.fixture(scope="session")
def event_loop_of_session() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    yield loop
    loop.close()


@pytest.fixture(scope="session")
def assessor(model: Path):
    """The pure path: one message, one Decision, without Rasa."""
    from bot.assessor import load_assessor

    return load_assessor(model)


@pytest.fixture(scope="session")
def exam_answers(assessor) -> dict:
    """What the program answers to every file of the exam: it takes long, so once for all reports."""
    from bot.exam import answer_exam

    return answer_exam(assessor.assess)


@pytest.fixture(scope="session")
def assistant(model: Path, event_loop_of_session: asyncio.AbstractEventLoop):
    """The real assistant with the real actions and the real catalogue, in this process."""
    from api.settings import Settings
    from bot import action_endpoint
    from bot.assistant import load_assistant

    action_endpoint.CHECK_OWN_RESULTS = True

    settings = Settings(model_path=str(model))
    with ThreadPoolExecutor(1) as apart:  # in this thread a browser test may have a loop running
        return apart.submit(event_loop_of_session.run_until_complete, load_assistant(settings)).result()
