"""Fixtures of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import database, database_url, empty_database, no_postgresql, postgresql_url
from tests.intake.letterbox import Letterbox, serving

__all__ = ["database", "database_url", "empty_database", "postgresql_url"]


@pytest.fixture
def letterbox() -> Iterator[tuple[Letterbox, str]]:
    """A real SMTP server and its address."""
    with serving() as found:
        yield found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if no_postgresql():
        terminalreporter.write_line(no_postgresql(), yellow=True)
