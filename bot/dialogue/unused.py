"""Libraries that Rasa imports without condition and a process that only answers never uses.

They take two seconds of the start and a hundred megabytes. Training, ``assistant rasa …`` and tests have them as ever;
so has a server whose ``config.yml`` or ``endpoints.yml`` asks for parts of Rasa that this product does not use.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

from bot.dialogue import stand_in
from bot.files import read

PACKAGES: Final = frozenset(
    {"scipy", "sklearn", "sklearn_crfsuite", "matplotlib"}  # other classifiers, and pictures of evaluations
    | {"aiogram", "webexteamssdk", "fbmessenger", "mattermostwrapper", "rocketchat_API"}  # Rasa's own channels
    | {"pymongo", "redis", "boto3", "botocore", "aio_pika", "aiormq", "confluent_kafka"}  # other stores and brokers
    | {"sentry_sdk"}  # telemetry, which is off
)
_OWN: Final = ("bot.", "RulePolicy")
_ENDPOINTS: Final = frozenset({"action_endpoint"})


def install(config: Path, endpoints: Path) -> bool:
    """Leave them out before Rasa's first import. False where these files may need one of them."""
    try:
        if not needless(read(config), read(endpoints) if endpoints.exists() else None):
            return False
    except (OSError, yaml.YAMLError, AttributeError, KeyError, TypeError):
        return False  # Rasa says what is wrong with them
    stand_in.install(PACKAGES, "A process that answers visitors runs without this library")
    return True


def needless(config: Any, endpoints: Any) -> bool:
    """Whether Rasa is used with this product's own components, store and channels only."""
    parts = [part["name"] for key in ("pipeline", "policies") for part in config.get(key) or []]
    return all(name.startswith(_OWN) for name in parts) and set(endpoints or {}) <= _ENDPOINTS
