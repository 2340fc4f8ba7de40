"""``assistant ask``: the answer to a question, found by the trained model as in a conversation."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import typer

from bot.facts import Profile
from bot.firm import load_firm
from bot.knowledge.answer import Answer
from bot.knowledge.catalogue import Language
from bot.knowledge.finding import Ranking, certain, closest, offer
from bot.knowledge.firm import FirmWords
from bot.knowledge.replies import fixed_reply
from bot.knowledge.rounds_asked import RoundsAsked
from bot.knowledge.topics import answer
from bot.knowledge.wording import plain
from bot.settings import settings
from bot.understanding import detect_language

MOST_ALTERNATIVES = 3
A_QUESTION = 0.3
"""Certainty that a message is what it is taken for, as in a conversation."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was looked up: ``ranking`` of the first question in it, and every answer."""

    ranking: Ranking
    answers: tuple[Answer, ...]

    def to_dict(self) -> dict[str, Any]:
        """``topic``, ``score``, ``alternatives`` and ``answer`` as plain text."""
        topic, score = self.ranking[0] if self.ranking else (None, 0.0)
        return {
            "topic": topic,
            "score": round(score, 4),
            "alternatives": [
                {"topic": other, "score": round(share, 4)} for other, share in self.ranking[1 : 1 + MOST_ALTERNATIVES]
            ],
            "answer": "\n\n".join(_text(said) for said in self.answers),
        }


def ask(
    question: Annotated[str, typer.Argument(metavar="TEXT", help="A question in English or French.")] = "",
    lang: Annotated[str, typer.Option(help="en or fr; otherwise the language of the question.")] = "",
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl",
            help='Read {"id", "text", "lang"} a line from standard input; '
            'write {"id", "topic", "score", "alternatives", "answer"}.',
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Answer a question about Express Entry, with topic, certainty and alternatives."""
    if lang not in ("", "en", "fr"):
        raise typer.BadParameter("write en or fr", param_hint="--lang")
    if not jsonl and not question.strip():
        raise typer.BadParameter("give a question, or --jsonl and lines on standard input")
    asyncio.run(_ask(question, lang, jsonl=jsonl, as_json=as_json))


async def _ask(question: str, lang: str, *, jsonl: bool, as_json: bool) -> None:
    from bot.dialogue import load

    configured = settings()
    dialogue = await load(configured)
    words = load_firm(configured.firm_config).words
    if not jsonl:
        found = (await look_up(dialogue, question, lang, words)).to_dict()
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2) if as_json else found["answer"])
        return
    for line in sys.stdin:
        if line.strip():
            typer.echo(json.dumps(await _line(dialogue, line, lang, words), ensure_ascii=False))


async def _line(dialogue: Any, line: str, lang: str, words: Callable[[Language], FirmWords]) -> dict[str, Any]:
    try:
        entry = json.loads(line)
        text, spoken = str(entry["text"]), str(entry.get("lang") or lang)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return {"id": None, "error": f"not a question: {error!r}"}
    return {"id": entry.get("id"), **(await look_up(dialogue, text, spoken, words)).to_dict()}


async def look_up(dialogue: Any, text: str, lang: str, words: Callable[[Language], FirmWords]) -> Asked:
    """What a conversation would answer to somebody of whom nothing is known."""
    language: Language = "fr" if (lang or detect_language(text)) == "fr" else "en"
    parsed = await dialogue.understood(text)
    found = parsed.get("questions") or [parsed.get("topics") or []]
    rankings = [[(item["topic"], item["confidence"]) for item in ranking] for ranking in found]
    rounds = RoundsAsked.named(parsed.get("follow_up") or {})
    if rounds is not None:
        rankings = [[(rounds.topic, rankings[0][0][1]), *rankings[0][1:]]]
    firm = words(language)
    intent = parsed["intent"]
    if intent["confidence"] >= A_QUESTION and (reply := fixed_reply(str(intent["name"]), language, firm)):
        return Asked(rankings[0], (reply,))
    return Asked(rankings[0], tuple(_answered(ranking, language, firm, rounds) for ranking in rankings))


def _answered(ranking: Ranking, language: Language, firm: FirmWords, rounds: RoundsAsked | None) -> Answer:
    topic = certain(ranking) if sum(certainty for _, certainty in ranking) >= A_QUESTION else None
    if topic is None:
        return offer(closest(ranking), language)
    return answer(topic, language=language, as_of=date.today(), profile=Profile(), firm=firm, rounds=rounds)


def _text(said: Answer) -> str:
    """The answer as text; what it offers to choose from as a list."""
    choices = [f"- {button.title}" for button in said.buttons] if said.kind == "question" else []
    return "\n".join([plain(said), *choices])
