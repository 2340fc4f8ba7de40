"""docs/compliance.md: every requirement once, every file and test that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "tests" / "conversations" / "scripts"
ROWS = re.findall(
    r"^\| (R-\d\d) \| (.+) \| (.+) \| (.+) \|$", (ROOT / "docs" / "compliance.md").read_text(), re.MULTILINE
)
OF_THE_FIRM = {"R-18", "R-19"}
"""Kept by having nothing that could break them."""


def test_every_requirement_has_its_line() -> None:
    assert [row[0] for row in ROWS] == [f"R-{number:02}" for number in range(1, 37)]


@pytest.mark.parametrize(("id_", "kept", "shown"), [(id_, kept, shown) for id_, _, kept, shown in ROWS])
def test_what_a_line_names_is_there(id_: str, kept: str, shown: str) -> None:
    files, tests = re.findall(r"`([^`]+)`", kept), re.findall(r"`([^`]+)`(?:: ([^`]+?))?(?=, `|$)", shown)
    assert bool(files and tests) is (id_ not in OF_THE_FIRM)
    assert [file for file in files if not (ROOT / file).exists()] == []
    for named, script in tests:
        if script:
            names = [entry["name"] for entry in yaml.safe_load((SCRIPTS / named).read_text(encoding="utf-8"))]
            assert [name for name in names if name.startswith(script)], (named, script)
        else:
            path, _, test = named.partition("::")
            assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8"), named
