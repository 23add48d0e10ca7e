"""A Rasa server apart for RASA_URL: Rasa's own server with our channel and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from rasa.core.run import configure_app
from sanic import Sanic

from bot.assistant import load_engine
from bot.model_files import model_file, versions
from bot.remote_channel import EngineChannel, Served


def serve_rasa(
    settings: Any, context: Any, host: str, port: int, note: Callable[[BaseException], None]
) -> None:
    """Serve until stopped the model, store and actions that `settings` (api.settings.Settings) say.

    `context` (actions.context.ActionContext) is what the actions use. `note`: see EngineChannel.
    """
    app = configure_app([EngineChannel(settings.rasa_token, note)], enable_api=False, port=port)

    async def load(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        version = versions(model_file(settings.model_path), context.catalogue.version)["model"]
        app.ctx.served = Served(load_engine(settings, context), version)

    async def say(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        print(f"Rasa on http://{host}:{port}; set RASA_URL and RASA_TOKEN of the server.", flush=True)

    app.register_listener(load, "before_server_start")
    app.register_listener(say, "after_server_start")
    app.run(host=host, port=port, access_log=False, motd=False)
