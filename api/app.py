"""The web application: everything between a request and the assistant."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cache

from fastapi import APIRouter, FastAPI
from sociale_kaart.reports import Reports
from starlette.routing import BaseRoute
from starlette.staticfiles import StaticFiles

from api import logs, openapi, problems
from api.access.install import install as install_access
from api.access.tokens import Tokens
from api.assistant_thread import AssistantThread
from api.cors import AllowList
from api.delivery.install import install as install_delivery
from api.desk.labels import load_labels
from api.draining import Draining, LastAnswers
from api.fallback import fixed_answer
from api.jobs import Job, Jobs
from api.livechat.desk import LivechatDesk
from api.livechat.install import memory_of
from api.metrics import Metrics
from api.middleware import BodyLimit, ErrorShield, ReadableHead, SafeHeaders
from api.observability.install import install as install_observability
from api.provider import Assistant
from api.rates import AddressLimit, Rates
from api.referral_desk import install as install_referrals
from api.report_desk import ReportDesk
from api.request_ids import RequestIds
from api.routes import (
    conversations,
    desk,
    desk_oidc,
    desk_referrals,
    desk_sessions,
    livechat,
    lookups,
    operations,
    pages,
    referral_pages,
    referrals,
    reports,
    security_txt,
    webhook,
)
from api.settings import Settings
from api.site_pages import PAGES
from api.storage.database import Database
from api.storage.seal import Seal
from api.trace_ids import TraceIds
from api.turns import Turns

TIDY_SECONDS = 60
"""Between two looks for conversations that are too old, which on a quiet server nobody else finds."""


def create_app(settings: Settings, assistant: Assistant | None = None) -> FastAPI:
    """The application. Without `assistant`, the real one is loaded when the server starts."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as running:
            running.callback(logs.server_stopped)
            running.callback(app.state.database.close)
            if assistant is None:
                app.state.turns.assistant = await running.enter_async_context(
                    _loaded(settings, app.state.seal)
                )
            else:
                app.state.turns.assistant = assistant
            logs.server_started(app.state.turns.assistant.version)
            await running.enter_async_context(app.state.jobs)
            yield

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, redirect_slashes=False)
    metrics, rates = Metrics(), Rates(settings)
    app.state.settings = settings
    app.state.turns = Turns(settings, metrics, rates, fixed_answer())
    app.state.database = Database(settings.store_address)
    app.state.seal = Seal(settings.store_keys)
    app.state.tokens = Tokens(app.state.database)
    app.state.jobs = Jobs(metrics)
    app.state.draining = Draining(settings.drain_pause, settings.drain_seconds)
    install_access(app.state, settings)
    app.state.remembering = memory_of(settings, app.state.seal)
    app.state.livechat = LivechatDesk(app.state.turns, app.state.remembering)
    app.state.jobs.add(Job("conversations", TIDY_SECONDS, app.state.turns.tidy))
    app.state.jobs.add(Job("livechat", TIDY_SECONDS, app.state.remembering.tidy))
    install_delivery(app.state, settings)
    install_referrals(app.state, settings)
    install_observability(app.state, settings, metrics)
    app.state.report_desk = ReportDesk(app.state.turns, Reports(settings.reports_file), app.state.reported)
    app.router.routes.extend(_every_route())
    app.mount("/static", StaticFiles(directory=PAGES / "static"), name="static")
    problems.install(app)
    openapi.install(app, settings)
    _surround(app, settings, metrics, rates)
    return app


@cache
def _every_route() -> tuple[BaseRoute, ...]:
    """All routes, read once: FastAPI works out the fields of each anew for every application."""
    together = APIRouter(generate_unique_id_function=openapi.operation_id)
    for routes in (
        conversations,
        lookups,
        reports,
        referrals,
        webhook,
        livechat,
        desk,
        desk_sessions,
        desk_oidc,
        desk_referrals,
        operations,
        referral_pages,
        pages,
        security_txt,
    ):
        together.include_router(routes.router)
    return tuple(together.routes)


def _loaded(settings: Settings, seal: Seal) -> AssistantThread:
    async def load() -> Assistant:
        from api.shared_conversations import shared_by_replicas
        from bot.assistant import load_assistant  # imports Rasa, which takes seconds

        load_labels()
        return await load_assistant(settings, shared_by_replicas(settings, seal))

    return AssistantThread(load)


def _surround(app: FastAPI, settings: Settings, metrics: Metrics, rates: Rates) -> None:
    """Add the middleware; what is added last meets a request first."""
    app.add_middleware(BodyLimit, maximum=settings.max_body_bytes)
    app.add_middleware(AddressLimit, rates=rates)
    app.add_middleware(ErrorShield)
    metrics.install(app)
    if settings.cors_origins:
        app.add_middleware(AllowList, origins=settings.cors_origins)
    app.add_middleware(ReadableHead)
    app.add_middleware(SafeHeaders, over_tls=settings.public_address.startswith("https://"))
    app.add_middleware(TraceIds)
    app.add_middleware(RequestIds)
    app.add_middleware(LastAnswers, draining=app.state.draining)
