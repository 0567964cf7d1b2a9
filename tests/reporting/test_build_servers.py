"""What build servers read: SARIF, GitLab's two files, JUnit against a baseline, GitHub's commands and summary."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

from auditor.model.report import Report
from auditor.model.vocabulary import Language, OutcomeKind, Severity
from auditor.reporting.build import build_lines
from auditor.reporting.formats import FORMATS
from auditor.reporting.github import annotations, step_summary
from auditor.reporting.gitlab import write_gitlab_accessibility, write_gitlab_code_quality
from auditor.reporting.junit import write_junit
from auditor.reporting.places import Sources, made_up
from auditor.reporting.sarif import write_sarif
from auditor.reporting.write import write_report
from tests.reporting.builds import HOSTILE, WHOLE, checked, hostile
from tests.reporting.sample import empty, sample

NOTHING = replace(empty(WHOLE), run_state="complete")
FAILED = [finding for finding in WHOLE.findings if finding.kind is OutcomeKind.FAILED]


def sarif(report: Report, folder: Path) -> dict[str, Any]:
    """The one run of the file, which fits the model that is made of the published schema."""
    path = write_sarif(report, folder)
    assert path is not None
    log = json.loads(path.read_bytes())
    Sarif.model_validate(log)
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


@pytest.mark.parametrize("report", [WHOLE, hostile(), NOTHING, sample(Language.ENGLISH)])
def test_sarif_fits_the_published_schema_and_github(report: Report, tmp_path: Path) -> None:
    run = sarif(replace(report, failed_pages=()), tmp_path)
    rules = run["tool"]["driver"]["rules"]
    assert run["invocations"][0]["executionSuccessful"] is True
    assert run["automationDetails"]["id"].count("/") == 2
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert len(rule["properties"]["tags"]) <= 20
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert 1 <= len(result["locations"]) <= 1000
        place = result["locations"][0]["physicalLocation"]
        assert place["region"]["startLine"] >= 1
        assert re.fullmatch(r"[\w.%-]+(/[\w.%-]+)*", place["artifactLocation"]["uri"])


def test_sarif_has_one_result_for_each_cause_that_failed(tmp_path: Path) -> None:
    results = sarif(WHOLE, tmp_path)["results"]
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]
    assert prints == [f"{finding.key}:1" for finding in FAILED]
    assert {result["kind"] for result in results} == {"fail"}


def test_hostile_text_makes_no_link_in_a_sarif_message(tmp_path: Path) -> None:
    for result in sarif(hostile(), tmp_path)["results"]:
        assert not re.search(r"(?<!\\)\[", result["message"]["text"])
        assert "\u202e" not in json.dumps(result, ensure_ascii=False)


@pytest.mark.parametrize("changed", [{"failed_pages": ("https://www.sjoboda.example/",)}, {"run_state": "interrupted"}])
@pytest.mark.parametrize("name", ["sarif", "gitlab-code-quality"])
def test_nothing_to_upload_is_left_of_a_run_with_pages_that_did_not_load(
    name: str, changed: dict[str, Any], tmp_path: Path
) -> None:
    before = write_report(WHOLE, tmp_path, [name])
    after = write_report(replace(WHOLE, **changed), tmp_path, [name])
    assert (len(before), after) == (1, {})
    assert list(tmp_path.iterdir()) == []


def test_gitlab_lists_each_page_with_its_causes(tmp_path: Path) -> None:
    told = json.loads(write_gitlab_accessibility(WHOLE, tmp_path).read_bytes())
    entries = [entry for found in told["results"].values() for entry in found]
    assert told["errors"] == len(entries) == sum(len(finding.pages) for finding in FAILED)
    assert told["total"] == len(told["results"])
    assert told["passes"] == sum(not found for found in told["results"].values())
    assert {"code", "type", "typeCode", "message", "context", "selector", "runner"} <= set(entries[0])
    assert {entry["type"] for entry in entries} == {"error"}


def test_a_page_that_did_not_load_is_an_error_of_its_own_in_gitlab(tmp_path: Path) -> None:
    report = sample()
    told = json.loads(write_gitlab_accessibility(report, tmp_path).read_bytes())
    (lost,) = report.failed_pages
    assert [entry["code"] for entry in told["results"][lost]] == ["auditor.untested"]


def test_positions_in_a_list_do_not_change_gitlabs_entries(tmp_path: Path) -> None:
    def at(position: int) -> Report:
        findings = tuple(
            replace(
                finding,
                places=tuple(
                    replace(place, selector=f"ul > li:nth-of-type({position}) > a", html=f"<a id={position}>")
                    for place in finding.places
                ),
            )
            for finding in WHOLE.findings
        )
        return replace(WHOLE, findings=findings)

    one, two = (write_gitlab_accessibility(at(position), tmp_path).read_bytes() for position in (2, 7))
    assert one == two


@pytest.mark.parametrize("report", [WHOLE, hostile(), NOTHING])
def test_code_quality_has_what_gitlab_requires(report: Report, tmp_path: Path) -> None:
    path = write_gitlab_code_quality(report, tmp_path)
    assert path is not None
    assert not path.read_bytes().startswith(b"\xef\xbb\xbf")
    entries = json.loads(path.read_bytes())
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    for entry in entries:
        assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert entry["description"]
        assert entry["check_name"]
        assert entry["location"]["lines"]["begin"] >= 1
        assert not entry["location"]["path"].startswith(("/", "."))


def test_known_causes_fail_no_case_of_junit(tmp_path: Path) -> None:
    seen = {f"{finding.rule} [{viewport}]" for finding in FAILED for viewport in finding.viewports}

    def failing(*known: str) -> set[str]:
        root = ET.parse(write_junit(WHOLE, tmp_path, known)).getroot()
        return {str(case.get("name")) for case in root.iter("testcase") if case.find("failure") is not None} & seen

    contrast = {finding.key for finding in FAILED if finding.rule == "axe/color-contrast"}
    assert failing(*(finding.key for finding in FAILED)) == set()
    assert failing(*({finding.key for finding in FAILED} - contrast)) == {
        "axe/color-contrast [phone]",
        "axe/color-contrast [desktop]",
    }
    assert "sedan tidigare" in (tmp_path / "junit.xml").read_text(encoding="utf-8")


def test_annotations_are_the_worst_ten_and_only_what_stops_is_an_error() -> None:
    many = tuple(
        replace(FAILED[0], key=f"{number:012x}", severity=Severity.MODERATE if number else Severity.CRITICAL)
        for number in range(25)
    )
    lines = list(annotations(replace(checked(), new=many), Severity.CRITICAL))
    assert len(lines) == 10
    assert [line.split(" ")[0] for line in lines] == ["::error", *["::warning"] * 9]


def test_hostile_text_is_no_command_of_github() -> None:
    one = checked(hostile())
    told = [*build_lines(one, Severity.MINOR), *step_summary(one, Severity.MINOR).splitlines()]
    assert any("set-env" in line for line in told)
    assert [line for line in told if line.lstrip().startswith("::") or "##[" in line] == []
    for line in annotations(one, Severity.MINOR):
        assert re.fullmatch(r"::(error|warning|notice) file=[^,:\r\n]+,line=\d+,title=[^,:\r\n]+::[^\r\n]*", line)
        assert "##[" not in line


def test_hostile_text_is_only_text_in_the_summary() -> None:
    shown = (
        MarkdownIt("commonmark", {"linkify": False})
        .enable("table")
        .render(step_summary(checked(hostile()), Severity.MINOR))
    )
    assert "<img" not in shown
    assert "<a " not in shown
    assert "onerror" in shown
    assert {len(re.findall("<td", row)) for row in shown.split("<tr>")[2:]} == {5}


def test_the_summary_says_so_when_too_little_was_looked_at() -> None:
    assert "**För lite kunde granskas" in step_summary(checked(too_little=True), Severity.MINOR)
    assert "**Inga nya problem" in step_summary(checked(known_keys={one.key for one in FAILED}), Severity.MINOR)


def test_the_terminal_tells_new_mended_and_missed_and_what_was_left_out() -> None:
    lines = "\n".join(build_lines(checked(known_keys={FAILED[0].key}, fixed=2, missed=1), Severity.SERIOUS))
    stops = [one for one in FAILED[1:] if one.severity.rank >= Severity.SERIOUS.rank]
    assert f"{len(stops)} nya problem som stoppar bygget" in lines
    assert lines.count("\n  + ") == len(stops)
    assert lines.count("\n  ~ ") == len(FAILED) - 1 - len(stops)
    assert "2 kända problem finns inte längre" in lines
    assert "1 känt problem kunde inte provas igen" in lines
    assert "Utelämnat för att gå fort: webbplatsens egen sökning och PDF-dokument" in lines


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://www.example.se/", "site/www.example.se/index.html"),
        ("https://www.example.se/kontakt/", "site/www.example.se/kontakt/index.html"),
        ("https://www.example.se/om.html", "site/www.example.se/om.html"),
        ("http://localhost:3000/../../etc/", "site/localhost%3A3000/etc/index.html"),
        ("https://www.example.se/a%2F..%2F..%2Fb", "site/www.example.se/a%2F..%2F..%2Fb"),
        ("http://[", "site/index.html"),
        ("", "site/unknown/index.html"),
    ],
)
def test_a_page_has_the_same_made_up_path_in_every_run(url: str, path: str) -> None:
    assert made_up(url) == (path, 1)


def test_long_addresses_and_queries_stay_apart_and_short() -> None:
    urls = [f"https://www.example.se/{'å' * 300}{tail}" for tail in ("", "b", "?a=1", "?a=2")]
    paths = {made_up(url)[0] for url in urls}
    assert len(paths) == 4
    assert max(map(len, paths)) < 255


def test_served_pages_are_told_by_their_own_file_and_line(tmp_path: Path) -> None:
    page = tmp_path / "public" / "kontakt" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text('<!doctype html>\n<main>\n<img src="a.png">\n<p>\n<p>\n', encoding="utf-8")
    (tmp_path / "secret.html").write_text("x", encoding="utf-8")
    where = Sources({"Public.localhost": tmp_path / "public"}, tmp_path)
    assert where("http://public.localhost:8080/kontakt/", '<img src="a.png">') == ("public/kontakt/index.html", 3)
    assert where("http://public.localhost/kontakt/", "<p>") == ("public/kontakt/index.html", 1)
    assert where("http://public.localhost/kontakt/", "") == ("public/kontakt/index.html", 1)
    assert where("http://public.localhost/%2e%2e/secret.html", "x")[0].startswith("site/")
    assert where("http://public.localhost/borta/", "")[0] == "site/public.localhost/borta/index.html"
    assert where("http://other.example/kontakt/", "")[0].startswith("site/other.example/")


def test_what_only_build_servers_read_is_written_when_asked_for(tmp_path: Path) -> None:
    write_report(WHOLE, tmp_path / "usual", ["json"])
    assert set(write_report(WHOLE, tmp_path / "all", list(FORMATS))) == set(FORMATS)
    assert HOSTILE not in (tmp_path / "all" / "auditor.sarif").read_text(encoding="utf-8")
