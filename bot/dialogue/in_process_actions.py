"""The custom actions, run in this process: Rasa's action endpoint without a network between.

``endpoints.yml`` with an ``action_endpoint`` url replaces it by a separate action server.
"""

from __future__ import annotations

import json
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

ACTIONS_PACKAGE = "actions"


class ActionFailedError(BaseException):
    """A custom action raised.

    Not an ``Exception``: Rasa would swallow that and save the conversation half way through a turn.
    This one ends the turn, so that the conversation stays where it was before the message.
    """


class InProcessActions(EndpointConfig):
    """Hands Rasa's action calls to the SDK's executor."""

    def __init__(self) -> None:
        super().__init__(url="in-process:", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(ACTIONS_PACKAGE)

    @property
    def names(self) -> frozenset[str]:
        """Names of the custom actions that are there."""
        return frozenset(self._executor.actions)

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Run one action. A rejection becomes the error that Rasa expects from a server."""
        call = kwargs["json"]
        try:
            return await self._executor.run(call)
        except ActionExecutionRejection as rejection:
            body = json.dumps({"error": str(rejection), "action_name": rejection.action_name})
            raise ClientResponseError(400, "", body) from None
        except Exception as error:
            raise ActionFailedError(call["next_action"]) from error
