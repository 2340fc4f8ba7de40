"""``assistant demo``: leads of people who do not exist, for a first look at the console."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer
from sqlalchemy.orm import Session

from bot.cli.run import StartError, prepare
from bot.cli.storage import database, fail
from bot.firm import FirmError, load_firm
from bot.intake import demo as people
from bot.intake.leads import count_leads
from bot.intake.sealing import Seal
from bot.intake.staff import accounts
from bot.settings import settings


def demo(
    number: Annotated[int, typer.Option("--leads", min=1, max=5000, help="How many people.")] = 40,
    more: Annotated[bool, typer.Option("--more", help="Also where there are leads already.")] = False,
) -> None:
    """Fill the database with believable leads of people who do not exist."""
    used = database()
    if settings().production:
        fail("ENVIRONMENT=production: invented people have no place among real ones.")
    try:
        prepare(used)
        with used.session() as session:
            if count_leads(session, used.seal) and not more:
                fail("There are leads already. Take another database (DATABASE_URL), or add to this one with --more.")
            made = _fill(session, used.seal, number)
    except (StartError, FirmError) as error:
        fail(str(error))
    finally:
        used.close()
    typer.echo(f"{made} leads of people who do not exist. See them: `assistant leads`, or /staff in the browser.")


def _fill(session: Session, seal: Seal, number: int) -> int:
    staff = [account.id for account in accounts.accounts(session, seal) if not account.disabled and not account.invited]
    return people.fill(session, seal, number, date.today(), load_firm(settings().firm_config).name, staff=staff)
