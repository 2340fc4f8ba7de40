"""The public server: page, widget, plain page and the API that they use."""

from bot.web.app import create_app

__all__ = ["create_app"]
