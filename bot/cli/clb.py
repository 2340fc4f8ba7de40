"""``assistant clb``: one test score as a level of the CLB or the NCLC."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Annotated, Any

import typer

from bot.cli.streams import LineError, day_of, only, standard
from bot.facts.faults import shown
from bot.rules import RuleDateError, rulebook
from bot.rules.language import NotOnScaleError, language_rules
from bot.rules.shapes import ABILITIES

LOWEST = 4
NEEDED = ("test", "ability", "score")
KEYS = ("id", *NEEDED, "as_of")


def clb(
    test: Annotated[str | None, typer.Argument(help="As ielts_general or tef_canada_2023.")] = None,
    ability: Annotated[str | None, typer.Argument(help="reading, writing, listening or speaking.")] = None,
    score: Annotated[float | None, typer.Argument(help="The score on the scale of the test.")] = None,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Day of the tables; today if left out.")
    ] = None,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read {id, test, ability, score} lines and write {id, clb} lines.")
    ] = False,
) -> None:
    """Print the level of one score; `tef_canada` is the scale that Express Entry takes.

    Below CLB 4 there is no level: the command prints "below 4", and null with --jsonl.
    """
    on = as_of.date() if as_of else date.today()
    if jsonl:
        standard(lambda line: _line(line, on))
        return
    if test is None or ability is None or score is None:
        raise typer.BadParameter("give TEST, ABILITY and SCORE, or --jsonl")
    try:
        found = level(test, ability, score, on)
    except LineError as error:
        raise typer.BadParameter(str(error)) from None
    typer.echo(f"below {LOWEST}" if found is None else str(found))


def level(test: Any, ability: Any, score: float, on: date) -> int | None:
    """The level of one score; None below 4. Raises ``LineError`` naming what is wrong."""
    try:
        tables = language_rules(rulebook().at(on))
    except RuleDateError as error:
        raise LineError(f"as_of: {error}") from None
    if test not in tables.tables:
        raise LineError(f"test: {shown(test)} is not one of {', '.join(sorted(tables.tables))} (as of {on})")
    if ability not in ABILITIES:
        raise LineError(f"ability: {shown(ability)} is not one of {', '.join(ABILITIES)}")
    try:
        found = tables.level(test, ability, score)
    except NotOnScaleError as error:
        raise LineError(f"score: {error}") from None
    return found if found >= LOWEST else None


def _line(data: dict[str, Any], on: date) -> dict[str, Any]:
    only(data, KEYS)
    for key in NEEDED:
        if data.get(key) is None:
            raise LineError(f"{key}: this key is needed")
    score = data["score"]
    if isinstance(score, bool) or not isinstance(score, int | float) or math.isnan(score):
        raise LineError(f"score: {shown(score)} is not a number")
    return {"clb": level(data["test"], data["ability"], score, day_of(data, on))}
