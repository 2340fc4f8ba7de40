"""What is wrong with interchange data, in a sentence that names the key and the mend."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

WHOLE = "the profile"
SHOWN = 40
"""The most characters of a value that a sentence repeats."""

_TOO_MUCH = "{value} is not possible; it takes {le} or less"
_TOO_LITTLE = "{value} is not possible; it takes {ge} or more"
_SENTENCES: Mapping[str, str] = {
    "extra_forbidden": "no such key; `assistant schema` lists the keys",
    "missing": "this key is needed",
    "int_type": "{value} is not a whole number",
    "int_from_float": "{value} is not a whole number",
    "float_type": "{value} is not a number",
    "finite_number": "{value} is not a number",
    "bool_type": "{value} is not true or false",
    "string_type": "{value} is not text; put it in quotation marks",
    "string_pattern_mismatch": "{value} is not five digits in quotation marks",
    "string_too_short": "there must be something in it",
    "date_type": "{value} is not a day like 2026-11-02",
    "list_type": "{value} is not a list in brackets",
    "literal_error": "{value} is not one of {expected}",
    "model_type": "{value} is not a set of keys and values in braces",
    "less_than_equal": _TOO_MUCH,
    "greater_than_equal": _TOO_LITTLE,
    "greater_than": "{value} is not possible; it takes more than {gt}",
}
_NUMBERS = frozenset({"int_type", "float_type"})


def first_fault(error: ValidationError) -> str:
    """The first thing that is wrong."""
    fault = error.errors()[0]
    where = ".".join(str(part) for part in fault["loc"])
    said = _sentence(fault)
    if not where:
        return said if fault["type"] == "value_error" else f"{WHOLE}: {said}"
    return f"{where}: {said}"


def _sentence(fault: ErrorDetails) -> str:
    sentence = _SENTENCES.get(fault["type"])
    if sentence is None:
        return fault["msg"].removeprefix("Value error, ")
    given = fault["input"]
    if isinstance(given, float) and given != given:
        sentence = _SENTENCES["float_type"]
    said = sentence.format(value=shown(given), **_figures(fault.get("ctx", {})))
    return (
        f"{said}; leave the quotation marks out" if fault["type"] in _NUMBERS and _looks_like_a_number(given) else said
    )


def shown(value: Any) -> str:
    """A value as it stands in the data, cut where it is long."""
    try:
        found = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError):
        found = str(value)
    return found if len(found) <= SHOWN else f"{found[:SHOWN]}…"


def _figures(context: Mapping[str, Any]) -> dict[str, Any]:
    figures = {name: f"{value:g}" for name, value in context.items() if isinstance(value, int | float)}
    return {**figures, **{name: value for name, value in context.items() if isinstance(value, str)}}


def _looks_like_a_number(value: Any) -> bool:
    return isinstance(value, str) and value.strip().replace(".", "", 1).isdecimal()
