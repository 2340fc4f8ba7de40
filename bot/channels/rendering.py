"""From an answer to the messages of a channel: whole, in order, each within the channel's limits.

Lines, table, links, sources, notices, then the choices: as buttons where the channel has them, and
always so that they can be typed. A notice is never left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.channels.channel import Choice, Limits, Link, Part
from bot.channels.splitting import packed, shortened
from bot.facts import vocabulary
from bot.knowledge.answer import Answer, Table
from bot.knowledge.catalogue import Language, text
from bot.knowledge.wording import source_line

FIGURES: Final = frozenset({"integer", "number", "date", "jobs", "stays"})
"""Kinds of facts that are answered with figures: there a typed 2 means two, not the second choice."""


def parts(answer: Answer, seq: int, limits: Limits) -> list[Part]:
    """The messages for an answer that is message ``seq`` of its conversation."""
    offered = choices(answer, seq)
    native = _native(offered, limits)
    typed = typed_choices(answer) if offered and (not native or any(c.title != c.whole for c in native)) else []
    result_link = _result_link(answer)
    told = (result_link, *answer.lines)
    links = tuple(Link(b.title, b.href) for b in answer.buttons if b.href and b.href not in told)
    blocks = [*_blocks(answer, result_link)]
    blocks += [] if limits.links else [_pair(link.title, link.url, answer.language) for link in links]
    blocks += ["\n".join(typed)] if typed else []
    limit = min(limits.text, limits.beside_choices) if native and limits.beside_choices else limits.text
    texts = packed([block for block in blocks if block.strip()], limit, limits.units)
    made = [Part(one, language=answer.language) for one in texts or ["…"]]
    made[-1] = replace(made[-1], choices=native, links=links if limits.links else ())
    return made


def choices(answer: Answer, seq: int) -> tuple[Choice, ...]:
    """The answer's buttons that mean something to the dialogue, each with the id that comes back."""
    return tuple(
        Choice(choice_id(seq, place), button.title, button.title)
        for place, button in enumerate(answer.buttons)
        if button.payload and not button.href
    )


def choice_id(seq: int, place: int) -> str:
    """How a button is named outside: the message and its place there. The payload stays with us."""
    return f"c.{seq}.{place}"


def choice_of(choice: str) -> tuple[int, int] | None:
    """Message and place of a choice; None when the id is not one of ours."""
    mark, _, rest = choice.partition(".")
    seq, _, place = rest.partition(".")
    digits = all(part.isascii() and part.isdigit() and len(part) <= 9 for part in (seq, place))
    return (int(seq), int(place)) if mark == "c" and digits else None


def numbered(answer: Answer) -> bool:
    """Whether a typed number may mean a choice."""
    return answer.asks is None or answer.asks not in vocabulary() or vocabulary()[answer.asks].type not in FIGURES


def typed_choices(answer: Answer) -> list[str]:
    """How the choices read where they have to be typed."""
    titles = [button.title for button in answer.buttons if button.payload and not button.href]
    if not numbered(answer):
        return [text("channel.or_write", answer.language, choices=" · ".join(titles))]
    return [f"{number}. {title}" for number, title in enumerate(titles, 1)]


def _native(offered: tuple[Choice, ...], limits: Limits) -> tuple[Choice, ...]:
    """The choices as the channel shows them; none when there are too many for it."""
    if len(offered) <= limits.buttons:
        longest = limits.button_title
    elif len(offered) <= limits.rows:
        longest = limits.row_title
    else:
        return ()
    titles = [shortened(choice.whole, longest) for choice in offered]
    if len(set(titles)) < len(titles):  # cut, two of them look the same
        titles = [shortened(f"{number}. {choice.whole}", longest) for number, choice in enumerate(offered, 1)]
    return tuple(replace(choice, title=title) for choice, title in zip(offered, titles, strict=True))


def _result_link(answer: Answer) -> str | None:
    """The private page of a result, when the answer is one and has a link to it."""
    return next((button.href for button in answer.buttons if button.href), None) if answer.card else None


def _blocks(answer: Answer, result_link: str | None) -> Iterator[str]:
    if answer.author:
        yield f"{answer.author}:"
    if answer.card is not None and result_link:
        yield from _short_result(answer, result_link)
    else:
        yield from answer.lines
        if answer.table is not None:
            yield _listed(answer.table, answer.language)
    for source in answer.sources:
        yield source_line(source, answer.language)
    yield from answer.notices


def _short_result(answer: Answer, result_link: str) -> Iterator[str]:
    card = answer.card or {}
    yield str(card.get("heading") or (answer.lines[0] if answer.lines else ""))
    total = card.get("total")
    if total and total["points"] is not None:
        yield _pair(total["label"], f"{total['points']} / {total['max']} ({card['rules']})", answer.language)
    elif total:
        points = f"{total['low']}–{total['high']} / {total['max']} ({card['rules']})"
        yield _pair(total["label"], points, answer.language)
    yield text("channel.result_link", answer.language, link=result_link)


def _pair(label: str, value: str, language: Language) -> str:
    """A label and what it stands for, with the colon of the language."""
    return text("pair", language, label=label, value=value)


def _listed(table: Table, language: Language) -> str:
    """A table as a list: a row is a line, and a column beyond the second says what it holds."""
    lines = [table.caption] if table.caption else []
    for first, *others in table.rows:
        named = [
            cell if place == 1 or place >= len(table.head) else f"{table.head[place]} {cell}"
            for place, cell in enumerate(others, 1)
        ]
        lines.append(f"• {_pair(first, '; '.join(named), language)}" if named else f"• {first}")
    return "\n".join(lines)
