"""A Rasa server apart for RASA_URL: Rasa with our channel alone, without the other doors of `rasa run`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from bot.left_out import leave_out_what_we_do_not_use, refuse_what_was_left_out
from bot.quiet import silence_rasa

silence_rasa()
leave_out_what_we_do_not_use()

from rasa.core.channels.channel import register  # noqa: E402
from sanic import Sanic  # noqa: E402

from bot.assistant import load_engine  # noqa: E402
from bot.model_files import find_model, versions  # noqa: E402
from bot.remote_channel import EngineChannel, Served  # noqa: E402


def serve_rasa(
    settings: Any, context: Any, host: str, port: int, note: Callable[[BaseException], None]
) -> None:
    """Serve until stopped the model, store and actions that `settings` (api.settings.Settings) say.

    `context` (actions.context.ActionContext) is what the actions use. `note`: see EngineChannel.
    """
    app = Sanic("rasa", configure_logging=False)
    register([EngineChannel(settings.rasa_token, note)], app, route="/webhooks/")

    async def load(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        version = versions(find_model(settings.model_path), context.catalogue.version)["model"]
        app.ctx.served = Served(load_engine(settings, context), version)

    async def say(app: Sanic, loop: asyncio.AbstractEventLoop) -> None:
        refuse_what_was_left_out()
        print(f"Rasa on http://{host}:{port}; set RASA_URL and RASA_TOKEN of the server.", flush=True)

    app.register_listener(load, "before_server_start")
    app.register_listener(say, "after_server_start")
    app.run(host=host, port=port, access_log=False, motd=False)
