"""Training Rasa's model, only when something it depends on has changed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.dialogue.runtime import prepare

ROOT = Path(__file__).resolve().parents[2]
KEPT = 2
"""Trained models kept; older ones are removed."""


class TrainingError(RuntimeError):
    """Rasa could not train. The message is one line; Rasa's own output says more."""


def fingerprint(root: Path = ROOT) -> str:
    """A hash of everything a model depends on: configuration, domain, training data, components, versions."""
    digest = hashlib.sha256()
    for path in _sources(root):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def model_path(directory: Path, root: Path = ROOT) -> Path:
    """Where the model for the present sources is or will be."""
    return directory / f"assistant-{fingerprint(root)}.tar.gz"


def ensure(directory: Path, root: Path = ROOT) -> tuple[Path, bool]:
    """The model for the present sources, trained now if need be; True in the second place if it was."""
    path = model_path(directory, root)
    if path.exists():
        return path, False
    prepare()
    from rasa.model_training import train

    directory.mkdir(parents=True, exist_ok=True)
    result = train(
        domain=str(root / "domain.yml"),
        config=str(root / "config.yml"),
        training_files=str(root / "data"),
        output=str(directory),
        fixed_model_name=path.name,
    )
    if result.code != 0 or not path.exists():
        raise TrainingError("Training failed. `assistant rasa data validate` names the file to mend.")
    for old in sorted(directory.glob("assistant-*.tar.gz"), key=lambda p: p.stat().st_mtime)[:-KEPT]:
        old.unlink()
    return path, True


def ensure_elsewhere(directory: Path) -> Path:
    """The model for the present sources, trained in a process of its own if need be.

    What training needs would stay in memory for as long as the assistant runs. Raises ``TrainingError``.
    """
    path = model_path(directory)
    if not path.exists():
        command = [sys.executable, "-m", "bot.cli", "train", "--into", str(directory)]
        done = subprocess.run(command, check=False)  # noqa: S603
        if done.returncode != 0 or not path.exists():
            raise TrainingError("There is no model yet: the lines above say why.")
    return path


def _sources(root: Path) -> Iterator[Path]:
    for name in ("config.yml", "domain.yml", "requirements.txt"):
        yield root / name
    yield from sorted((root / "data").rglob("*.yml"))
    yield from sorted((root / "bot" / "dialogue" / "nlu").glob("*.py"))
    yield from sorted((root / "bot" / "dialogue" / "nlu").glob("*.yml"))
    yield from sorted((root / "bot" / "knowledge" / "topics").glob("*.yml"))
