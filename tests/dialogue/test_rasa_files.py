"""Rasa's own files: they load, they agree with each other and with the actions, and Rasa finds no fault in them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from bot.dialogue.runtime import prepare

prepare()

from rasa.shared.core.domain import Domain  # noqa: E402

from actions.form import ANSWERS  # noqa: E402
from bot.dialogue.domain import generated  # noqa: E402
from bot.dialogue.in_process_actions import InProcessActions  # noqa: E402

DOMAIN = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))
RULES = yaml.safe_load(Path("data/rules.yml").read_text(encoding="utf-8"))["rules"]
FORMS = set(DOMAIN["forms"])
ALSO_RASAS_OWN = {"action_default_fallback"}


def names(entries: list) -> set[str]:
    return {name for entry in entries for name in ([entry] if isinstance(entry, str) else entry)}


def test_the_domain_loads() -> None:
    assert Domain.load("domain.yml").intents


@pytest.mark.parametrize("part", ["slots", "entities", "questions", "form"])
def test_generated_parts_of_the_domain_are_up_to_date(part: str) -> None:
    assert generated(part) in Path("domain.yml").read_text(encoding="utf-8"), "run `assistant rasa domain`"


def test_every_action_of_the_domain_exists_and_every_action_is_in_the_domain() -> None:
    assert set(DOMAIN["actions"]) == set(InProcessActions().names)


def test_every_intent_has_a_rule_or_answers_the_form() -> None:
    ruled = {step["intent"] for rule in RULES for step in rule["steps"] if "intent" in step}
    assert names(DOMAIN["intents"]) == ruled | ANSWERS


def test_no_policy_but_rules_decides() -> None:
    config = yaml.safe_load(Path("config.yml").read_text(encoding="utf-8"))
    assert [policy["name"] for policy in config["policies"]] == ["RulePolicy"]


def test_only_the_slot_that_rules_read_influences_prediction() -> None:
    influencing = {name for name, slot in DOMAIN["slots"].items() if slot["influence_conversation"]}
    read = {
        slot
        for rule in RULES
        for condition in rule.get("condition", [])
        for entry in condition.get("slot_was_set", [])
        for slot in entry
    }
    assert influencing == read == {"assessed"}


def test_environment_variables_in_endpoints_are_not_quoted() -> None:
    """Rasa expands ${VAR} only where it is not quoted."""
    assert not re.findall(r"[\"'][^\"'\n]*\$\{", Path("endpoints.yml").read_text(encoding="utf-8"))


def test_rasa_finds_nothing_to_warn_about_in_our_data() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "rasa", "data", "validate", "--fail-on-warnings"],
        capture_output=True,
        text=True,
        check=False,
    )
    report = done.stdout + done.stderr
    assert done.returncode == 0, report[-3000:]
    assert "UserWarning" not in report, report[-3000:]
