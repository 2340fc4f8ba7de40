"""Routes of the console. Each says in its decorator who may use it; one that does not cannot be written."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

ANYBODY: Final = "anybody"
"""Without an account: logging in, and accepting an invitation."""
HALF_WAY: Final = "half-way"
"""With the right password, while the second factor is awaited."""
MEMBER: Final = "member"
"""With any account: one's own page."""


@dataclass(frozen=True, slots=True)
class Route:
    """``needs``: a permission of ``roles.yml``, or one of the three above."""

    method: str
    path: str
    needs: str
    handler: Handler


class Routes(list[Route]):
    """The routes of one module."""

    def get(self, path: str, *, needs: str) -> Callable[[Handler], Handler]:
        return self._add("GET", path, needs)

    def post(self, path: str, *, needs: str) -> Callable[[Handler], Handler]:
        return self._add("POST", path, needs)

    def _add(self, method: str, path: str, needs: str) -> Callable[[Handler], Handler]:
        def add(handler: Handler) -> Handler:
            self.append(Route(method, path, needs, handler))
            return handler

        return add
