"""Rasa's own commands, made ready for this project: ``assistant rasa train | shell | test | data validate | run``."""

from __future__ import annotations

import sys

from bot.dialogue.runtime import prepare

WITH_IN_PROCESS_ACTIONS = frozenset({"shell", "run", "test", "interactive"})


def main(arguments: list[str]) -> None:
    """Run one Rasa command. Without an action server in ``endpoints.yml`` the actions run in this process."""
    prepare()
    if arguments and arguments[0] in WITH_IN_PROCESS_ACTIONS and arguments[1:2] != ["actions"]:
        _run_actions_here()
    sys.argv = ["rasa", *arguments]
    from rasa.__main__ import main as rasa_main

    rasa_main()


def _run_actions_here() -> None:
    from rasa.core.utils import AvailableEndpoints

    from bot.dialogue.in_process_actions import InProcessActions

    original = AvailableEndpoints.read_endpoints.__func__  # type: ignore[attr-defined]

    def read_endpoints(cls: type[AvailableEndpoints], endpoint_file: str) -> AvailableEndpoints:
        endpoints = original(cls, endpoint_file)
        endpoints.action = endpoints.action or InProcessActions()
        return endpoints

    AvailableEndpoints.read_endpoints = classmethod(read_endpoints)  # type: ignore[method-assign, assignment]
