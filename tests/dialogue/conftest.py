"""Fixtures of this folder: an empty database on each kind."""

from __future__ import annotations

from tests.databases import database_url, postgresql_url

__all__ = ["database_url", "postgresql_url"]
