"""The generated parts of ``domain.yml``: one slot, one entity and one asking action per fact.

``assistant rasa domain`` writes them between the marks in the file; a test fails when they drift
from the vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.facts import vocabulary

BEGIN = "# --- from bot/facts/vocabulary.yml: {part} ---"
END = "# --- end of {part} ---"


def generated(part: str) -> str:
    """The text of one generated part: ``slots``, ``entities``, ``questions`` or ``form``."""
    return "".join(f"{line}\n" for line in _PARTS[part]())


def rewrite(path: Path) -> bool:
    """Bring the generated parts of a domain file up to date. True if anything changed."""
    before = text = path.read_text(encoding="utf-8")
    for part in _PARTS:
        begin, end = BEGIN.format(part=part), END.format(part=part)
        head, found, rest = text.partition(begin)
        _, closed, tail = rest.partition(end)
        if not found or not closed:
            raise ValueError(f"{path.name}: the marks of the part {part!r} are missing")
        indent = head.rpartition("\n")[2]
        text = f"{head}{begin}\n{generated(part)}{indent}{end}{tail}"
    if text != before:
        path.write_text(text, encoding="utf-8")
    return text != before


def _slots() -> Iterator[str]:
    for fact_id in vocabulary():
        yield f"  {fact_id}:"
        yield "    type: any"
        yield "    influence_conversation: false"
        yield "    mappings:"
        yield f"      - {{type: from_entity, entity: {fact_id}}}"


def _entities() -> Iterator[str]:
    yield from (f"  - {fact_id}" for fact_id in vocabulary())


def _questions() -> Iterator[str]:
    yield from (f"  - action_ask_{fact.id}" for fact in vocabulary().values())


def _form() -> Iterator[str]:
    yield from (f"      - {fact.id}" for fact in vocabulary().values())


_PARTS = {"slots": _slots, "entities": _entities, "questions": _questions, "form": _form}
