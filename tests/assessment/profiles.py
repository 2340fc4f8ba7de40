"""Any profile whatsoever, for properties that must hold of all of them."""

from datetime import date

from hypothesis import strategies as st

from bot.facts import DECLINED, NOT_ASKED, UNKNOWN, Job, Known, Profile, Stay, vocabulary

days = st.dates(date(1900, 1, 1), date(2100, 1, 1)) | st.dates(date(2014, 1, 1), date(2028, 1, 1))
nocs = st.sampled_from(["21231", "31301", "72106", "65100", "63200", "00012", "43204", "99999"])
jobs = st.lists(
    st.builds(
        Job,
        start=days,
        end=st.none() | days,
        noc=st.none() | nocs,
        teer=st.none() | st.integers(0, 5),
        hours=st.floats(0, 100, allow_nan=False),
        place=st.sampled_from(["canada", "abroad"]),
        status=st.sampled_from(["employee", "self_employed", "student"]),
        authorized=st.booleans(),
        paid=st.booleans(),
        remote=st.booleans(),
        publicly_funded_physician=st.booleans(),
    ),
    max_size=4,
).map(tuple)
stays = st.lists(
    st.builds(Stay, country=st.sampled_from(["IN", "FR", "ca", "Canada"]), start=days, end=st.none() | days),
    max_size=4,
).map(tuple)


def value_of(fact_id: str) -> st.SearchStrategy:
    """Any value that a fact accepts."""
    fact = vocabulary()[fact_id]
    match fact.type:
        case "boolean":
            return st.booleans()
        case "integer":
            return st.integers(int(fact.min), int(fact.max))
        case "number":
            return st.floats(fact.min, min(fact.max, 30.0), allow_nan=False) | st.floats(fact.min, fact.max)
        case "date":
            return days
        case "choice":
            return st.sampled_from(fact.values)
        case "noc":
            return nocs | st.from_regex(r"[0-9]{5}", fullmatch=True)
        case "jobs":
            return jobs
    return stays


def fact_of(fact_id: str) -> st.SearchStrategy:
    """A fact in any of its four states, mostly known."""
    known = value_of(fact_id).map(Known)
    return st.one_of(known, known, known, st.sampled_from([UNKNOWN, DECLINED, NOT_ASKED]))


profiles = st.fixed_dictionaries({}, optional={name: fact_of(name) for name in vocabulary()}).map(Profile)
"""Profiles with any facts known, unknown, declined or not asked."""
