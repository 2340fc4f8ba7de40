"""Finds a Chromium on this machine and drives it without a window."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "No Chromium found: install one (apt-get install chromium) or set CHROMIUM to its path."
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoChromiumError(RuntimeError):
    """There is no Chromium; the message says what to install."""


def chromium_path() -> str:
    """``CHROMIUM``, else the first Chromium or Chrome of the PATH. Raises ``NoChromiumError``."""
    given = os.environ.get("CHROMIUM")
    candidates = [given] if given else ["/usr/bin/chromium", *NAMES]
    for candidate in candidates:
        found = shutil.which(candidate)
        if found and Path(found).is_file():
            return found
    raise NoChromiumError(MISSING if not given else f"CHROMIUM: there is no program {given}. {MISSING}")


@contextmanager
def chromium() -> Iterator[Browser]:
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
