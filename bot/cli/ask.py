"""``assistant ask``: the answer to a question, found by the trained model as in a conversation."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import date
from typing import Annotated, Any

import typer

from bot.facts import Profile
from bot.firm import load_firm
from bot.knowledge.catalogue import Language
from bot.knowledge.firm import FirmWords
from bot.knowledge.topics import answer
from bot.knowledge.wording import plain
from bot.settings import settings
from bot.understanding import detect_language


def ask(
    question: Annotated[str, typer.Argument(help="A question in English or French.")] = "",
    lang: Annotated[str, typer.Option(help="en or fr; otherwise the language of the question.")] = "",
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read {"id", "text", "lang"} a line from standard input.')
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Answer a question about Express Entry, with topic, certainty and alternatives."""
    if not jsonl and not question:
        raise typer.BadParameter("give a question, or --jsonl and lines on standard input")
    asyncio.run(_ask(question, lang, jsonl=jsonl, as_json=as_json))


async def _ask(question: str, lang: str, *, jsonl: bool, as_json: bool) -> None:
    from bot.dialogue import load

    configured = settings()
    dialogue = await load(configured)
    firm = load_firm(configured.firm_config)
    if not jsonl:
        found = await _found(dialogue, question, lang, firm.words)
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else found["answer"])
        return
    for line in sys.stdin:
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            found = await _found(dialogue, entry["text"], entry.get("lang") or "", firm.words)
            result = {"id": entry.get("id"), **found}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            result = {"id": None, "error": f"not a question: {error!r}"}
        typer.echo(json.dumps(result, ensure_ascii=False))


async def _found(dialogue: Any, text: str, lang: str, words: Any) -> dict[str, Any]:
    language: Language = "fr" if (lang or detect_language(text)) == "fr" else "en"
    ranking = await dialogue.topics(text)
    if not ranking:
        return {"topic": None, "score": 0.0, "alternatives": [], "answer": ""}
    topic, score = ranking[0]
    firm: FirmWords = words(language)
    said = answer(topic, language=language, as_of=date.today(), profile=Profile(), firm=firm)
    alternatives = [{"topic": other, "score": round(share, 4)} for other, share in ranking[1:4]]
    return {"topic": topic, "score": round(score, 4), "alternatives": alternatives, "answer": plain(said)}
