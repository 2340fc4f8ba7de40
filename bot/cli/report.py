"""An assessment as a report for the terminal."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from bot.assessment import Assessment
from bot.knowledge.catalogue import Language, number
from bot.knowledge.notices import result_notices
from bot.knowledge.results import result_card

MARK = {True: "[green]✓[/]", False: "[red]✗[/]", None: "[yellow]?[/]"}


def print_report(assessment: Assessment, language: Language, console: Console) -> None:
    """Print the answer, the programs with their conditions, the score line by line, its parts, and the notes."""
    card = result_card(assessment, language)
    console.print(f"[bold]{escape(card['heading'])}[/]\n")
    total = card["total"]
    console.print(f"[bold]{escape(total['label'])}[/]  {_figure(total, language)}  [dim]{escape(card['rules'])}[/]\n")
    console.print(_table(((None, section) for section in card["sections"]), language))
    for program in card["programs"]:
        console.print(f"\n[bold]{escape(program['name'])}[/]  {escape(program['answer_label'])}")
        for condition in program["conditions"]:
            console.print(f"  {MARK[condition['met']]} {escape(condition['text'])}")
        if program["grid"]:
            console.print(Padding(_table(((None, factor) for factor in program["grid"]), language), (0, 0, 0, 4)))
        if program["missing"]:
            console.print(f"  [yellow]…[/] {escape('; '.join(program['missing']))}")
    console.print()
    console.print(_table(((line["detail"], line) for line in card["lines"] if line["max"]), language))
    for part in card["parts"]:
        _print_part(part, language, console)
    console.print()
    for note in (*card["notes"], *result_notices(assessment.as_of, language)):
        console.print(f"[dim]·[/] {escape(note)}")


def _print_part(part: dict[str, Any], language: Language, console: Console) -> None:
    """A part as everywhere: heading, lead, tables, entries, notes."""
    console.print(f"\n[bold]{escape(part['title'])}[/]  [dim]{escape(part['hint'])}[/]")
    for line in part["lead"]:
        console.print(f"[dim]{escape(line)}[/]")
    for table in part["tables"]:
        rows = Table(*table["head"], box=None, pad_edge=False, header_style="dim")
        for column in rows.columns[1:]:
            column.justify = "right"
        for row in table["rows"]:
            name = f"{escape(row['label'])}\n[dim]{escape(row['detail'])}[/]" if row["detail"] else escape(row["label"])
            rows.add_row(name, f"+{number(row['points'], language)}", number(row["total"], language))
        console.print(rows)
    for item in part["items"]:
        console.print(f"  [bold]{escape(item['label'])}[/]  {escape(item['text'])}")
        for line in item["notes"]:
            console.print(f"    {escape(line)}")
    for line in part["notes"]:
        console.print(f"[dim]{escape(line)}[/]")


def _table(rows: Any, language: Language) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column()
    table.add_column(justify="right")
    for detail, row in rows:
        table.add_row(escape(row["label"]), escape(detail or ""), _figure(row, language))
    return table


def _figure(row: dict[str, Any], language: Language) -> str:
    most = number(row["max"], language)
    if row["points"] is not None:
        return f"{number(row['points'], language)} / {most}"
    if "low" not in row:
        return f"? / {most}"
    return f"{number(row['low'], language)}–{number(row['high'], language)} / {most}"
