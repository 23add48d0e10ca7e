"""Lets Rasa be imported without TensorFlow, which it imports for components that our pipeline does not have.

TensorFlow takes 270 MB and seconds of every start (measured: docs/bench.md). While Rasa is imported it names
TensorFlow's classes as bases, decorators and types; without such a component it uses none of them.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
from abc import ABCMeta
from types import FunctionType, ModuleType
from typing import Any

ABSENT = ("tensorflow", "tensorflow_addons", "keras")
"""Packages that are left out."""


class TensorFlowAbsent(RuntimeError):
    """Something needs TensorFlow, which this process does without."""


def leave_out_tensorflow() -> None:
    """From now on importing TensorFlow gives empty names; where it is imported already, nothing changes."""
    if not any(name in sys.modules for name in ABSENT):
        sys.meta_path.insert(0, _Finder())


def refuse_tensorflow() -> None:
    """From now on using such a name raises TensorFlowAbsent: everything that may only name it is imported."""
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
            raise TensorFlowAbsent(f"{cls.__name__} is needed, but this process runs without TensorFlow.")
        if len(arguments) == 1 and not options and isinstance(arguments[0], type | FunctionType):
            return arguments[0]
        return cls


def _absent(name: str) -> type:
    return _NameMeta(name, (), {"__module__": ABSENT[0]})


class _AbsentModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _absent(f"{self.__name__}.{name}")


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    only_named = True

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name.partition(".")[0] not in ABSENT:
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _AbsentModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing in it."""
