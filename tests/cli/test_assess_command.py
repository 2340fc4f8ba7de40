"""``assistant assess``, ``clb`` and ``schema``: files, lines and spreadsheets, good and bad."""

from __future__ import annotations

import csv
import gc
import io
import json
import re
import sys
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.assessment import assess as engine
from bot.cli.assess import assess
from bot.cli.clb import clb
from bot.cli.schema import schema
from bot.cli.spreadsheet import score_spreadsheet
from bot.cli.streams import each_line
from bot.facts.interchange import from_interchange
from tests.assessment.people import SINGLE, score

app = typer.Typer()
app.command("assess")(assess)
app.command("clb")(clb)
app.command("schema")(schema)
RUN = CliRunner()
ON = ["--as-of", "2026-11-02"]


def lines(*given_lines: object, command: str = "assess", options: list[str] = ON) -> list[dict]:
    text = "".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in given_lines)
    found = RUN.invoke(app, [command, "--jsonl", *options], input=text)
    assert found.exit_code == 0, found.output
    return [json.loads(line) for line in found.stdout.splitlines()]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "profile.json"
    path.write_text(json.dumps(SINGLE), encoding="utf-8")
    return path


def test_json_of_one_file(file):
    found = RUN.invoke(app, ["assess", str(file), "--json", *ON])
    data = json.loads(found.stdout)
    assert found.exit_code == 0
    assert (data["as_of"], data["rule_set"], data["crs"]["status"]) == ("2026-11-02", "crs-2025-03-25", "computed")
    assert data["crs"]["total"] == score().total == sum(line["points"] for line in data["crs"]["lines"])
    assert [data["crs"][name] for name in ("core", "spouse", "transferability", "additional")] == [
        section["points"] for section in data["crs"]["sections"]
    ]
    assert set(data["programs"]) == {"cec", "fsw", "fst"}
    assert set(data["programs"]["fsw"]["selection"]) >= {
        "total",
        "language",
        "education",
        "experience",
        "age",
        "arranged_employment",
        "adaptability",
    }


def test_the_core_is_score_language_and_programs_alone(file):
    whole = json.loads(RUN.invoke(app, ["assess", str(file), "--json", *ON]).stdout)
    core = json.loads(RUN.invoke(app, ["assess", str(file), "--json", "--core", *ON]).stdout)
    assert set(core) < set(whole) >= {"gains", "timeline", "documents"}
    assert core["crs"]["total"] == whole["crs"]["total"]
    assert lines({"profile": SINGLE}, options=["--core", *ON]) == [{"id": None, **core}]
    assert lines({"profile": SINGLE}) == [{"id": None, **whole}]


def test_yaml_and_standard_input_give_the_same(file):
    text = "age: 30\ndate_of_birth: 1996-01-01\n"
    found = RUN.invoke(app, ["assess", "-", "--json", *ON], input=text)
    same = RUN.invoke(app, ["assess", "-", "--json", *ON], input=json.dumps({"age": 30, "date_of_birth": "1996-01-01"}))
    assert found.stdout == same.stdout


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("Rules in force until November 2, 2026", "Canadian Experience Class", "Only IRCC decides")),
        ("fr", ("Règles en vigueur jusqu’au 2 novembre 2026", "Catégorie de l’expérience canadienne")),
    ],
)
def test_the_report_after_the_change_names_the_rules_it_follows(file, language, words):
    found = RUN.invoke(app, ["assess", str(file), "--as-of", "2026-11-22", "-l", language])
    said = " ".join(found.stdout.split())
    assert found.exit_code == 0
    for word in words:
        assert word in said


@pytest.mark.parametrize(
    ("told", "language", "words"),
    [
        (SINGLE, "en", ["The selection grid gives 49 points.", "Language 16 / 28", "Education 21 / 25"]),
        (SINGLE, "fr", ["La grille de sélection donne 49 points.", "Langue 16 / 28", "Études 21 / 25"]),
        ({**SINGLE, "second_language": None}, "en", ["gives 53 points at most", "Language 16–20 / 28"]),
    ],
    ids=["all known", "in French", "second language open"],
)
def test_the_report_names_the_points_of_every_factor_of_the_selection_grid(tmp_path, told, language, words):
    path = tmp_path / "profile.json"
    path.write_text(json.dumps(told), encoding="utf-8")
    said = " ".join(RUN.invoke(app, ["assess", str(path), *ON, "-l", language]).stdout.split())
    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("agee: 1", "agee: no such key"),
        ("age: [", "not readable as YAML or JSON"),
        ("date_of_birth: 2020-13-01", "not readable as YAML or JSON"),
        ("", "the profile: "),
        ("[1]", "the profile: "),
    ],
)
def test_a_file_with_a_fault_is_named_in_one_line(tmp_path, content, named):
    path = tmp_path / "profile.yaml"
    path.write_text(content, encoding="utf-8")
    found = RUN.invoke(app, ["assess", str(path)])
    assert found.exit_code == 1
    assert named in found.stderr
    assert "profile.yaml" in found.stderr
    assert "Traceback" not in found.output


def test_other_faults_end_in_one_line(tmp_path):
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"age: \xe9")
    assert "not UTF-8" in RUN.invoke(app, ["assess", str(latin)]).stderr
    assert "No such file" in RUN.invoke(app, ["assess", str(tmp_path / "nowhere.yaml")]).stderr
    assert "the rules start on 2017-06-06" in " ".join(
        RUN.invoke(app, ["assess", "-", "--as-of", "2016-01-01"]).output.split()
    )
    assert RUN.invoke(app, ["assess"]).exit_code == 2


def test_one_line_in_one_line_out_in_the_same_order():
    found = lines(
        {"id": 1, "profile": SINGLE},
        "nonsense\n",
        {"id": "b", "as_of": "2020-10-19", "profile": {"age": 30}},
        {"id": 3, "profile": {"age": 300}},
        "[1]\n",
        "\n",
        {"id": 4, "as_of": "2017-06-05", "profile": {}},
        {"id": 5, "as_of": "tomorrow", "profile": {}},
        {"id": 6, "profil": {}},
        {"id": 7},
        {"profile": {}},
    )
    assert [line["id"] for line in found] == [1, None, "b", 3, None, 4, 5, 6, 7, None]
    assert found[0]["crs"]["total"] == score().total
    assert found[2]["rule_set"] == "crs-2017-06-06"
    for place, named in (
        (1, "not a line of JSON: Expecting value at character 1"),
        (3, "profile.age: "),
        (4, "a JSON object"),
        (5, "as_of: the rules start on 2017-06-06"),
        (6, 'as_of: "tomorrow" is not a day'),
        (7, "profil: no such key"),
    ):
        assert set(found[place]) == {"id", "error"}
        assert named in found[place]["error"]
    assert found[8]["crs"]["status"] == found[9]["crs"]["status"] == "range"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        (b'{"id": "\xe9"}', "not UTF-8 text"),
        (b'{"id": ' + b"9" * 5000 + b"}", "a number is too long"),
        (b'{"id": 1, "profile": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "braces lie too deep"),
    ],
    ids=["bytes of another encoding", "a number without end", "braces without end"],
)
def test_a_line_that_cannot_be_read_says_why(line, named):
    target = io.StringIO()
    each_line(lambda data: {}, io.BytesIO(line), target)
    assert named in json.loads(target.getvalue())["error"]


@settings(deadline=None)
@given(line=st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_no_line_stops_the_rest(line):
    source = io.BytesIO(line.replace(b"\n", b" ") + b'\n{"id": 2}\n')
    target = io.StringIO()
    each_line(lambda data: {"read": True}, source, target)
    found = [json.loads(answer) for answer in target.getvalue().splitlines()]
    assert found[-1] == {"id": 2, "read": True}
    assert all(set(answer) in ({"id", "error"}, {"id", "read"}) for answer in found)


def test_a_deep_line_and_a_lone_surrogate_stop_nothing():
    found = lines("[" * 100_000 + "\n", '{"id": "\\ud800", "profile": {}}\n', {"id": 2, "profile": {}})
    assert [line["id"] for line in found] == [None, "\ud800", 2]


@pytest.mark.parametrize(
    ("test", "ability", "score", "level"),
    [
        ("ielts_general", "listening", 7.0, 7),
        ("ielts_general", "listening", 7.5, 8),
        ("pte_core", "reading", 50, 5),
        ("pte_core", "reading", 51, 6),
        ("pte_core", "reading", 24, None),
        ("tef_canada", "reading", 207, 7),
        ("tef_canada_2019", "reading", 450, 7),
        ("tef_canada_2023", "reading", 434, 7),
        ("celpip_general", "speaking", 12, 10),
        ("celpip_general", "speaking", 4, 4),
        ("celpip_general", "speaking", 3, None),
        ("tcf_canada", "writing", 10, 7),
    ],
)
def test_levels_of_single_scores(test, ability, score, level):
    found = lines({"id": 1, "test": test, "ability": ability, "score": score}, command="clb")
    assert found == [{"id": 1, "clb": level}]
    said = RUN.invoke(app, ["clb", test, ability, str(score), *ON])
    assert said.stdout.strip() == ("below 4" if level is None else str(level))


def test_scores_that_do_not_exist_are_refused():
    found = lines(
        {"id": 1, "test": "ielts_academic", "ability": "reading", "score": 7},
        {"id": 2, "test": "ielts_general", "ability": "singing", "score": 7},
        {"id": 3, "test": "ielts_general", "ability": "reading", "score": 9.5},
        {"id": 4, "test": "ielts_general", "ability": "reading", "score": "7"},
        {"id": 5, "test": "ielts_general", "ability": "reading", "score": True},
        {"id": 6, "test": "ielts_general", "ability": "reading"},
        {"id": 7, "test": "pte_core", "ability": "reading", "score": 60, "as_of": "2024-01-29"},
        {"id": 8, "test": "clb", "ability": "reading", "score": 7},
        command="clb",
    )
    assert [line["id"] for line in found] == list(range(1, 9))
    assert all("error" in line for line in found)
    assert RUN.invoke(app, ["clb", "ielts_general", "reading", "9.5"]).exit_code == 2
    assert RUN.invoke(app, ["clb"]).exit_code == 2
    assert RUN.invoke(app, ["clb", "ielts_general", "reading"]).exit_code == 2


def test_the_schema_is_json():
    found = json.loads(RUN.invoke(app, ["schema"]).stdout)
    assert found["additionalProperties"] is False
    assert set(SINGLE) <= set(found["properties"])


HEADER = "id,name,age,marital_status,education,canadian_study,language_test,reading,writing,listening,speaking,noc\n"


def rows(path: Path, *options: str) -> tuple[list[dict], str]:
    found = RUN.invoke(app, ["assess", "--csv", str(path), *ON, *options])
    assert found.exit_code == 0, found.output
    return list(csv.DictReader(io.StringIO(found.stdout))), found.stderr


def test_a_spreadsheet_of_leads(tmp_path):
    path = tmp_path / "leads.csv"
    path.write_text(
        HEADER.replace(",name,", ",name,[red]agent,")
        + '1,Ann,,30,single,master,none,ielts_general,"6,5",6.5,7.5,6.5,12\n'
        + "2,Bob,,abc,single,,,,,,,,\n"
        + "3,Cid,,unknown,Declined,,,,,,,,\n"
        + "4,Dee,,30,single,,,,,,,,not a code\n",
        encoding="utf-8-sig",
    )
    found, said = rows(path)
    assert [row["id"] for row in found] == ["1", "2", "3", "4"]
    assert said.strip() == "Left out: name, [red]agent"
    levels = {"reading": 8, "writing": 8, "listening": 8, "speaking": 8}
    expected = from_interchange(
        {
            "age": 30,
            "marital_status": "single",
            "education": "master",
            "canadian_study": "none",
            "first_language": {"language": "english", "test": None, **levels},
            "noc": "00012",
        }
    )
    assert found[0]["low"] == str(engine(expected, date(2026, 11, 2)).crs.low)
    assert found[0]["error"] == ""
    assert found[1]["error"] == 'age: "abc" is not a possible value. It takes a whole number from 0 to 120.'
    assert found[2]["low"] == "0"
    assert "noc: " in found[3]["error"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_spreadsheet_as_programs_write_it(tmp_path, delimiter):
    """A mark before the first column, labels as names, decimals of zeros, midnight, spaces and commas in an amount."""
    path = tmp_path / "leads.csv"
    table = [
        ["ID", "Âge", "date_of_birth", "Education", "funds_amount", "family_size", "job_offer", "Phone"],
        ["1", "30.0", "", " Master ", '"$15,263"', "1.0", "none", ""],
        ["2", "", "1996-10-02 00:00:00", "master", '"15 263,00"', "1", "None", ""],
        ["", "", "", "", " ", "", "", ""],
        ["3", "30", "", "master", '"15.262,99"', "1", "none", ""],
    ]
    content = "\r\n".join(delimiter.join(row) for row in table)
    path.write_text(content, encoding="utf-8-sig")
    found, said = rows(path, "--as-of", "2026-10-01")
    assert [(row["id"], row["error"]) for row in found] == [("1", ""), ("2", ""), ("3", "")]
    assert [row["fsw"] for row in found] == ["cannot_tell", "cannot_tell", "no"]
    assert "Left out: Phone" in said


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("300,,,,,", 'age: "300" is not a possible value. It takes a whole number from 0 to 120.'),
        (",31/12/1990,,,,", 'date_of_birth: "31/12/1990" is not a possible value.'),
        (",2026-11-03,,,,", 'date_of_birth: "2026-11-03" lies after the day of the assessment'),
        (",,PhD,,,", "It takes one of: none, secondary,"),
        (",,,ielts_general,9.5,", "reading: the scale of this test has no 9.5."),
        (",,,,7,", "reading: a score without its test cannot be read. The column language_test is empty."),
        (",,,,,,30", "more cells than there are columns"),
    ],
)
def test_a_row_with_a_wrong_value_says_what_its_cell_takes(tmp_path, row, error):
    path = tmp_path / "leads.csv"
    header = "age,date_of_birth,education,language_test,reading,family_size"
    path.write_text(f"{header}\n{row}\n30,,,,,\n", encoding="utf-8")
    found, _ = rows(path)
    assert error in found[0]["error"]
    assert (found[0]["low"], found[1]["error"]) == ("", "")


def test_a_spreadsheet_may_be_answered_in_french(tmp_path):
    path = tmp_path / "leads.csv"
    path.write_text("age;noc\n300;\n30;;x\n30;\n", encoding="utf-8")
    first, second, third = rows(path, "-l", "fr")[0]
    assert first["error"] == "age : « 300 » n'est pas une valeur possible. On y attend un nombre entier de 0 à 120."
    assert second["error"].startswith("La ligne a plus de cellules que de colonnes.")
    assert third["notice"].startswith("Renseignements généraux")


def test_a_spreadsheet_written_to_a_file(tmp_path):
    path, target = tmp_path / "leads.csv", tmp_path / "scores.csv"
    path.write_text("age,as_of\n30,2020-10-19\n30,2016-01-01\n30,someday\n", encoding="utf-8")
    rows(path, "--output", str(target))
    found = list(csv.DictReader(target.open(encoding="utf-8")))
    assert [row["rule_set"] for row in found] == ["crs-2017-06-06", "", ""]
    assert "the rules start on" in found[1]["error"]
    assert "is not a day" in found[2]["error"]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("name,phone\nAnn,1\n", "no column is named by a fact"),
        ("", "no column is named by a fact"),
        ("age,jobs\n30,[]\n", "column jobs: lists do not fit in a cell"),
        ("age,noc,Age\n30,,31\n", "column age stands there twice"),
    ],
)
def test_a_spreadsheet_with_a_fault_is_named(tmp_path, content, named):
    path = tmp_path / "leads.csv"
    path.write_text(content, encoding="utf-8")
    found = RUN.invoke(app, ["assess", "--csv", str(path), *ON])
    assert found.exit_code == 1
    assert named in " ".join(found.stderr.split())


def test_nothing_is_written_where_nothing_can_be_read(tmp_path):
    path, target = tmp_path / "leads.csv", tmp_path / "scores.csv"
    path.write_text("name\nAnn\n", encoding="utf-8")
    target.write_text("kept", encoding="utf-8")
    assert RUN.invoke(app, ["assess", "--csv", str(path), "-o", str(target), *ON]).exit_code == 1
    assert target.read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize(("width", "named"), [(23, 8), (40, 13), (80, 26), (140, 46)])
def test_the_bar_has_its_room_beside_any_name(tmp_path, monkeypatch, capsys, width, named):
    """On a screen of any width: the start of the name as it is, the bar, and how much is done, in one line."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", str(width))
    path = tmp_path / "[red]leads of the spring fair in Manila, second part.csv"
    path.write_text("age\n30\n31\n", encoding="utf-8-sig")
    score_spreadsheet(path, tmp_path / "out.csv", date(2026, 11, 2))
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", capsys.readouterr().err)
    frames = [frame for frame in re.split(r"[\r\n]+", shown) if frame.strip()]
    assert {len(frame) for frame in frames} == {width}
    assert all(frame.startswith(f"{path.name[: named - 1]}… ") for frame in frames)
    assert "━━━━ 100% 0:" in frames[-1]


@pytest.mark.parametrize(
    ("output", "screen", "bar"), [(None, True, False), (None, False, True), ("out.csv", True, True)]
)
def test_no_bar_runs_through_rows_on_the_same_screen(tmp_path, monkeypatch, capsys, output, screen, bar):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: screen)
    path = tmp_path / "leads.csv"
    path.write_text("age\n30\n", encoding="utf-8")
    score_spreadsheet(path, tmp_path / output if output else None, date(2026, 11, 2))
    found = capsys.readouterr()
    assert len(found.out.splitlines()) == (0 if output else 2)
    assert ("━" in found.err) is bar


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    path, target = tmp_path / "leads.csv", tmp_path / "nowhere" / "scores.csv"
    path.write_text("age\n30\n", encoding="utf-8")
    found = RUN.invoke(app, ["assess", "--csv", str(path), "-o", str(target), *ON])
    assert found.exit_code == 1
    assert found.stderr.strip() == f"{target}: No such file or directory"


def test_memory_does_not_grow_with_the_spreadsheet(tmp_path):
    """Rows of which most carry an error, which are as many objects and much less work."""

    def peak(count: int) -> int:
        path = tmp_path / f"{count}.csv"
        path.write_text("id,age\n1,30\n" + "".join(f"{number},old\n" for number in range(count)), encoding="utf-8")
        gc.collect()
        tracemalloc.start()
        score_spreadsheet(path, tmp_path / "out.csv", date(2026, 11, 2))
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(50)
    assert peak(20_000) < peak(1_000) + 50_000
