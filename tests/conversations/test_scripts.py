"""Every script, held with the running assistant; every behaviour of the checklist in both languages."""

from __future__ import annotations

import pytest

from tests.conversations.script import Script, hold, scripts
from tests.running import RunningAssistant

BEHAVIOURS = range(1, 57)
OF_STAFF = {55}
"""The machine is silent while a person holds the conversation: tested where staff takes it over."""


@pytest.mark.server
@pytest.mark.parametrize("script", scripts(), ids=lambda script: script.id)
def test_conversation(assistant: RunningAssistant, script: Script) -> None:
    hold(assistant, script)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_behaviour_has_a_script_in_both_languages(language: str) -> None:
    written = {number for script in scripts() if script.language == language for number in script.behaviours}
    assert set(BEHAVIOURS) - written == OF_STAFF
