"""Rasa inside our process: start-up, the agent, NLU components, in-process actions, one turn."""

from __future__ import annotations

from bot.dialogue import unused
from bot.dialogue.agent import DialogueError, RasaDialogue
from bot.dialogue.training import ROOT, ensure_elsewhere
from bot.intake.database import Database
from bot.knowledge.catalogue import catalogue
from bot.knowledge.topics import topics
from bot.rules import rulebook
from bot.settings import Settings

__all__ = ["DialogueError", "RasaDialogue", "load"]


async def load(settings: Settings, database: Database | None = None) -> RasaDialogue:
    """The dialogue for these settings, in a process that only answers; trains the model first if need be.

    ``database``: the turn engine's, which writes the events of a turn together with its answers.
    """
    check_content()
    model = ensure_elsewhere(settings.model_dir)
    unused.install(ROOT / "config.yml", settings.endpoints)
    return await RasaDialogue.load(settings, model, settings.endpoints, database)


def check_content() -> None:
    """Read everything the assistant may say, so that a fault in a file is told at start and not to a visitor."""
    catalogue()
    topics()
    rulebook()
