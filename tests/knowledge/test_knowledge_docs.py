"""docs/knowledge.md names every place, condition and derived value that topics can use."""

from __future__ import annotations

from pathlib import Path

from bot.knowledge.places import DERIVED, KINDS
from bot.knowledge.topic import Topic

DOCS = (Path(__file__).parents[2] / "docs" / "knowledge.md").read_text(encoding="utf-8")


def test_every_place_is_explained() -> None:
    assert [kind for kind in KINDS if f"`{{{kind}:" not in DOCS] == []
    assert [name for name in DERIVED if f"`{name}`" not in DOCS] == []


def test_every_key_of_a_topic_is_shown() -> None:
    example = DOCS.partition("```yaml")[2].partition("```")[0]
    assert [key for key in Topic.model_fields if f"\n{key}:" not in example] == []
