"""`train`, `serve`, `rasa` and `actions`: the model and the servers."""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

from api.cli.common import positive, read_settings, readable_errors
from api.cli.errors import CommandError

if TYPE_CHECKING:
    from actions.context import ActionContext
    from api.settings import Settings

TRAINING_LOG = Path("build/training.log")
"""What Rasa says while it trains: pages of progress bars, of use only when it fails."""


def add_commands(commands: argparse._SubParsersAction) -> None:
    train = commands.add_parser("train", help="train and sign the model where none of ours fits its inputs")
    train.add_argument("--force", action="store_true", help="train also when nothing changed")
    train.set_defaults(run=run_train)

    serve = commands.add_parser("serve", help="serve the assistant over HTTP (settings: docs/settings.md)")
    serve.set_defaults(run=run_serve)

    actions = commands.add_parser(
        "actions", help="serve the custom actions as a separate action server (see ACTION_URL)"
    )
    actions.add_argument("--host", default="127.0.0.1", help="address to bind to (default: 127.0.0.1)")
    actions.add_argument("--port", type=positive, default=5055, help="port to listen on (default: 5055)")
    actions.set_defaults(run=run_actions)

    rasa = commands.add_parser("rasa", help="serve the model as a separate Rasa server (see RASA_URL)")
    rasa.add_argument("--host", default="127.0.0.1", help="address to bind to (default: 127.0.0.1)")
    rasa.add_argument("--port", type=positive, default=5005, help="port to listen on (default: 5005)")
    rasa.set_defaults(run=run_rasa)


def run_train(arguments: argparse.Namespace) -> int:
    """Train where needed; raises CommandError when training gave no model."""
    from bot.model_signature import NotOurModel, keys_of
    from bot.own_model import ensure_own_model

    keys = keys_of(read_settings())
    if not arguments.force and model_fits():
        return 0
    print("Training the model; this takes a minute or two.", flush=True)
    TRAINING_LOG.parent.mkdir(parents=True, exist_ok=True)
    with TRAINING_LOG.open("w", encoding="utf-8") as log, redirect_stdout(log), redirect_stderr(log):
        try:
            ensure_own_model(force=arguments.force, keys=keys)
        except RuntimeError as error:
            raise CommandError(f"training failed: {error} See {TRAINING_LOG}.") from error
        except NotOurModel as error:
            raise CommandError(str(error)) from error
    return 0


def run_serve(arguments: argparse.Namespace) -> int:
    """Serve until stopped, after training where our own model does not fit (in a process of its own)."""
    settings = read_settings()
    if settings.rasa_url:
        _greet_rasa(settings)
    else:
        _have_model(settings)
    from api.main import serve

    try:
        return 0 if serve(settings) else 2
    except KeyboardInterrupt:  # Ctrl+C is how one stops it
        return 0


def run_rasa(arguments: argparse.Namespace) -> int:
    """Serve the model until stopped, after training where our own does not fit."""
    from bot.quiet import silence_rasa

    silence_rasa()
    from bot.remote_line import SHORTEST_TOKEN

    settings = read_settings()
    if len(settings.rasa_token) < SHORTEST_TOKEN:
        raise CommandError(
            f"RASA_TOKEN: set a token of at least {SHORTEST_TOKEN} characters, here and at the server that "
            "uses this one; `openssl rand -hex 32` makes one."
        )
    _have_model(settings)
    from api import logs

    logs.configure(settings.log_level)
    from bot.rasa_server import serve_rasa

    def note(error: BaseException) -> None:
        logs.failure("rasa_failed", error)

    serve_rasa(settings, _context(settings), arguments.host, arguments.port, note)
    return 0


def _have_model(settings: Settings) -> None:
    """Train where our own model does not fit; raises CommandError when there is no model then."""
    from bot.left_out import leave_out_what_we_do_not_use

    leave_out_what_we_do_not_use()  # before looking at the model, which imports some of it
    from bot.model_files import model_file
    from bot.model_signature import keys_of
    from bot.training import MODEL, ROOT

    serves_own_model = ROOT / settings.model_path in (MODEL, MODEL.parent)
    if serves_own_model and not model_fits():
        trained = subprocess.run([sys.executable, "-m", "api.cli.main", "train"])
        if trained.returncode:
            raise CommandError("the server was not started: there is no model that fits the data")
    with readable_errors():
        model_file(settings.model_path, keys_of(settings))


def _greet_rasa(settings: Settings) -> None:
    """Raises CommandError when what is at RASA_URL can never answer us; one that is down may come back."""
    from bot.remote_engine import RemoteEngine
    from bot.remote_errors import RemoteFailure, RemoteNonsense, RemoteRefused

    async def greet() -> None:
        engine = RemoteEngine(settings.rasa_url, settings.rasa_token, settings.rasa_timeout)
        try:
            await engine.check()
        finally:
            await engine.close()

    try:
        asyncio.run(greet())
    except RemoteRefused:
        raise CommandError(f"RASA_TOKEN: the Rasa server at {settings.rasa_url} does not accept it") from None
    except RemoteNonsense:
        raise CommandError(
            f"RASA_URL: what answers at {settings.rasa_url} is no Rasa server with our channel of this "
            "version; start one with `sociale-triage rasa` (docs/remote-rasa.md)"
        ) from None
    except RemoteFailure:
        print(
            f"The Rasa server at {settings.rasa_url} does not answer yet: not ready until it does.",
            flush=True,
        )


def run_actions(arguments: argparse.Namespace) -> int:
    """Serve the actions until stopped, with the catalogue and the municipality of the settings."""
    from bot.quiet import silence_rasa

    silence_rasa()
    from rasa_sdk.endpoint import create_app

    from actions.context import configure

    configure(_context(read_settings()))
    app = create_app("actions")
    print(f"Actions on http://{arguments.host}:{arguments.port}/webhook", flush=True)
    app.run(host=arguments.host, port=arguments.port, access_log=False, motd=False)
    return 0


def _context(settings: Settings) -> ActionContext:
    """What the actions use; raises CommandError where the catalogue has faults."""
    from sociale_kaart.store import open_catalogue

    from actions.context import build_context, municipality_of

    with readable_errors():
        catalogue = open_catalogue(database=settings.catalogue_file)
    return build_context(catalogue, municipality_of(settings))


def model_fits() -> bool:
    """Whether the trained model fits the data, the code and the language model, and we signed it."""
    from bot.model_signature import keys_of
    from bot.own_model import fits

    with readable_errors():
        return fits(keys=keys_of(read_settings()))
