"""Rasa inside our process: start-up, the agent, NLU components, in-process actions, one turn."""

from __future__ import annotations

from bot.dialogue.agent import DialogueError, RasaDialogue
from bot.dialogue.training import ensure
from bot.settings import Settings

__all__ = ["DialogueError", "RasaDialogue", "load"]


async def load(settings: Settings) -> RasaDialogue:
    """The dialogue for these settings; trains the model first if its sources have changed."""
    model, _ = ensure(settings.model_dir)
    return await RasaDialogue.load(settings, model)
