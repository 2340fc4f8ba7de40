"""What an answering process leaves out of Rasa, and when it leaves out nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.unused import install, needless
from bot.files import read

OWN = read(Path("config.yml"))


def test_with_our_own_components_and_store_they_are_left_out() -> None:
    assert needless(OWN, None)
    assert needless(OWN, {"action_endpoint": {"url": "http://localhost:5055/webhook"}})


@pytest.mark.parametrize("kind", ["pipeline", "policies"])
def test_another_component_gets_all_of_rasa(kind: str) -> None:
    assert not needless({**OWN, kind: [*OWN[kind], {"name": "LogisticRegressionClassifier"}]}, None)


@pytest.mark.parametrize("endpoint", ["tracker_store", "lock_store", "event_broker"])
def test_another_store_or_broker_gets_all_of_rasa(endpoint: str) -> None:
    assert not needless(OWN, {endpoint: {"type": "redis"}})


@pytest.mark.parametrize("config", ["pipeline: [", "just words", "pipeline: [{}]"])
def test_a_broken_configuration_is_left_to_rasa(tmp_path: Path, config: str) -> None:
    (tmp_path / "config.yml").write_text(config)
    assert install(tmp_path / "config.yml", tmp_path / "none.yml") is False


def test_what_was_left_out_says_so_and_nothing_of_it_is_loaded() -> None:
    done = _python(
        "import sys\nfrom pathlib import Path\nfrom bot.dialogue import unused\n"
        "print(unused.install(Path('config.yml'), Path('endpoints.yml')))\n"
        "from bot.dialogue.runtime import prepare; prepare()\n"
        "import rasa.core.agent, scipy.sparse\n"
        "print(any('site-packages' in str(getattr(sys.modules[name], '__file__', '')) for name in sys.modules\n"
        "    if name.partition('.')[0] in unused.PACKAGES))\n"
        "try:\n    scipy.sparse.csr_matrix([])\nexcept ImportError as error:\n    print(error)"
    )
    assert done.splitlines() == [
        "True",
        "False",
        "A process that answers visitors runs without this library: csr_matrix cannot be used.",
    ]


def _python(code: str) -> Any:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
