"""``assistant subject``: what is kept about one person, shown, given out and erased."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from sqlalchemy.orm import Session

from bot.cli.storage import fail, print_json, read, write
from bot.firm import load_firm
from bot.intake import erasure, retention, subject
from bot.intake.erasure import Erased
from bot.intake.sealing import Seal
from bot.intake.staff import audit
from bot.intake.subject import UnknownSubjectError
from bot.knowledge.catalogue import Language
from bot.settings import settings

app = typer.Typer(help="What is kept about one person: show, export, erase.", no_args_is_help=True)
Person = Annotated[
    str,
    typer.Argument(help="A lead's number (L-0042), an e-mail address, a phone number, a name or a conversation id."),
]


@app.command()
def show(
    person: Person,
    language: Annotated[Language, typer.Option(help="Language of the text.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, with the firm's own notes.")] = False,
) -> None:
    """Show everything that is kept about a person."""
    found = _everything(person, internal=as_json)
    if as_json:
        print_json(found)
    else:
        typer.echo(subject.readable(found, language), nl=False)


@app.command()
def export(
    person: Person,
    target: Annotated[Path, typer.Option("--to", help="File to write: .json for programs, .txt to read.")],
    language: Annotated[Language, typer.Option(help="Language of the text.")] = "en",
) -> None:
    """Write a copy of everything for the person to have, without what the firm noted for itself."""
    found = _everything(person, internal=False)
    written = subject.as_json(found) if target.suffix == ".json" else subject.readable(found, language)
    try:
        target.write_text(written, encoding="utf-8")
    except OSError as error:
        fail(f"{target}: {error.strerror}")
    _audit("subject.export", found)
    typer.echo(f"Written: {target}")


@app.command()
def erase(
    person: Person,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase everything about a person, also in Rasa's store; a tombstone, proofs of consent and counts stay."""
    found = read(_find, person)
    if not yes:
        typer.confirm(f"{len(found)} conversation(s) of {person} will be erased for good. Go on?", abort=True)
    erased = write(_erase, found)
    for one in erased:
        typer.echo(
            f"Erased: {one.counts['messages']} messages, {one.counts['leads']} leads. Tombstone {one.subject_hash}"
        )


@app.command()
def tombstones(
    target: Annotated[Path | None, typer.Option("--to", help="File to write; without it they are printed.")] = None,
) -> None:
    """List the tombstones of everybody who was erased. Keep them beside the backups, not in them."""
    lines = "".join(f"{one}\n" for one in read(erasure.tombstones))
    if target is None:
        typer.echo(lines, nl=False)
        return
    try:
        target.write_text(lines, encoding="ascii")
    except OSError as error:
        fail(f"{target}: {error.strerror}")


@app.command()
def replay(
    source: Annotated[Path, typer.Argument(help="Tombstones written by `assistant subject tombstones`.")],
) -> None:
    """After a backup was put back: erase again whoever was erased since it was made."""
    try:
        hashes = set(source.read_text(encoding="ascii").split())
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{source}: {error}")
    typer.echo(f"Erased again: {write(erasure.erase_again, hashes)}")


@app.command()
def sweep() -> None:
    """Erase now what is kept no longer; the running assistant does it every hour by itself."""
    typer.echo(f"Erased: {write(_sweep)} conversations")


def _sweep(session: Session, seal: Seal) -> int:
    kept = load_firm(settings().firm_config).retention
    due = retention.due(session, seal, kept)
    for conversation_id in due:
        erasure.erase(session, seal, conversation_id, "retention")
    retention.sweep_others(session, seal, kept)
    return len(due)


def _everything(person: str, *, internal: bool) -> dict[str, Any]:
    return read(_collect, person, internal)


def _collect(session: Session, seal: Seal, person: str, internal: bool) -> dict[str, Any]:
    conversations = _find(session, seal, person)
    kept = [subject.everything(session, seal, one, internal=internal)["conversations"] for one in conversations]
    unique = {spoken["id"]: spoken for spokens in kept for spoken in spokens}
    return {"conversations": list(unique.values())}


def _find(session: Session, seal: Seal, person: str) -> list[str]:
    try:
        return subject.find(session, seal, person)
    except UnknownSubjectError:
        fail(f"Nobody is kept under {person}. `assistant leads` lists whom there is.")


def _erase(session: Session, seal: Seal, conversations: list[str]) -> list[Erased]:
    erased = [one for found in conversations for one in erasure.erase(session, seal, found, "staff")]
    for one in erased:
        audit.record(session, seal, actor=audit.COMMAND_LINE, action="subject.erased", subject=one.subject_hash)
    return erased


def _audit(action: Literal["subject.export"], found: dict[str, Any]) -> None:
    for spoken in found["conversations"]:
        write(audit.record, actor=audit.COMMAND_LINE, action=action, subject=spoken["id"])
