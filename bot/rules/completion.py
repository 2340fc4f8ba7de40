"""Complete a set of points with what an operator has read on the official page.

A completion is a file that names the page (``url``), the day it was read (``read_on``) and who read it
(``reader``), and gives a value for every cell of the set that is not established. It is checked like rule data,
stored as ``<set>.yml`` in the directory of completions, and from then on stands in the place of the empty cells,
with its own provenance.
"""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from bot.rules import shapes
from bot.rules.completion_checks import Change, check_list, check_rows, check_values
from bot.rules.completion_file import SET_RULE, Completion, incomplete, is_empty, version_of
from bot.rules.errors import RulesError
from bot.rules.loader import first_fault, read_yaml
from bot.rules.model import Rule, Source


def read(path: Path, rules: Mapping[str, Rule], today: date | None = None) -> Completion:
    """The completion in a file, checked against the rules. Raises ``RulesError`` naming file, key and mend."""
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise RulesError(f"{path.name}: the file holds no keys; it needs set, url, read_on, reader and rules")
    for key in ("url", "read_on", "reader"):
        if not content.get(key):
            raise RulesError(f"{path.name}: {key}: is missing; a completion names url, read_on and reader")
    try:
        completion = Completion.model_validate(content)
    except ValidationError as error:
        raise RulesError(f"{path.name}: {first_fault(error)}") from None
    if today is not None and completion.read_on > today:
        raise RulesError(f"{path.name}: read_on: {completion.read_on} lies in the future")
    try:
        check_values(completion, rules)
        check_rows(changes(completion, rules), rules)
        check_list(completion, rules)
    except ValueError as error:
        raise RulesError(f"{path.name}: {error}") from None
    return completion


def changes(completion: Completion, rules: Mapping[str, Rule]) -> list[Change]:
    """Every cell that the file gives, beside the value of the set before."""
    found = []
    for rule_id, value in sorted(completion.rules.items()):
        rule = rules[rule_id]
        version = version_of(rule, completion.set, rules)
        earlier = [other.value for other in rule.versions if other.effective_from < version.effective_from]
        found.append(Change(rule_id, earlier[-1] if earlier else None, shapes.named(rule.shape, value)))
    return found


def template(set_id: str, rules: Mapping[str, Rule]) -> str:
    """A file to fill in. Raises ``RulesError`` for a set that is not incomplete."""
    started = incomplete(rules)
    if set_id not in started:
        raise RulesError(f"{set_id}: is not incomplete; these are: {', '.join(started) or 'none'}")
    start = started[set_id].effective_from
    lines = [
        f"# Values of {set_id}, as read on the official page. The value in the set before stands beside each cell;",
        "# write what the page says now, and 0 where something earns nothing any more.",
        f"set: {set_id}",
        "url: ",
        "read_on: ",
        "reader: ",
        "rules:",
    ]
    for rule in rules.values():
        if is_empty(rule, start):
            earlier = [version.value for version in rule.versions if version.effective_from < start]
            before = json.dumps(shapes.written(rule.shape, earlier[-1])) if earlier else "nothing"
            lines += [f"  # {rule.about} ({rule.shape}); before: {before}", f"  {rule.id}: "]
    return "\n".join(lines)


def store(path: Path, completion: Completion, directory: Path) -> Path:
    """Keep the file as ``<set>.yml`` in the directory of completions; an older one is kept beside it."""
    directory.mkdir(parents=True, exist_ok=True)
    target = directory / f"{completion.set}.yml"
    if target.exists():
        names = (directory / f"{target.name}.{number}" for number in itertools.count(1))
        shutil.copyfile(target, next(name for name in names if not name.exists()))
    fresh = directory / f"{target.name}.new"
    shutil.copyfile(path, fresh)
    fresh.replace(target)
    return target


def completed(rules: Mapping[str, Rule], directory: Path) -> Mapping[str, Rule]:
    """The rules with every completion of the directory in place. Raises ``RulesError`` for a file with a fault.

    The file of a set that a newer version of the product has completed itself is left aside.
    """
    found = dict(rules)
    complete = {version.value for version in rules[SET_RULE].versions if version.status == "in_force"}
    for path in sorted(directory.glob("*.yml")):
        if path.stem not in complete:
            found.update(_applied(read(path, rules), found))
    return found


def _applied(completion: Completion, rules: Mapping[str, Rule]) -> Iterator[tuple[str, Rule]]:
    source = Source(completion.url, f"Read by {completion.reader}", completion.read_on)
    for rule_id in (*completion.rules, SET_RULE):
        rule = rules[rule_id]
        version = version_of(rule, completion.set, rules)
        value = completion.set if rule_id == SET_RULE else shapes.named(rule.shape, completion.rules[rule_id])
        filled = replace(
            version,
            value=value,
            status="in_force",
            sources=(source,),
            verified_on=completion.read_on,
            verified_by=completion.reader,
            confidence="high",
            missing=None,
            note=completion.note,
            completed=True,
        )
        versions = tuple(filled if other is version else other for other in rule.versions)
        yield rule_id, replace(rule, versions=versions)
