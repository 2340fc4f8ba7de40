"""Every reason that the count of work can give has its sentence in both languages."""

import re
from pathlib import Path

import pytest

import bot.assessment.work as work
from bot.knowledge.catalogue import LANGUAGES, catalogue

SOURCES = "\n".join(path.read_text() for path in Path(work.__file__).parent.glob("*.py"))
REASONS = sorted(set(re.findall(r'reason\(\s*"([a-z_]+)"', SOURCES)) | {"abroad", "in_canada"})
ASSUMED = {"recent", "continuous", "one_occupation", "main_occupation"}


@pytest.mark.parametrize("name", REASONS)
def test_a_reason_has_a_sentence(name: str) -> None:
    key = f"work.assumed.{name}" if name in ASSUMED else f"work.reason.{name}"
    assert all(catalogue()[key][language] for language in LANGUAGES)


def test_there_is_no_sentence_without_a_reason() -> None:
    said = set(catalogue().under("work.reason")) | set(catalogue().under("work.assumed"))
    assert said == set(REASONS)
