"""A short answer read in the light of the question that was asked: "7.5", "no", "four", "not yet"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from bot.facts import Job, Stay, vocabulary
from bot.understanding import age, situation
from bot.understanding.dates import find_dates
from bot.understanding.durations import find_durations
from bot.understanding.message import Candidate, Message
from bot.understanding.places import ABROAD, CANADA, COUNTRY
from bot.understanding.yesno import plain_yes_no

_LEADS = r"(?:(?:it is|it was|its|i am|i have|i got|we are|we have|about|around|just|only|maybe|yes|no|sorry|actually|my \w+ is|c'est|j'ai|j'avais|environ|oui|non|seulement|is|was|approximately|and|so|ok|i think|i guess|je crois|i meant?|en fait|pardon|oops)[\s,.:-]+)*"
_NUMBER = re.compile(rf"^[\s,.:~=-]*{_LEADS}(?P<n>-?\d+(?:\.\d+)?)(?P<rest>.*)$", re.DOTALL)
_ABOUT = re.compile(r"\b(?:about|maybe|environ|i think|i guess|je crois|approximately|almost|nearly|presque)\b|~")
_REST_OK: Final = {
    "years": re.compile(r"^ ?\+? ?(?:y|years?|ans?|annees?|old|yo)?[\s\w.,!)]{0,12}$"),
    "people": re.compile(
        r"^ ?(?:people|persons?|members?|personnes?|of us|in total|total|with me|including me|moi compris|en tout)?[\s.,!]*$"
    ),
    "points": re.compile(r"^ ?(?:points?|band|bands|/ ?\d+|out of \d+|sur \d+|in \w+|en \w+(?: \w+)?)?[\s.,!]*$"),
}
_NOT_N = re.compile(r"\b(?:not|pas|instead of|au lieu de) (?:a )?-?\d+(?:\.\d+)?")
_NONE_WORDS = re.compile(
    r"^\W*(?:i have |i've |j'ai |there is |there are )?(?:none|nothing|zero|nil|no|nope|never|not (?:yet|any|taken|done|one)|0|n/?a|aucune?|rien|non|jamais|pas encore|pas de \w+|nada)\b[\w\s,.'!]{0,25}$"
)

# What a yes or a no says when a choice was asked for.
_CHOICE_NO: Final = {
    "job_offer": "none",
    "canadian_study": "none",
    "language_test": "none",
    "second_language_test": "none",
    "spouse_language_test": "none",
    "eca": "not_done",
    "education": None,
}
_CHOICE_YES: Final = {"eca": "done", "job_offer": "other"}
_CHOICE_WORDS: Final[dict[str, tuple[tuple[str, re.Pattern[str]], ...]]] = {
    "stage": (
        ("trouble", re.compile(r"\b(?:refus\w*|problem|probleme|trouble|reject\w*|appeal)\b")),
        ("submitted", re.compile(r"\b(?:submitted|applied|sent|application (?:is )?in|soumise?|envoyee?|deposee?|aor)\b")),
        ("invited", re.compile(r"\b(?:invited|ita|invitation|ipd|invitee?)\b")),
        ("in_pool", re.compile(r"\b(?:pool|profile|bassin|profil)\b")),
        ("considering", re.compile(r"\b(?:think\w*|consider\w*|plan\w*|start\w*|explor\w*|nothing|not (?:yet|started)|beginning|new|research\w*|reflechi\w*|debut\w*|commence\w*|rien|exploring|curious|just)\b")),
    ),
    "marital_status": (
        ("common_law", re.compile(r"\b(?:common ?law|union|de fait|living together|live together|partner|pacs\w*|concub\w*|conjoint\w*|ensemble)\b")),
        ("separated", re.compile(r"\bsepar\w+")),
        ("divorced", re.compile(r"\bdivorc\w+")),
        ("widowed", re.compile(r"\b(?:widow\w*|veuf|veuve)\b")),
        ("single", re.compile(r"\b(?:single|unmarried|bachelor|not married|alone|celib\w*|seule?|never married)\b")),
        ("married", re.compile(r"\b(?:marri?ed|mariee?)\b")),
    ),
    "education": (
        ("doctorate", re.compile(r"\b(?:phd|doctor\w*|doctorat)\b")),
        ("professional", re.compile(r"\b(?:professional|md|medicine|law|jd|medecine|droit|professionnel)\b")),
        ("master", re.compile(r"\b(?:masters?|master's|ms|ma|m\.a|post ?grad\w*|pg|maitrise|mastere?)\b")),
        ("two_or_more", re.compile(r"\b(?:2 or more|two or more|two degrees|2 degrees|deux diplomes|2 diplomes)\b")),
        ("bachelor", re.compile(r"\b(?:bachelors?|bachelor's|degree|ba|bs|be|graduate|graduated|graduation|undergrad\w*|licence|bac|baccalaureat|university|3 years?|4 years?|universite|llb)\b")),
        ("two_year", re.compile(r"\b(?:2[- ]years?|two[- ]years?|2 ans|bts|dut|associates?)\b")),
        ("one_year", re.compile(r"\b(?:1[- ]year|one[- ]year|1 an|certificate|un an)\b")),
        ("secondary", re.compile(r"\b(?:high ?school|secondary|12th|school|secondaire|lycee|hs|grade 12|inter(?:mediate)?)\b")),
        ("none", re.compile(r"\b(?:none|nothing|no education|no degree|less|aucune?|moins|rien)\b")),
    ),
    "canadian_study": (
        ("none", re.compile(r"^\W*(?:no|none|never|non|aucun|jamais)\b")),
        ("three_or_more_years", re.compile(r"\b(?:[3-9]\+?[- ]?(?:years?|ans|y)|masters?|master's|phd|bachelors?|bachelor's|degree|maitrise|baccalaureat|doctorat|more than 3|msc|mba|btech)\b")),
        ("one_or_two_years", re.compile(r"\b(?:[12](?:\.\d)?[- ]?(?:years?|ans?|y)\b|one year|two years?|diploma|certificate|college|pg|diplome|certificat|a year|(?:8|12|16|18|20|24) (?:months|mois))")),
    ),
    "eca": (
        ("not_needed", re.compile(r"\b(?:not needed|not required|not necessary|canadian|studied in canada|pas besoin|pas necessaire|n/a|canadienne?)\b")),
        ("in_progress", re.compile(r"\b(?:progress|process\w*|pending|waiting|applied|submitted|ongoing|soon|under way|started|sent|en cours|en attente|demandee?|attends)\b")),
        ("not_done", re.compile(r"\b(?:not|no|never|have not|will|planning|going to|pas|non|jamais|pas encore)\b")),
        ("done", re.compile(r"\b(?:yes|done|complet\w*|have|got|received|wes|iqas|icas|ces|ices|oui|faite?|obtenue?|recue?|ready)\b")),
    ),
    "job_offer": (
        ("none", re.compile(r"\b(?:no|none|not|never|nope|aucune?|non|pas)\b")),
        ("major_group_00", re.compile(r"\b(?:senior|ceo|cfo|executive|director|haute direction|president|directeur|directrice|vp|00)\b")),
        ("other", re.compile(r"\b(?:yes|offer|have|got|oui|offre|other|autre|lmia|another)\b")),
    ),
    "destination": (
        ("undecided", re.compile(r"\b(?:any\w*|undecided|not (?:sure|decided)|no idea|open|wherever|don't know|n'importe|pas decide\w*|indecis\w*|peu importe|doesn't matter)\b")),
    ),
}  # fmt: skip
_BOOLEAN_NO = re.compile(r"^\W*(?:no|nope|not|never|none|non|pas|nah|aucune?|jamais|neither|nobody|n'|ne)\b")
_BOOLEAN_YES = re.compile(r"^\W*(?:yes|yeah|yep|yup|sure|oui|ouais|of course|absolutely|definitely|bien sur)\b")
_CHANGES_MIND = re.compile(r"\b(?:but|mais|except|only if|not sure|if|unless|maybe|peut-etre|si)\b")


def read(message: Message, already: list[Candidate]) -> Iterator[Candidate]:
    """The asked fact, when no reader found it in the message. ``already``: what the readers found."""
    asked = message.asked
    if asked is None or asked not in vocabulary() or not message.text.strip():
        return
    fact = vocabulary()[asked]
    if "?" in message.text and not re.search(r"\d", message.text):
        return
    reader: Callable[[Message, str], Iterator[Candidate]] | None = {
        "boolean": _boolean,
        "integer": _number,
        "number": _number,
        "date": _date,
        "choice": _choice,
        "noc": _noc,
        "jobs": _jobs,
        "stays": _stays,
    }.get(fact.type)
    if reader is not None:
        yield from reader(message, asked)


def _whole(message: Message, fact: str, value: Any, *, likely: bool = False, estimated: bool = False) -> Candidate:
    start = len(message.text) - len(message.text.lstrip())
    end = len(message.text.rstrip())
    return Candidate(fact, value, start, end, "self", likely=likely, estimated=estimated, said_plainly=True)


def _boolean(message: Message, asked: str) -> Iterator[Candidate]:
    answer = plain_yes_no(message.plain)
    text = message.text.strip()
    if answer is not None:
        yield _whole(message, asked, answer)
    elif _CHANGES_MIND.search(text) or len(text) > 160:
        return
    elif _BOOLEAN_NO.match(text):
        yield _whole(message, asked, False, likely=True)
    elif _BOOLEAN_YES.match(text):
        yield _whole(message, asked, True, likely=True)


def _number(message: Message, asked: str) -> Iterator[Candidate]:
    fact = vocabulary()[asked]
    text = message.text
    years = fact.unit == "years" and asked != "age"
    if years and (plain_yes_no(message.plain) is False or _NONE_WORDS.match(text)):
        yield _whole(message, asked, 0)
        return
    if years:
        lengths = find_durations(text, message.as_of)
        if len(lengths) == 1 and len(text) < 120:
            length = lengths[0]
            if length.years is None:
                yield Candidate(asked, None, length.start, length.end, "self", reason="unclear_amount")
            elif fact.accepts(length.years):
                value: float = int(length.years) if length.years.is_integer() else length.years
                yield Candidate(
                    asked, value, length.start, length.end, "self", estimated=length.estimated, said_plainly=True
                )
            return
    match = _NUMBER.match(_NOT_N.sub(lambda found: " " * len(found.group()), text))
    if match is None or not _REST_OK.get(fact.unit or "", _REST_OK["people"]).match(
        match["rest"].strip() and match["rest"]
    ):
        return
    start, end = match.span("n")
    number = float(match["n"])
    guess = bool(_ABOUT.search(text[: match.start("n")]))
    if asked == "age":
        if number.is_integer() and number > 0:
            yield age.candidate(int(number), start, end, estimated=guess)
        return
    whole = int(number) if number.is_integer() else number
    stepped = fact.step is None or (number / fact.step).is_integer()
    if not fact.accepts(whole) or not stepped:
        yield Candidate(asked, whole, start, end, "self", reason="impossible_value", options=(fact.min, fact.max))
        return
    yield Candidate(asked, whole, start, end, "self", estimated=guess, said_plainly=True)


def _date(message: Message, asked: str) -> Iterator[Candidate]:
    found = find_dates(message.text, message.as_of)
    if len(found) != 1:
        year = re.fullmatch(r"\W*(?:in |en )?((?:19|20)\d\d)\W*", message.text)
        if year:
            yield Candidate(asked, int(year[1]), *year.span(1), "self", reason="incomplete_date")
        return
    if asked == "date_of_birth":
        yield from age.birth_date(found[0], message.as_of)
    else:
        yield situation.dated(asked, found[0], message)


def _choice(message: Message, asked: str) -> Iterator[Candidate]:
    fact = vocabulary()[asked]
    base = message.asked_base or asked
    text = message.text.strip()
    answer = plain_yes_no(message.plain)
    value: str | None = None
    if answer is False or (base.endswith("language_test") and _NONE_WORDS.match(text)):
        value = _CHOICE_NO.get(asked, _CHOICE_NO.get(base))
    elif answer is True:
        value = _CHOICE_YES.get(asked)
    if value is None and text.replace(" ", "_") in fact.values:
        value = text.replace(" ", "_")
    likely = False
    if value is None and len(text) <= 80 and answer is None:
        for name, pattern in _CHOICE_WORDS.get(base, ()):
            if pattern.search(text):
                value, likely = name, True
                break
    if asked == "destination" and value is None and len(text) <= 80 and CANADA.search(text):
        value = situation.place(text) or ("outside_quebec" if not re.fullmatch(r"\W*canada\W*", text) else None)
    if value is not None and value in fact.values:
        yield _whole(message, asked, value, likely=likely and len(text.split()) > 3)


def _noc(message: Message, asked: str) -> Iterator[Candidate]:
    match = re.fullmatch(r"\W*(?:it is |c'est )?(?:noc |cnp )?(?P<code>\d{4,5})\W*", message.text)
    if match is None:
        return
    code = match["code"]
    if len(code) == 5:
        reason = None if code[1] <= "5" else "impossible_value"
        yield Candidate(asked, code, *match.span("code"), "self", reason=reason)  # type: ignore[arg-type]
    else:
        yield Candidate(asked, code, *match.span("code"), "self", reason="old_noc")


def _jobs(message: Message, asked: str) -> Iterator[Candidate]:
    """One job with its dates: "cook, Canada, May 2022 to June 2024, 40 hours a week"."""
    dated = [d for d in find_durations(message.text, message.as_of) if d.start_on is not None]
    if len(dated) != 1:
        return
    length = dated[0]
    text = message.text
    hours = re.search(r"(\d{1,3}(?:\.\d)?) ?(?:h\b|hours?|heures?)", text)
    code = re.search(r"(?<!\d)(\d[0-5]\d{3})(?!\d)", text)
    place = (
        "canada"
        if CANADA.search(text) and not re.search(r"outside (?:of )?canada", text)
        else "abroad"
        if ABROAD.search(text)
        else None
    )
    if place is None or length.start_on is None:
        return
    status = (
        "self_employed"
        if re.search(r"self[- ]?employ|freelanc|autonome|own business", text)
        else "student"
        if re.search(r"student|etudiant", text)
        else "employee"
    )
    title = re.split(r"[,;]| from | in | at |\bde \b", text.strip())[0].strip()
    job = Job(
        start=length.start_on,
        end=length.end_on,
        noc=code[1] if code else None,
        hours=float(hours[1]) if hours and float(hours[1]) <= 168 else 30.0,
        place="canada" if place == "canada" else "abroad",
        status=status,  # type: ignore[arg-type]
        remote=bool(re.search(r"\bremote|teletravail", text)),
        title=title if title and not re.search(r"\d", title) else None,
    )
    yield _whole(message, asked, (job,), estimated=True)


def _stays(message: Message, asked: str) -> Iterator[Candidate]:
    """Countries with years: "India 2010-2018, UAE 2018-2022"."""
    stays = []
    for length in find_durations(message.text, message.as_of):
        if length.start_on is None:
            continue
        sentence = (
            re.split(r"[,;\n]|\bthen\b|\bpuis\b", message.text[: length.start])[-1]
            + " "
            + re.split(r"[,;\n]", message.text[length.end :])[0]
        )
        country = COUNTRY.search(sentence)
        if country:
            stays.append(Stay(country.group().title(), length.start_on, length.end_on))
    if stays:
        yield _whole(message, asked, tuple(stays), estimated=True)
