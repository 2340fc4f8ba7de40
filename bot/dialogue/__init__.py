"""Rasa inside our process: start-up, the agent, NLU components, in-process actions, one turn."""

from __future__ import annotations

from bot.dialogue.agent import DialogueError, RasaDialogue
from bot.dialogue.training import ensure
from bot.knowledge.catalogue import catalogue
from bot.knowledge.topics import topics
from bot.rules import rulebook
from bot.settings import Settings

__all__ = ["DialogueError", "RasaDialogue", "load"]


async def load(settings: Settings) -> RasaDialogue:
    """The dialogue for these settings; trains the model first if its sources have changed."""
    check_content()
    model, _ = ensure(settings.model_dir)
    return await RasaDialogue.load(settings, model, settings.endpoints)


def check_content() -> None:
    """Read everything the assistant may say, so that a fault in a file is told at start and not to a visitor."""
    catalogue()
    topics()
    rulebook()
