"""``assistant understand``: what a message tells of a person, what was seen but not taken, and why."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from bot.facts import vocabulary
from bot.understanding import Reading, read
from bot.understanding.language import Language


def understand(
    text: Annotated[str | None, typer.Argument(help="A message, as a visitor would write it.")] = None,
    asked: Annotated[str | None, typer.Option(help="Id of the fact that was just asked for.")] = None,
    lang: Annotated[str | None, typer.Option(help="Language of the conversation: en or fr.")] = None,
    as_of: Annotated[str | None, typer.Option(help="The day that counts as today (YYYY-MM-DD).")] = None,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help='Read lines {"id", "text", "asked", "lang"} from the file TEXT, or from standard input without it, '
            "and write one JSON object a line.",
        ),
    ] = False,
) -> None:
    """Print the facts found in TEXT, the words they came from, and what was not taken and why."""
    today = _day(as_of)
    if jsonl:
        for line in _lines(text):
            typer.echo(json.dumps(line_result(line, today), ensure_ascii=False))
        return
    if text is None:
        raise typer.BadParameter("give a TEXT, or --jsonl")
    typer.echo(
        json.dumps(result(text, asked=asked, language=_language(lang), as_of=today), ensure_ascii=False, indent=2)
    )


def line_result(line: str, as_of: date) -> dict[str, Any]:
    """One line of ``--jsonl`` read; a line that is not what it should be gives ``{"error": ...}``."""
    try:
        request = json.loads(line)
        text = request["text"]
        if not isinstance(text, str):
            raise TypeError("text must be a string")
        read_as = result(text, asked=request.get("asked"), language=_language(request.get("lang")), as_of=as_of)
    except (ValueError, KeyError, TypeError, typer.BadParameter) as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {"id": request.get("id"), **read_as}


def result(text: str, *, asked: str | None, language: Language | None, as_of: date) -> dict[str, Any]:
    """JSON-ready reading of ``text``."""
    if asked is not None and asked not in vocabulary():
        raise typer.BadParameter(f"asked: {asked!r} is not a fact of the vocabulary")
    return as_json(read(text, asked=asked, language=language, as_of=as_of))


def as_json(reading: Reading) -> dict[str, Any]:
    """``facts`` by id, ``found`` with spans, ``not_taken`` with reasons, ``language`` and ``state``."""
    return {
        "language": reading.language,
        "state": reading.state,
        "facts": {found.fact: _plain(found.value) for found in reading.facts},
        "found": [
            {
                "fact": found.fact,
                "value": _plain(found.value),
                "whose": _whose(found.fact),
                "span": list(found.span),
                "said": found.said,
                "estimated": found.estimated,
                "certainty": found.certainty,
            }
            for found in reading.facts
        ],
        "not_taken": [
            {
                "fact": one.fact,
                "reason": one.reason,
                "span": list(one.span),
                "said": one.said,
                "options": [_plain(option) for option in one.options],
                "value": _plain(one.value),
            }
            for one in reading.not_taken
        ],
    }


def _whose(fact: str) -> str:
    return "partner" if fact.startswith("spouse_") else "applicant"


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if hasattr(value, "__slots__"):
        return {name: _plain(getattr(value, name)) for name in value.__slots__}
    return value


def _lines(file: str | None) -> Iterator[str]:
    if file is None or file == "-":
        yield from (line for line in sys.stdin if line.strip())
        return
    try:
        with Path(file).open(encoding="utf-8") as lines:
            yield from (line for line in lines if line.strip())
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}") from None


def _language(lang: str | None) -> Language | None:
    if lang in (None, "en", "fr"):
        return cast("Language | None", lang)
    raise typer.BadParameter(f"lang must be en or fr, not {lang!r}")


def _day(written: str | None) -> date:
    if written is None:
        return date.today()
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise typer.BadParameter(f"as-of must be a day such as 2026-11-22, not {written!r}") from None
