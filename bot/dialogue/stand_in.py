"""Inert stand-ins for libraries that Rasa imports without condition and a process never uses.

Any attribute of a stand-in is a class that raises when it is instantiated, so whatever needs the library says
plainly that it cannot be used, and everything else works.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Collection, Sequence
from typing import Any


class _StandIn(type):
    """A class for each name of a library; its attributes are such classes again."""

    reason: str

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _class(name, cls.reason)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        raise ImportError(f"{cls.reason}: {cls.__name__} cannot be used.")


def _class(name: str, reason: str) -> type:
    return _StandIn(name, (), {"reason": reason})


def _is_tensor(_: object) -> bool:
    return False  # matplotlib asks this of every value it draws


class _Module(types.ModuleType):
    __path__: Sequence[str] = ()

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name)
        self._reason = reason

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "is_tensor":
            return _is_tensor
        return _class(name, self._reason)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def __init__(self, packages: Collection[str], reason: str) -> None:
        self.packages = frozenset(packages)
        self._reason = reason

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in self.packages:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _Module(spec.name, self._reason)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run: every attribute is made when it is asked for."""


def install(packages: Collection[str], reason: str) -> None:
    """Put stand-ins in the place of packages that were not imported yet. Safe to call more than once.

    ``reason``: what an error says before the name that cannot be used.
    """
    if not any(isinstance(finder, _Finder) and finder.packages >= set(packages) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder(packages, reason))
