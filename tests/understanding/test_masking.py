"""Identifiers go, everything a person needs to tell us stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.masking import contacts, mask

IDENTIFIERS = [
    ("my passport number is K1234567", "my passport number is [passport]", ("passport",)),
    ("passport no. AB 123456 issued 2021", "passport no. [passport] issued 2021", ("passport",)),
    ("passport 123456789", "passport [passport]", ("passport",)),
    ("Passeport n° 12AB34567", "Passeport n° [passport]", ("passport",)),
    ("K1234567 is my passport", "[passport] is my passport", ("passport",)),
    ("here: A12345678 thanks", "here: [passport] thanks", ("passport",)),
    ("UCI 1234-5678", "UCI [UCI]", ("uci",)),
    ("my UCI is 11-1234-5678", "my UCI is [UCI]", ("uci",)),
    ("mon IUC est le 11 1234 5678", "mon IUC est le [UCI]", ("uci",)),
    ("client id: 1112345678", "client id: [UCI]", ("uci",)),
    ("SIN 046 454 286", "SIN [SIN]", ("sin",)),
    ("mon NAS: 046-454-286", "mon NAS: [SIN]", ("sin",)),
    ("it's 046454286 ok?", "it's [SIN] ok?", ("sin",)),
    ("social insurance number is 123456789", "social insurance number is [SIN]", ("sin",)),
    ("card 4111 1111 1111 1111 exp 12/28", "card [card] exp 12/28", ("card",)),
    ("4111111111111111", "[card]", ("card",)),
    ("amex 3782-822463-10005", "amex [card]", ("card",)),
    ("application E002345678 was refused", "application [application] was refused", ("application",)),
    ("demande no E0001234567", "demande no [application]", ("application",)),
    ("ssn 123-45-6789", "ssn [ID]", ("national_id",)),
    ("aadhaar 2345 6789 0123", "aadhaar [ID]", ("national_id",)),
    ("passport K1234567, UCI 1234-5678", "passport [passport], UCI [UCI]", ("passport", "uci")),
    ("zero width 4111\u200b1111\u200b1111\u200b1111", "zero width [card]", ("card",)),
]

SURVIVORS = [
    "IELTS LRWS 8 7 6.5 7.5, overall 7.5",
    "8777",
    "L-8.5, R-7, W-6.5, S-7",
    "NOC 21231 and old NOC 2174",
    "worked 2019-2023 then 2023-2024",
    "born 1990-03-02, or 02/03/1990, or 02-03-1990",
    "passport expires 2027-03-02",
    "passport valid until 20270302",
    "passport valid for 10 years",
    "funds 15000 CAD, 12 lakh, 1500000 INR, 150 000 000 VND",
    "j'ai 25 000 $ et 1 200 000 roupies",
    "$123456782",
    "I studied 2010 2011 2012 2013",
    "PTE 79 82 77 84, TEF 434 428 434 456",
    "my score is 472, last draw 481 on 2026-10-01",
    "write to someone@example.com or +1 416 555 0199",
    "call me at 604-555-0134",
    "whatsapp 98765 43210",
    "téléphone 06 12 34 56 78",
    "IMM 5669 and IMM1344 and form 1017B",
    "I sin sometimes, 123 times",
    "pan fried for 20 minutes",
    "",
]


@pytest.mark.parametrize(("text", "masked", "kinds"), IDENTIFIERS)
def test_identifiers_are_masked(text, masked, kinds):
    assert (mask(text).text, mask(text).kinds) == (masked, kinds)


@pytest.mark.parametrize("text", SURVIVORS)
def test_facts_and_contacts_survive(text):
    assert mask(text).text == text
    assert mask(text).kinds == ()


@pytest.mark.parametrize(
    ("text", "emails", "phones"),
    [
        ("Ana, ana.p@example.com, phone 555-0100", ("ana.p@example.com",), ("555-0100",)),
        ("reach me on +91 98765 43210.", (), ("+91 98765 43210",)),
        ("mon cellulaire: 514 555-0142", (), ("514 555-0142",)),
        ("06 12 34 56 78 ou x_y@exemple.fr.", ("x_y@exemple.fr",), ("06 12 34 56 78",)),
        ("4165550199", (), ("4165550199",)),
        ("SIN 046 454 286", (), ()),
        ("born 1990-03-02, 8777, funds 2500000000 INR", (), ()),
    ],
)
def test_contacts_are_reported(text, emails, phones):
    found = contacts(text)
    assert (found.emails, found.phones) == (emails, phones)


@given(st.text(max_size=300))
def test_masking_never_raises_and_is_stable(text):
    once = mask(text)
    assert mask(once.text).text == once.text
    contacts(text)


@given(st.from_regex(r"[4-5][0-9]{14}", fullmatch=True), st.sampled_from(["", " ", "-"]))
def test_every_card_number_is_masked(start, separator):
    total = 0
    for place, digit in enumerate(reversed(start)):
        value = int(digit) * (1 if place % 2 else 2)
        total += value - 9 if value > 9 else value
    number = start + str(-total % 10)
    written = separator.join(number[i : i + 4] for i in range(0, 16, 4))
    if not all(1900 <= int(number[i : i + 4]) <= 2100 for i in range(0, 16, 4)):
        assert mask(f"my card is {written} ok").text == "my card is [card] ok"
