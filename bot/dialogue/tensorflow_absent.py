"""An inert stand-in for TensorFlow, which Rasa imports without condition and this product never uses.

DIETClassifier, ResponseSelector, TEDPolicy and the language-model featurizers say that they cannot be used. Where
TensorFlow is installed the stand-in steps aside.
"""

from __future__ import annotations

import importlib.util
import sys

from bot.dialogue import stand_in

PACKAGES = frozenset({"tensorflow", "tensorflow_hub", "tensorflow_text", "tensorflow_addons", "keras"})


def install() -> bool:
    """Put the stand-in in place before Rasa's first import. False where TensorFlow is installed."""
    if "tensorflow" not in sys.modules and importlib.util.find_spec("tensorflow") is None:
        stand_in.install(PACKAGES, "TensorFlow is not installed")
    return any(getattr(finder, "packages", None) == PACKAGES for finder in sys.meta_path)
