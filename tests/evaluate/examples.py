"""Messages with the label they should get: an intent, or ``faq/<topic>`` for a question."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "fr")
SETS = {"own": "", "blind": "blind_"}
"""Sets of unseen messages, by the start of their file names: by the authors of the training examples, or by others."""


@dataclass(frozen=True, slots=True)
class Example:
    """``label``: as the classifier gives it; ``language``: of the file it stands in."""

    text: str
    label: str
    language: str

    @property
    def is_question(self) -> bool:
        return self.label.startswith("faq/")


def training(root: Path = ROOT) -> list[Example]:
    """Every training example, in the order of the files."""
    return [
        Example(line.removeprefix("- ").strip(), label, language)
        for language in LANGUAGES
        for path in sorted((root / "data" / "nlu" / language).rglob("*.yml"))
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        if (label := _label(block))
        for line in block["examples"].splitlines()
        if line.startswith("- ")
    ]


def unseen(prefix: str = "", root: Path = ROOT) -> dict[str, list[Example]]:
    """Sentences that nothing was trained or tuned on, by folder and language; ``prefix``: of the set (``SETS``)."""
    return {
        f"{folder.name}/{language}": _lines(folder / f"{prefix}{language}.jsonl", language)
        for folder in (root / "tests" / "dialogue" / "sentences", root / "tests" / "knowledge" / "questions")
        for language in LANGUAGES
    }


def unseen_facts(prefix: str = "", root: Path = ROOT) -> list[Path]:
    """Files of messages with known facts, of the set with this prefix."""
    folder = root / "tests" / "understanding" / "evaluation"
    return sorted(path for language in LANGUAGES for path in folder.glob(f"{prefix}{language}*.jsonl"))


def _lines(path: Path, language: str) -> list[Example]:
    return [
        Example(line["text"], f"faq/{line['topic']}" if "topic" in line else line["intent"], language)
        for line in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


def _label(block: dict[str, Any]) -> str:
    topic = (block.get("metadata") or {}).get("topic")
    return f"{block['intent']}/{topic}" if topic else str(block.get("intent", ""))
