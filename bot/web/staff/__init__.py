"""The console of the firm's own people, at ``/staff``: pages made by the server, htmx for what changes in them."""

from bot.web.staff.app import staff_app

__all__ = ["staff_app"]
