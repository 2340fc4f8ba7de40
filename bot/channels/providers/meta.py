"""What WhatsApp (Cloud API), Messenger and Instagram have in common: signature, handshake, Graph API.

Requests are signed with the app's secret over the raw body; the address is verified once by a challenge.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any, ClassVar, Final

from aiohttp import ClientSession
from pydantic import SecretStr

from bot.channels.calling import TOO_MANY, call, retry_after
from bot.channels.channel import Channel, ForgedError, Hook, PermanentError, Reason, Reply, TemporaryError
from bot.channels.keys import Keys

SIGNATURE: Final = "x-hub-signature-256"
BUSY: Final = frozenset({4, 32, 613, 80006, 80007, 130429, 131048, 131064})
"""Limits of the app, the page or the number: everything waits."""
PAIR: Final = 131056
"""Limit of what one person may be sent: only theirs wait."""
PAIR_WAIT: Final = 6.0
"""WhatsApp lets one message through to a person every six seconds once a burst is used up."""
PASSING: Final = frozenset({1, 2, 1200, 131000, 131016, 133004, 131057})
TOKENS: Final = frozenset({190, 0, 3, 200, 102})
REASONS: Final[dict[int, Reason]] = {
    131047: "window_closed",
    131026: "unknown_person",
    131030: "unknown_person",
    131050: "stopped",
    551: "blocked",
}
SUBREASONS: Final[dict[int, Reason]] = {
    2018278: "window_closed",
    2534022: "window_closed",
    2018001: "unknown_person",
    2018108: "blocked",
    1545041: "blocked",
}
TOKEN_WAIT: Final = 5.0


class MetaKeys(Keys):
    forms: ClassVar = {
        "meta_app_secret": (r"[0-9a-f]{32}", "it is 32 hexadecimal digits (App settings, Basic)"),
        "meta_version": (r"v\d+\.\d+", "it looks like v24.0"),
    }

    meta_app_secret: SecretStr = SecretStr("")
    meta_verify_token: SecretStr = SecretStr("")
    meta_api: str = "https://graph.facebook.com"
    meta_version: str = "v24.0"


class MetaChannel(Channel):
    """``token``: the variable with the access token."""

    token: ClassVar[str]
    variables: MetaKeys

    @property
    def api(self) -> str:
        return f"{self.variables.meta_api}/{self.variables.meta_version}"

    @property
    def app_secret(self) -> str:
        return self.variables.value("meta_app_secret")

    def verify(self, hook: Hook) -> None:
        right = "sha256=" + hmac.new(self.app_secret.encode(), hook.body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(hook.headers.get(SIGNATURE, "").encode(), right.encode()):
            raise ForgedError

    def handshake(self, hook: Hook) -> Reply | None:
        given = hook.query.get("hub.verify_token", "").encode()
        right = self.variables.value("meta_verify_token").encode()
        if hook.query.get("hub.mode") != "subscribe" or not hmac.compare_digest(given, right):
            raise ForgedError
        return Reply(hook.query.get("hub.challenge", ""))

    async def graph(self, http: ClientSession, method: str, path: str, **options: Any) -> dict[str, Any]:
        """One call of the Graph API. Raises ``TemporaryError`` and ``PermanentError``."""
        headers = {"Authorization": f"Bearer {self.variables.value(self.token)}"}
        status, body, answered = await call(http, method, f"{self.api}/{path}", headers=headers, **options)
        error = body.get("error")
        if status < 300 and not isinstance(error, dict):
            return body
        error = error if isinstance(error, dict) else {}
        code, said = error.get("code", -1), f"{error.get('message', status)} ({error.get('code', status)})"
        if status == TOO_MANY or code in BUSY:
            raise TemporaryError(said, retry_after(answered), throttled=True)
        if code == PAIR:
            raise TemporaryError(said, PAIR_WAIT)
        if code in PASSING or error.get("is_transient") is True:
            raise TemporaryError(said)
        if status == 401 or code in TOKENS:
            raise TemporaryError(f"{self.token.upper()} is not accepted by Meta: {said}", TOKEN_WAIT)
        raise PermanentError(SUBREASONS.get(error.get("error_subcode", 0)) or REASONS.get(code, "refused"), said)
