"""JSON, JUnit and CSV."""

import csv
import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator

from auditor.content import content
from auditor.model.report import Place
from auditor.model.score import RuleTally
from auditor.model.vocabulary import Viewport
from auditor.reporting.csv import COLUMNS, harmless, write_csv
from auditor.reporting.json import SCHEMA_NAME, read_json, schema, schema_text, write_json
from auditor.reporting.junit import write_junit
from tests.reporting.sample import empty, first_run, partial, sample

GOLDEN = content("reports") / "samples" / "report.json"


def test_the_tracked_schema_is_up_to_date() -> None:
    assert (content("reports") / "schema" / SCHEMA_NAME).read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("report", [sample(), partial(sample()), first_run(sample()), empty(sample())])
def test_reports_fit_the_schema_and_come_back(tmp_path: Path, report: object) -> None:
    path = write_json(report, tmp_path)  # type: ignore[arg-type]
    Draft202012Validator.check_schema(schema())
    Draft202012Validator(schema()).validate(json.loads(path.read_bytes()))
    assert read_json(path) == report


def test_the_golden_report_is_the_sample(tmp_path: Path) -> None:
    assert write_json(sample(), tmp_path).read_text(encoding="utf-8") == GOLDEN.read_text(encoding="utf-8")


def test_json_keeps_all_but_what_cannot_be_encoded(tmp_path: Path) -> None:
    path = write_json(replace(sample(), site_name="a\ud800\u202e\x00b"), tmp_path)
    assert json.loads(path.read_bytes())["site_name"] == "a\ufffd\u202e\x00b"


def junit(folder: Path, report: object) -> ET.Element:
    return ET.parse(write_junit(report, folder)).getroot()  # type: ignore[arg-type]


def test_junit_has_a_case_per_rule_and_viewport(tmp_path: Path) -> None:
    root = junit(tmp_path, sample())
    cases = {case.get("name"): case for case in root.iter("testcase")}
    failure = cases["axe/color-contrast [phone]"].find("failure")
    assert failure is not None
    assert failure.get("type") == "serious"
    assert "kontrasten 2,9:1" in str(failure.text)
    assert "https://www.sjoboda.example/ main > p" in str(failure.text)
    assert cases["information/unclear-abbreviation [phone]"].find("skipped") is not None
    assert cases["search/sort-order [desktop]"].find("error") is not None
    assert not list(cases["contact/held [phone]"])
    assert cases["page: sidan svarade inte inom 30 sekunder"].find("error") is not None


def test_junit_counts_add_up(tmp_path: Path) -> None:
    root = junit(tmp_path, sample())
    for attribute, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        assert int(root.get(attribute, "-1")) == len(list(root.iter(tag)))
        assert int(root.get(attribute, "-1")) == sum(int(suite.get(attribute, "-1")) for suite in root)


def test_pages_left_out_of_a_passed_case_are_told(tmp_path: Path) -> None:
    report = sample()
    row = next(row for row in report.rules if row.rule == "contact/held")
    tally = RuleTally(rule=row.rule, viewport=Viewport.PHONE, passed=3, untested=2)
    case = next(junit(tmp_path, replace(report, rules=(replace(row, tallies=(tally,)),), untested=())).iter("testcase"))
    assert case.findtext("system-out") == "2 sidor kunde inte provas"


def test_characters_that_xml_forbids_are_replaced(tmp_path: Path) -> None:
    report = sample()
    bad = replace(report.findings[0], sentence="a\x00\x0b\ud800\ufffe]]><b>&")
    root = junit(tmp_path, replace(report, site_name="\x01<&\"'", findings=(bad,)))
    assert root.get("name") == "\ufffd<&\"'"
    assert "]]><b>&" in "".join(str(failure.text) for failure in root.iter("failure"))


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_csv_has_a_row_per_place(tmp_path: Path) -> None:
    report = sample()
    path = write_csv(report, tmp_path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    header, *found = rows(path)
    assert header[0] == "Beteckning"
    assert len(found) == sum(len(one.places) for one in report.findings)
    assert all(len(row) == len(COLUMNS) for row in found)


def test_a_finding_without_places_has_a_row_per_page(tmp_path: Path) -> None:
    report = sample()
    bare = replace(report.findings[0], places=())
    _, *found = rows(write_csv(replace(report, findings=(bare,)), tmp_path))
    assert [row[COLUMNS.index("url")] for row in found] == list(bare.pages)


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "=cmd|' /C calc'!A0"])
def test_formulas_are_neutralised(cell: str) -> None:
    assert harmless(cell) == "'" + cell


def test_hostile_cells_stay_in_their_cell(tmp_path: Path) -> None:
    report = sample()
    text = '=HYPERLINK("x");\r\nny rad"; \x00' + "å" * 100_000
    place = Place(url="https://www.sjoboda.example/", viewport=None, selector=text, text=text, html=text, sentence=text)
    _, *found = rows(write_csv(replace(report, findings=(replace(report.findings[0], places=(place,)),)), tmp_path))
    (row,) = found
    assert row[COLUMNS.index("text")].startswith("'=HYPERLINK")
    assert all(len(cell) <= 32_767 for cell in row)
