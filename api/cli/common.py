"""What several commands share: settings, the trained model, printing."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.cli.errors import CommandError

if TYPE_CHECKING:
    from api.settings import Settings
    from bot.assessor import Assessor


def existing_file(name: str) -> Path:
    """Argument type: the path of a file that is there."""
    path = Path(name)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"there is no file {name}")
    return path


def positive(number: str) -> int:
    """Argument type: a whole number from 1."""
    if not number.isdecimal() or int(number) < 1:
        raise argparse.ArgumentTypeError(f"{number!r} is not a whole number from 1")
    return int(number)


def read_settings() -> Settings:
    """The settings of the environment; raises CommandError that names a wrong one."""
    from api.settings import Settings, SettingsError

    try:
        return Settings.from_environment()
    except SettingsError as error:
        raise CommandError(str(error)) from error


def open_assessor() -> Assessor:
    """The assessor on the trained model of the settings; raises CommandError where there is none."""
    from sociale_kaart.store import open_catalogue

    from actions.context import build_context, municipality_of
    from bot.assessor import load_assessor
    from bot.model_signature import keys_of

    with readable_errors():
        settings = read_settings()
        catalogue = open_catalogue(database=settings.catalogue_file)
        context = build_context(catalogue, municipality_of(settings))
        return load_assessor(settings.model_path, context, keys_of(settings))


@contextmanager
def readable_errors() -> Iterator[None]:
    """Turns a missing file, a model that is not ours and faulty data into one clear line (CommandError)."""
    from sociale_kaart.compile import InvalidCatalogue

    from bot.model_signature import NotOurModel
    from bot.triage.safety_rules import RuleError

    try:
        yield
    except InvalidCatalogue as error:
        raise CommandError(f"de catalogus heeft fouten; draai 'catalogue check'.\n{error}") from error
    except (FileNotFoundError, NotOurModel, RuleError) as error:
        raise CommandError(str(error)) from error


def print_json(value: Any) -> None:
    """One JSON value for other programs, readable for people."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
