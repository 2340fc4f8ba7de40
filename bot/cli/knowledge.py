"""``assistant knowledge``: the topics by review date and by the rules they hang on, and their checks."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.dialogue.nlu.confusable import Confusable, confusable
from bot.knowledge.freshness import due, hanging_on, reviewed
from bot.knowledge.lint import lint as faults
from bot.knowledge.lint_questions import TRAINING, training
from bot.knowledge.topic import Topic
from bot.knowledge.topics import DIRECTORY, topics
from bot.rules import UnknownRuleError

app = typer.Typer(help="Topics of the knowledge base: list, due reviews, checks.", invoke_without_command=True)


@app.callback()
def listing(
    context: typer.Context,
    only_due: Annotated[bool, typer.Option("--due", help="Only topics to read again, with the reason.")] = False,
    depends: Annotated[
        str | None,
        typer.Option("--depends", metavar="RULE", help="Only topics that hang on this rule or group of rules."),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help="As if today were this day (2026-11-22).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")] = False,
) -> None:
    """List topics, those reviewed longest ago first."""
    if context.invoked_subcommand:
        return
    as_of = _day(on)
    found = sorted(topics().values(), key=lambda topic: (topic.reviewed_on, topic.group, topic.id))
    if depends is not None:
        try:
            found = hanging_on(depends, found)
        except UnknownRuleError as error:
            typer.secho(f"{error.args[0]} is not a rule; `assistant rules --references` lists them.", err=True)
            raise typer.Exit(2) from None
    reasons = {topic.id: due(topic, as_of) for topic in found}
    if only_due:
        found = [topic for topic in found if reasons[topic.id]]
    if as_json:
        typer.echo(json.dumps([_data(topic, reasons[topic.id]) for topic in found], ensure_ascii=False, indent=2))
        return
    if not found:
        typer.echo("No topic is due." if only_due else "No topic hangs on this rule.")
        return
    table = Table(
        "Topic", "Group", "Reviewed", "By", "Due because" if only_due else "Hangs on", box=None, pad_edge=False
    )
    for topic in found:
        last = "; ".join(reasons[topic.id]) if only_due else ", ".join(topic.depends_on)
        table.add_row(topic.id, topic.group, topic.reviewed_on.isoformat(), topic.reviewed_by, last)
    Console().print(table)


@app.command()
def lint() -> None:
    """Check every text, topic and training question; ends with 1 if there is a fault."""
    asked = [(text, topic) for (topic, _), texts in training(TRAINING).items() for text in texts]
    found = [*map(str, faults()), *map(_confused, confusable(asked))]
    for fault in found:
        typer.echo(fault)
    if found:
        typer.secho(f"{len(found)} faults.", err=True)
        raise typer.Exit(1)
    typer.echo(f"{len(topics())} topics and all texts are in order.")


@app.command("reviewed")
def reviewed_now(
    ids: Annotated[list[str], typer.Argument(metavar="TOPIC...", help="Topics that were read against their page.")],
    by: Annotated[str, typer.Option("--by", help="Who read them: the firm's licensee.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day, if not today.")] = None,
) -> None:
    """Write into the files of topics that they were read in both languages, under the rules as they are now."""
    day = _day(on)
    if unknown := [topic_id for topic_id in ids if topic_id not in topics()]:
        raise typer.BadParameter(f"{', '.join(unknown)}: there is no such topic", param_hint="TOPIC")
    for topic_id in ids:
        reviewed(DIRECTORY / f"{topic_id}.yml", topics()[topic_id], on=day, by=by)
        typer.echo(f"{topic_id}: reviewed on {day} by {by}")


def _confused(pair: Confusable) -> str:
    return (
        f"data/nlu: {pair.first} and {pair.second}: {pair.share:.0%} of their questions lie nearer to the other topic; "
        "make them differ, or make one topic of the two"
    )


def _day(given: str | None) -> date:
    if given is None:
        return date.today()
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise typer.BadParameter("write the day as 2026-11-22", param_hint="--on") from None


def _data(topic: Topic, reasons: tuple[str, ...]) -> dict[str, object]:
    return {
        "id": topic.id,
        "group": topic.group,
        "reviewed_on": topic.reviewed_on.isoformat(),
        "reviewed_by": topic.reviewed_by,
        "depends_on": list(topic.depends_on),
        "due": list(reasons),
    }
