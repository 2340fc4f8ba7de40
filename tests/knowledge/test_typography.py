"""French as the Office québécois de la langue française sets it, on the pages that visitors read."""

import pytest

from bot.knowledge.typography import printed, typeset


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("J'ai l'IELTS", "J’ai l’IELTS"),
        ("Dites « passer ».", "Dites «\u00a0passer\u00a0»."),
        ("Âge : 31 ans", "Âge\u00a0: 31 ans"),
        ("l'« équivalence »", "l’«\u00a0équivalence\u00a0»"),
        ("25 000 $ pour 80 % des cas", "25\u00a0000\u00a0$ pour 80\u00a0% des cas"),
        ("à 9:30, 2:1", "à 9:30, 2:1"),
        ("l'avis : https://firm.example/l'avis?a=1", "l’avis\u00a0: https://firm.example/l'avis?a=1"),
        ("Écrivez à d'abord@exemple.org", "Écrivez à d'abord@exemple.org"),
        ("", ""),
    ],
)
def test_apostrophes_and_spaces_are_those_of_print(written: str, printed: str) -> None:
    assert typeset(written) == printed
    assert typeset(printed) == printed


def test_every_text_of_an_answer_is_set_and_no_address_and_no_figure() -> None:
    content = {"lines": ("Qu'est-ce?",), "url": "https://a.example/d'ici", "table": {"rows": [["a : b", 3, None]]}}
    assert printed(content, "en") == content
    assert printed(content, "fr") == {
        "lines": ["Qu’est-ce?"],
        "url": "https://a.example/d'ici",
        "table": {"rows": [["a\u00a0: b", 3, None]]},
    }
