"""Lets Rasa be imported without the packages that it imports for what our assistant does not use.

They take 300 MB and seconds of every start, nearly all of it for TensorFlow (docs/bench.md). While Rasa is
imported it names their classes as bases, decorators and types; our pipeline and doors use none of them.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from abc import ABCMeta
from collections.abc import Iterable
from types import FunctionType, ModuleType
from typing import Any

NEURAL_NETWORKS = ("tensorflow", "tensorflow_addons", "keras", "h5py")
OTHER_STORES = ("boto3", "botocore", "pymongo", "bson", "aio_pika", "confluent_kafka")
OTHER_CHANNELS = ("aiogram", "webexteamssdk", "slack_sdk", "twilio", "fbmessenger", "mattermostwrapper")
PLOTS_AND_STATISTICS = ("matplotlib", "scipy.stats")
TALK_IN_A_TERMINAL = ("questionary", "prompt_toolkit")
REMINDERS = ("apscheduler",)

LEFT_OUT = frozenset(
    {
        *NEURAL_NETWORKS,
        *OTHER_STORES,
        *OTHER_CHANNELS,
        *PLOTS_AND_STATISTICS,
        *TALK_IN_A_TERMINAL,
        *REMINDERS,
    }
)
"""Packages that are not imported, and whatever is in them."""


class LeftOut(RuntimeError):
    """Something needs a package that this process does without."""


def leave_out_what_we_do_not_use(packages: Iterable[str] = LEFT_OUT) -> None:
    """From now on importing `packages` gives empty names; where one is imported, nothing changes.

    The first call in a process decides.
    """
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        _Finder.absent = frozenset(packages) - sys.modules.keys()
        sys.meta_path.insert(0, _Finder())


def refuse_what_was_left_out() -> None:
    """From now on using such a name raises LeftOut: everything that only names it is imported."""
    _Finder.only_named = False


class _NameMeta(ABCMeta):
    """Makes each name of an absent package a class, in which every name is such a class again."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _absent(f"{cls.__name__}.{name}")

    def __call__(cls, *arguments: Any, **options: Any) -> Any:
        """As a decorator it leaves what it decorates as it is."""
        if not _Finder.only_named:
            raise LeftOut(f"{cls.__name__} is needed, but this process runs without it (bot/left_out.py).")
        if len(arguments) == 1 and not options and isinstance(arguments[0], type | FunctionType):
            return arguments[0]
        return cls


def _absent(name: str) -> type:
    return _NameMeta(name, (), {"__module__": __name__})


class _AbsentModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _absent(f"{self.__name__}.{name}")


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    only_named = True
    absent: frozenset[str] = frozenset()

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if not any(name == absent or name.startswith(f"{absent}.") for absent in self.absent):
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _AbsentModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing in it."""
