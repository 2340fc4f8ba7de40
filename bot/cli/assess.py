"""``assistant assess``: one profile, a stream of profiles, or a spreadsheet of leads."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer
import yaml
from rich.console import Console

from bot.assessment import assess as assess_profile
from bot.cli.report import print_report
from bot.cli.spreadsheet import SpreadsheetError, score_spreadsheet
from bot.cli.streams import LineError, day_of, only, standard
from bot.facts import Profile
from bot.facts.faults import WHOLE
from bot.facts.interchange import InterchangeError, from_interchange
from bot.rules import RuleDateError, RulesError, rulebook

KEYS = ("id", "as_of", "profile")


def assess(
    file: Annotated[Path | None, typer.Argument(help="Profile in YAML or JSON; - reads standard input.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="Day of the assessment; today if left out.")
    ] = None,
    language: Annotated[
        Literal["en", "fr"], typer.Option("--language", "-l", help="Language of the report or of the spreadsheet.")
    ] = "en",
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="Read {id, as_of, profile} lines and write one result per line.")
    ] = False,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Score a spreadsheet whose columns are named by facts.")
    ] = None,
    core: Annotated[
        bool, typer.Option("--core", help="With --json or --jsonl: score, language and programs alone, much faster.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where --csv writes; standard output if left out.")
    ] = None,
) -> None:
    """Assess a profile on a day: score, programs, what moves the score, rounds, documents, risks, timeline."""
    on = as_of.date() if as_of else date.today()
    _check_rules(on)
    if jsonl:
        standard(lambda line: _line(line, on, complete=not core))
    elif csv is not None:
        try:
            score_spreadsheet(csv, output, on, language)
        except SpreadsheetError as error:
            _stop(str(error))
    elif file is not None:
        found = assess_profile(_read(file, on), on)
        if as_json:
            typer.echo(json.dumps(found.to_dict(complete=not core), ensure_ascii=False, indent=2))
        else:
            print_report(found, language, Console())
    else:
        raise typer.BadParameter("give a FILE, --jsonl or --csv FILE")


def _line(data: dict[str, Any], on: date, *, complete: bool) -> dict[str, Any]:
    """One line of a stream as a result."""
    only(data, KEYS)
    asked = day_of(data, on)
    try:
        profile = from_interchange(data.get("profile") if data.get("profile") is not None else {}, on=asked)
        return assess_profile(profile, asked).to_dict(complete=complete)
    except InterchangeError as error:
        said = str(error)
        raise LineError(said if said.startswith(WHOLE) else f"profile.{said}") from None
    except RuleDateError as error:
        raise LineError(f"as_of: {error}") from None


def _read(file: Path, on: date) -> Profile:
    """The profile in a file, or in standard input for ``-``."""
    name = "standard input" if str(file) == "-" else str(file)
    try:
        content = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
        return from_interchange(yaml.safe_load(content), on=on)
    except OSError as error:
        _stop(f"{name}: {error.strerror}")
    except InterchangeError as error:
        _stop(f"{name}: {error}")
    except UnicodeDecodeError:
        _stop(f"{name}: not UTF-8 text")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        _stop(f"{name}: not readable as YAML or JSON: {' '.join(str(error).split())}")


def _check_rules(on: date) -> None:
    try:
        rulebook().at(on)
    except RuleDateError as error:
        raise typer.BadParameter(str(error), param_hint="--as-of") from None
    except RulesError as error:
        _stop(f"Rules: {error}")


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)
