"""The guide lists every reason, and only those."""

import re
from pathlib import Path
from typing import get_args

from bot.understanding.reading import Reason

GUIDE = Path(__file__).parents[2] / "docs" / "understanding.md"


def test_every_reason_stands_in_the_guide():
    table = GUIDE.read_text(encoding="utf-8").split("## Reasons for not taking something")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(get_args(Reason))
