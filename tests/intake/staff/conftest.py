"""Fixtures of this folder: a transaction on each database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from argon2 import PasswordHasher

from bot.intake.database import Database
from bot.intake.staff import passwords
from tests.databases import database, database_url, empty_database, postgresql_url

__all__ = ["database", "database_url", "empty_database", "postgresql_url"]

Do = Callable[..., Any]


@pytest.fixture
def do(database: Database) -> Do:
    """Calls one function of the intake in a transaction of its own."""

    def call(work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with database.session() as session:
            return work(session, database.seal, *args, **kwargs)

    return call


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes that cost little: what they cost in earnest is looked at in ``test_passwords`` alone."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
