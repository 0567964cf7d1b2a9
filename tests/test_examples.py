"""The examples for build servers and nightly runs: they fit the published schemas, and call commands that exist."""

import json
import shlex
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from auditor.cli import main

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


def commands() -> list[list[str]]:
    """Every line of the examples that calls auditor, as words."""
    action = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    scripts = [step.get("run", "") for step in action["runs"]["steps"]]
    scripts += yaml.safe_load(JOB.read_text(encoding="utf-8"))["auditor"]["script"]
    lines = [line.strip() for script in scripts for line in script.splitlines()]
    return [shlex.split(line)[1:] for line in lines if line.startswith("auditor ")]


def test_options_in_the_examples_exist() -> None:
    told = [word for words in commands() for word in words if word.startswith("--") and word != "--"]
    known = {option for parameter in main.commands["ci"].params for option in parameter.opts}
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
