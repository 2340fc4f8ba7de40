"""Read rule files, check them, and put them together into a book of rules."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from bot import files
from bot.rules import shapes
from bot.rules.errors import RulesError
from bot.rules.model import Rule, Source, Version
from bot.rules.schema import Defaults, RuleEntry, RuleFile, SourceEntry, SubjectEntry, VersionEntry

DATA = Path(__file__).with_name("data")
ONE_DAY = timedelta(days=1)
MERGE = "<<"
_Model = TypeVar("_Model", bound=BaseModel)


def load(directory: Path = DATA) -> Mapping[str, Rule]:
    """Every rule below ``directory`` by id. Raises ``RulesError`` naming file, key and mend."""
    sources = _register(directory / "sources.yml", SourceEntry, "sources")
    subjects = _register(directory / "subjects.yml", SubjectEntry, "subjects")
    known = {key: Source(entry.url, entry.about, entry.read) for key, entry in sources.items()}
    rules: dict[str, Rule] = {}
    for path in sorted(directory.glob("*/**/*.yml")):
        for rule in _rules(path, directory, known, subjects):
            if rule.id in rules:
                raise RulesError(f"{rule.file}: {rule.id}: stands in {rules[rule.id].file} too; keep one of them")
            rules[rule.id] = rule
    for rule_id in rules:
        parent = rule_id.rpartition(".")[0]
        while parent:
            if parent in rules:
                raise RulesError(f"{rules[rule_id].file}: {rule_id}: {parent} is a rule itself; choose another id")
            parent = parent.rpartition(".")[0]
    return rules


class _Reader(files.Loader):  # type: ignore[misc]
    """YAML without the silent loss of a key that stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for key in keys:
            if key != MERGE and keys.count(key) > 1:
                raise ValueError(f"the key {key!r} stands twice, {str(node.start_mark).strip()}")
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return mapping


def read_yaml(path: Path) -> Any:
    """The content of a YAML file. Raises ``RulesError`` naming the file and the line."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Reader)  # noqa: S506
    except FileNotFoundError:
        raise RulesError(f"{path}: the file is missing") from None
    except (yaml.YAMLError, ValueError) as error:
        raise RulesError(f"{path}: not readable as YAML: {' '.join(str(error).split())}") from None


def first_fault(error: ValidationError) -> str:
    """The first fault of a pydantic error as ``key: what is wrong``."""
    fault = error.errors()[0]
    where = ".".join(str(part) for part in fault["loc"]) or "the file"
    return f"{where}: {fault['msg'].removeprefix('Value error, ')}"


def _register(path: Path, model: type[_Model], key: str) -> dict[str, _Model]:
    content = read_yaml(path)
    try:
        return TypeAdapter(dict[str, model]).validate_python((content or {}).get(key))  # type: ignore[valid-type]
    except ValidationError as error:
        raise RulesError(f"{path.name}: {key}.{first_fault(error)}") from None


def _rules(
    path: Path, directory: Path, sources: Mapping[str, Source], subjects: Mapping[str, SubjectEntry]
) -> Iterator[Rule]:
    name = path.relative_to(directory).as_posix()
    content = read_yaml(path)
    try:
        file = RuleFile.model_validate(content)
    except ValidationError as error:
        raise RulesError(f"{name}: {_named(content, error)}") from None
    if file.subject not in subjects:
        raise RulesError(f"{name}: subject: {file.subject!r} is not in subjects.yml")
    for entry in file.rules:
        try:
            versions = tuple(_versions(entry, file.defaults, sources, path))
        except ValueError as error:
            raise RulesError(f"{name}: {entry.id}: {error}") from None
        yield Rule(
            id=entry.id,
            about=entry.about,
            shape=entry.shape,
            unit=entry.unit,
            legal=entry.legal or file.defaults.legal,
            subject=file.subject,
            stale_after_days=subjects[file.subject].stale_after_days,
            file=name,
            versions=versions,
        )


def _versions(entry: RuleEntry, defaults: Defaults, sources: Mapping[str, Source], path: Path) -> Iterator[Version]:
    for version, following in zip(entry.versions, [*entry.versions[1:], None], strict=True):
        where = f"versions from {version.effective_from}"
        value = _with_file(version.value, path)
        if value is not None:
            try:
                shapes.check(entry.shape, value)
            except ValueError as error:
                raise ValueError(f"{where}: value: {error}") from None
            value = shapes.named(entry.shape, value)
        names = version.sources or defaults.sources
        if not names:
            raise ValueError(f"{where}: sources: name at least one source of sources.yml")
        unknown = [name for name in names if name not in sources]
        if unknown:
            raise ValueError(f"{where}: sources: {unknown[0]!r} is not in sources.yml")
        verified_on = version.verified_on or defaults.verified_on
        if verified_on is None:
            raise ValueError(f"{where}: verified_on: give the day on which the value was verified")
        yield Version(
            rule_id=entry.id,
            value=value,
            unit=entry.unit,
            effective_from=version.effective_from,
            effective_to=_end(version, following),
            status=version.status,
            sources=tuple(sources[name] for name in names),
            verified_on=verified_on,
            verified_by=version.verified_by or defaults.verified_by,
            confidence=version.confidence or defaults.confidence,
            disputed=version.disputed,
            missing=(version.missing or version.reason) if value is None else None,
            note=version.note if value is None else _joined(version.note, version.missing),
            needs_check_since=version.check.since if version.check else None,
            confirmed=version.check.confirmed if version.check else None,
            check_reason=version.check.why if version.check else None,
            expected_newer=version.check.since if version.check and version.check.stale else None,
        )


def _end(version: VersionEntry, following: VersionEntry | None) -> date | None:
    """The last day of a version. Raises ValueError for a gap or an overlap with the next."""
    start, end = version.effective_from, version.effective_to
    if end is not None and end < start:
        raise ValueError(f"version from {start}: to: {end} lies before its first day")
    if following is None:
        return end
    last = following.effective_from - ONE_DAY
    if last < start:
        raise ValueError(f"version from {following.effective_from}: must come after the one from {start}")
    if end is not None and end != last:
        fault = "a gap" if end < last else "an overlap"
        raise ValueError(f"version from {start}: to: {end} leaves {fault}; the next one starts {last + ONE_DAY}")
    return last


def _with_file(value: Any, path: Path) -> Any:
    """The rows of the CSV file that a value names, or the value itself."""
    if not isinstance(value, dict) or set(value) != {"file"}:
        return value
    source = path.with_name(str(value["file"]))
    try:
        with source.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))
    except OSError:
        raise ValueError(f"value.file: {source.name} is missing beside {path.name}") from None


def _joined(*notes: str | None) -> str | None:
    return " ".join(note for note in notes if note) or None


def _named(content: Any, error: ValidationError) -> str:
    """A fault with the id of the rule instead of its place in the list."""
    fault = error.errors()[0]
    where: Sequence[Any] = fault["loc"]
    if len(where) >= 2 and where[0] == "rules" and isinstance(where[1], int):
        rule_id = content["rules"][where[1]].get("id", f"rule {where[1] + 1}") if isinstance(content, dict) else ""
        rest = ".".join(str(part) for part in where[2:])
        return f"{rule_id}: {rest}: {fault['msg'].removeprefix('Value error, ')}"
    return first_fault(error)
