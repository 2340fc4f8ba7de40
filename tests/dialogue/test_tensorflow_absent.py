"""Without TensorFlow Rasa still imports, trains and talks; what needs TensorFlow says so plainly."""

import subprocess
import sys
from pathlib import Path

PREPARED = "from bot.dialogue.runtime import prepare; prepare(); "


def python(code: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(path)} if path else None
    import os

    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **(environment or {})},
    )


def test_components_that_need_tensorflow_say_that_it_is_not_installed() -> None:
    done = python(
        PREPARED + "import tensorflow as tf\n"
        "assert tf.is_tensor(object()) is False\n"
        "try:\n    tf.keras.layers.Dense(3)\n"
        "except ImportError as error:\n    print(error)"
    )
    assert done.stdout.strip() == "TensorFlow is not installed: Dense cannot be used.", done.stderr


def test_dunder_attributes_are_absent_as_on_any_module() -> None:
    done = python(
        PREPARED + "import tensorflow as tf; print(hasattr(tf, '__wrapped__'), hasattr(tf.Module, '__wrapped__'))"
    )
    assert done.stdout.strip() == "False False", done.stderr


def test_the_stand_in_steps_aside_where_tensorflow_is_installed(tmp_path: Path) -> None:
    package = tmp_path / "tensorflow"
    package.mkdir()
    (package / "__init__.py").write_text("REAL = True\n")
    code = "import bot.dialogue.tensorflow_absent as t; print(t.install())\nimport tensorflow; print(tensorflow.REAL)"
    done = python(code, tmp_path)
    assert done.stdout.split() == ["False", "True"], done.stderr


def test_telemetry_and_error_reports_are_off() -> None:
    done = python(PREPARED + "from rasa import telemetry; print(telemetry.is_telemetry_enabled())")
    assert done.stdout.strip() == "False", done.stderr
