"""``python -m bot.cli``: the same as ``assistant``."""

from bot.cli import app

app()
