"""Roles and permissions, read once from ``roles.yml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml

from bot.knowledge.catalogue import LANGUAGES

PATH: Final = Path(__file__).with_name("roles.yml")
ADMIN: Final = "admin"


class RolesError(ValueError):
    """``roles.yml`` is not well formed; the message names file and key."""


@dataclass(frozen=True, slots=True)
class Role:
    """``name``: by language."""

    id: str
    name: Mapping[str, str]
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class Roles:
    """``permissions``: what each means, by language."""

    permissions: Mapping[str, Mapping[str, str]]
    roles: Mapping[str, Role]

    def may(self, role: str, permission: str) -> bool:
        """Raises ``KeyError`` for a permission that does not exist: a misspelt one must not lock or open."""
        self.permissions[permission]
        return role in self.roles and permission in self.roles[role].may


@lru_cache(maxsize=1)
def roles() -> Roles:
    """The product's roles. Raises ``RolesError``."""
    return load(PATH)


def load(path: Path) -> Roles:
    """Read and check a file of roles."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = {}
    for role_id, entry in data["roles"].items():
        unknown = set(entry["may"]) - set(data["permissions"])
        if unknown:
            raise RolesError(f"{path.name}: roles.{role_id}.may: there is no permission {sorted(unknown)[0]}")
        found[role_id] = Role(role_id, entry["name"], frozenset(entry["may"]))
    for part, names in (("permissions", data["permissions"]), ("roles", {key: r.name for key, r in found.items()})):
        for key, name in names.items():
            if set(name) != set(LANGUAGES):
                raise RolesError(f"{path.name}: {part}.{key}: needs a name in en and fr")
    return Roles(data["permissions"], found)
