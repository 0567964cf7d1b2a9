"""The examples for build servers and nightly runs: they fit the published schemas, and call commands that exist."""

import json
import re
import shlex
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml
from jsonschema import Draft7Validator

from auditor.nightlyfile import read_nightly
from tests.commands import command

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "docs" / "examples"
ACTION = EXAMPLES / "github" / "action.yml"
JOB = EXAMPLES / "gitlab" / "auditor.gitlab-ci.yml"


def schema(name: str) -> dict[str, Any]:
    """A schema of SchemaStore, as check-jsonschema ships it."""
    folder = files("check_jsonschema") / "builtin_schemas" / "vendor"
    read = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    assert isinstance(read, dict)
    return read


@pytest.mark.parametrize(("path", "name"), [(ACTION, "github-actions"), (JOB, "gitlab-ci")])
def test_the_files_fit_their_published_schemas(path: Path, name: str) -> None:
    Draft7Validator(schema(name)).validate(yaml.safe_load(path.read_text(encoding="utf-8")))


NIGHTLY = EXAMPLES / "nightly"


def commands() -> list[list[str]]:
    """Every line of the examples that calls auditor, as words."""
    action = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    scripts = [step.get("run", "") for step in action["runs"]["steps"]]
    scripts += yaml.safe_load(JOB.read_text(encoding="utf-8"))["auditor"]["script"]
    lines = [line.strip() for script in scripts for line in script.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("auditor ")]


def test_options_in_the_examples_exist() -> None:
    told = [word for words in commands() for word in words if word.startswith("--") and word != "--"]
    known = {option for parameter in command("ci").params for option in parameter.opts}
    assert len(commands()) == 2
    assert {word for word in told if word not in known} == set()


def test_the_action_leads_from_its_own_folder_to_the_package() -> None:
    assert (ACTION.parent / "../../.." / "pyproject.toml").resolve() == ROOT / "pyproject.toml"


def test_no_input_is_put_into_a_script() -> None:
    action = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    assert [step["run"] for step in action["runs"]["steps"] if "${{" in step.get("run", "")] == []


def test_what_the_examples_collect_is_what_is_written() -> None:
    reports = yaml.safe_load(JOB.read_text(encoding="utf-8"))["auditor"]["artifacts"]["reports"]
    assert {kind: Path(path).name for kind, path in reports.items()} == {
        "junit": "junit.xml",
        "accessibility": "gl-accessibility.json",
        "codequality": "gl-code-quality-report.json",
    }
    assert {Path(path).parent.name for path in reports.values()} == {"auditor-ci"}
    assert "auditor.sarif" in ACTION.read_text(encoding="utf-8")


def test_the_plugin_is_announced_to_pytest() -> None:
    assert '[project.entry-points.pytest11]\nauditor = "auditor.pytest_plugin"' in (ROOT / "pyproject.toml").read_text()


def test_the_settings_of_a_night_can_be_read() -> None:
    config = read_nightly(NIGHTLY / "nightly.yaml")
    assert config.zone.key == "Europe/Stockholm"
    assert config.mail is not None
    assert config.reports == NIGHTLY.resolve() / "reports"


def scheduled() -> dict[str, time]:
    """The time of day that each example names."""
    timer = (NIGHTLY / "auditor.timer").read_text(encoding="utf-8")
    clock = re.search(r"^OnCalendar=\*-\*-\* (\d\d):(\d\d):00 Europe/Stockholm$", timer, re.MULTILINE)
    cron = (NIGHTLY / "auditor.cron").read_text(encoding="utf-8")
    line = re.search(r"^(\d+) (\d+) \* \* \* ", cron, re.MULTILINE)
    assert clock
    assert line
    assert "CRON_TZ=Europe/Stockholm" in cron
    return {"timer": time(int(clock[1]), int(clock[2])), "cron": time(int(line[2]), int(line[1]))}


@pytest.mark.parametrize("name", ["timer", "cron"])
def test_the_time_is_there_once_every_night_also_when_clocks_change(name: str) -> None:
    zone, when = ZoneInfo("Europe/Stockholm"), scheduled()[name]
    for number in range(365 * 15):
        local = datetime.combine(date(2026, 1, 1) + timedelta(days=number), when, zone)
        assert local.utcoffset() == local.replace(fold=1).utcoffset(), local  # neither twice nor never
        assert local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None)


@pytest.mark.parametrize("name", ["auditor.service", "auditor.cron", "Containerfile"])
def test_the_nightly_examples_call_the_command_as_it_is(name: str) -> None:
    text = (NIGHTLY / name).read_text(encoding="utf-8")
    called = re.findall(r"auditor (nightly [^\n\"]*nightly\.yaml)", text)
    called += [" ".join(json.loads(found)) for found in re.findall(r"^CMD (.*)$", text, re.MULTILINE)]
    assert called
    known = {option for parameter in command("nightly").params for option in parameter.opts}
    assert {word for line in called for word in line.split() if word.startswith("-")} <= known
