"""What a visitor does and sees, in the words of the page."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

EXPECTED_NOISE = re.compile(
    r"status of (401|422|503)|ERR_CONNECTION|WebSocket|ERR_INCOMPLETE|ERR_FAILED|CORS|ERR_EMPTY|ERR_NETWORK"
)
"""What the browser itself logs of requests that are meant to fail in a test."""


class Visitor:
    def __init__(self, page: Page, server: str) -> None:
        self.page = page
        self.server = server
        self.troubles: list[str] = []
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", self._logged)

    def _logged(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not EXPECTED_NOISE.search(message.text):
            self.troubles.append(message.text)

    def opens(self, path: str, server: str | None = None) -> Visitor:
        self.page.goto((server or self.server) + path)
        return self

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    @property
    def field(self) -> Locator:
        return self.page.get_by_role("textbox")

    def says(self, text: str) -> Visitor:
        self.field.fill(text)
        self.field.press("Enter")
        return self

    def chooses(self, title: str) -> Visitor:
        self.page.get_by_role("button", name=title, exact=True).click()
        return self

    def reads(self, text: str) -> Visitor:
        """Waits until a message with this text can be seen."""
        expect(self.log.get_by_text(text).last).to_be_visible()
        return self

    def until(self, happened: Callable[[], bool], seconds: float = 20) -> Visitor:
        """Waits, with the page going on, until something outside the page has happened."""
        for _ in range(int(seconds * 20)):
            if happened():
                return self
            self.page.wait_for_timeout(50)
        raise AssertionError("it did not happen")

    def does_not_read(self, text: str) -> Visitor:
        expect(self.log.get_by_text(text)).to_have_count(0)
        return self

    def messages(self) -> list[str]:
        """What was said, oldest first, without sender and time."""
        return self.page.locator(".message .said").all_inner_texts()

    def own(self) -> list[str]:
        """What the visitor is seen to have said."""
        return self.page.locator(".from-visitor .said").all_inner_texts()

    def focused(self) -> str:
        """What has the focus: its role or tag and its name."""
        return self.page.evaluate(
            """() => {
              let at = document.activeElement;
              while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
              if (!at) return "";
              const label = at.labels?.[0]?.textContent ?? at.getAttribute("aria-label") ?? at.innerText ?? "";
              return `${at.getAttribute("role") ?? at.tagName.toLowerCase()}: ${label.trim()}`;
            }"""
        )
