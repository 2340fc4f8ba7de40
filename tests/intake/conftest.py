"""Fixtures of this folder."""

from __future__ import annotations

import pytest

from tests.databases import database, database_url, empty_database, no_postgresql, postgresql_url

__all__ = ["database", "database_url", "empty_database", "postgresql_url"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if no_postgresql():
        terminalreporter.write_line(no_postgresql(), yellow=True)
