"""An inert stand-in for TensorFlow, which Rasa imports without condition and this product never uses.

Any attribute of the stand-in is a class that raises when it is instantiated, so DIETClassifier,
ResponseSelector, TEDPolicy and the language-model featurizers say plainly that they cannot be
used, and everything else works. Where TensorFlow is installed the stand-in steps aside.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import sys
import types
from collections.abc import Sequence
from typing import Any

PACKAGES = frozenset({"tensorflow", "tensorflow_hub", "tensorflow_text", "tensorflow_addons", "keras"})


class _Absent(type):
    """A class for each name of an absent library; its attributes are such classes again."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _absent(name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        raise ImportError(f"TensorFlow is not installed: {cls.__name__} cannot be used.")


def _absent(name: str) -> type:
    return _Absent(name, (), {})


def _is_tensor(_: object) -> bool:
    return False  # matplotlib asks this of every value it draws


class _AbsentModule(types.ModuleType):
    __path__: Sequence[str] = ()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "is_tensor":
            return _is_tensor
        return _absent(name)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in PACKAGES:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _AbsentModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run: every attribute is made when it is asked for."""


def install() -> bool:
    """Put the stand-in in place before Rasa's first import. False where TensorFlow is installed."""
    if any(isinstance(finder, _Finder) for finder in sys.meta_path):
        return True
    if importlib.util.find_spec("tensorflow") is not None:
        return False
    sys.meta_path.insert(0, _Finder())
    return True
