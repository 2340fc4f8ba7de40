"""The project's rules as they stand now: what is completed or imported while the program runs is taken up."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from bot.rules.book import RuleBook
from bot.rules.completion import completed
from bot.rules.errors import RulesError
from bot.rules.loader import DATA, load
from bot.rules.model import Rule
from bot.rules.rounds_import import FOLDER, RECORDS, imported

RULES_DIR = "RULES_DIR"
DEFAULT_RULES_DIR = "var/rules"
_Look = tuple[int, int, int] | None
_held: dict[str, _Held] = {}
"""The last book read from each directory."""
_log = logging.getLogger(__name__)


def completions_directory() -> Path:
    """Where completions are kept: ``RULES_DIR``, by default ``var/rules``."""
    return Path(os.environ.get(RULES_DIR) or DEFAULT_RULES_DIR)


def rulebook() -> RuleBook:
    """The project's rules, with what an operator has completed and the rounds that were imported.

    What is completed or imported while the program runs is in the next book asked for. A fault in the files of a
    program that runs is logged, and the book before stays; at the first call it raises ``RulesError``.
    """
    name = os.environ.get(RULES_DIR) or DEFAULT_RULES_DIR
    held = _held.get(name)
    if held is None or not held.stands():
        held = _held[name] = _taken_up(Path(name), held)
    return held.book


class _Held(NamedTuple):
    """A book, how its files looked before it was read, and how the folders looked in which new ones would stand."""

    book: RuleBook
    files: Mapping[str, _Look]
    folders: Mapping[str, _Look]

    def stands(self) -> bool:
        """Whether nothing is new. Asked before every assessment, so that it looks at no more than it must."""
        for looks in (self.folders, self.files):
            for path, look in looks.items():
                if _look(path) != look:
                    return False
        return True


def _taken_up(directory: Path, held: _Held | None) -> _Held:
    folders = {str(directory): _look(str(directory))}
    inner = str((directory / FOLDER / RECORDS).parent)
    if (look := _look(inner)) is not None:  # once it is made, the folder it stands in looks different
        folders[inner] = look
    paths = (*sorted(directory.glob("*.yml")), directory / FOLDER / RECORDS)
    files = {str(path): look for path in paths if (look := _look(str(path))) is not None}
    if held is None:
        return _Held(_read(directory), files, folders)
    if held.files == files:
        return held._replace(folders=folders)
    try:
        book = _read(directory)
    except RulesError as error:
        _log.error("the rules stay as they were: %s", error)
        book = held.book
    else:
        _log.info("the rules were read again: something in %s is new", directory)
    return _Held(book, files, folders)


def _read(directory: Path) -> RuleBook:
    return RuleBook(imported(completed(_shipped(), directory), directory))


@cache
def _shipped() -> Mapping[str, Rule]:
    return load(DATA)


def _look(path: str) -> _Look:
    """What changes of a file when a completion or an import is stored, and of a folder when a file is put in place."""
    try:
        state = os.stat(path)  # noqa: PTH116 - a Path takes longer to make than this takes
    except OSError:
        return None
    return state.st_ino, state.st_mtime_ns, state.st_size
