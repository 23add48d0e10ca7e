"""`model`: the trained model that may be loaded, and the key that says so."""

from __future__ import annotations

import argparse

from api.cli.common import read_settings, readable_errors


def add_commands(commands: argparse._SubParsersAction) -> None:
    model = commands.add_parser(
        "model", help="check the signature of the trained model and print where it is, for `rasa run --model`"
    )
    model.add_argument(
        "--public-key", action="store_true", help="print the key for MODEL_PUBLIEKE_SLEUTEL instead"
    )
    model.set_defaults(run=run_model)


def run_model(arguments: argparse.Namespace) -> int:
    """Print one line, for use in scripts; raises CommandError where the model is not ours."""
    from bot.model_files import model_file
    from bot.model_signature import keys_of, public_text

    settings = read_settings()
    keys = keys_of(settings)
    with readable_errors():
        print(public_text(keys) if arguments.public_key else model_file(settings.model_path, keys))
    return 0
