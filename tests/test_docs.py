"""What the documents say exists, and what exists is in the documents."""

import re
from pathlib import Path

import click
import pytest

from auditor.cli import main
from auditor.cli.exits import Exit
from auditor.reporting.formats import FORMATS
from tests.commands import COMMANDS, command

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"\]\(([^)#]+)\)")


def test_every_module_of_a_command_is_listed() -> None:
    modules = (ROOT / "auditor" / "cli").glob("*.py")
    of_commands = re.compile(r"^@click\.(command|group)\(\)", re.MULTILINE)

    assert {path.stem for path in modules if of_commands.search(path.read_text(encoding="utf-8"))} == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_readme_and_has_help(name: str) -> None:
    assert f"auditor {name}" in README
    assert command(name).name == name
    assert command(name).get_short_help_str()


def test_every_option_of_audit_is_in_the_readme() -> None:
    options = {option for parameter in command("audit").params for option in parameter.opts if "--" in option}

    assert {option for option in options if f"`{option}" not in README} == set()


def test_every_format_and_exit_code_is_in_the_readme() -> None:
    assert all(name in README for name in FORMATS)
    assert all(f"**{code.value}**" in README for code in Exit)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_within_the_project_lead_somewhere(document: Path) -> None:
    links = [link for link in _LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]

    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_option_has_help() -> None:
    commands: list[click.Command] = [main, *map(command, COMMANDS)]
    for known in commands:
        if isinstance(known, click.Group):
            commands += known.commands.values()
    options = [option for known in commands for option in known.params if isinstance(option, click.Option)]

    assert [option.name for option in options if not option.help and option.name not in ("lang", "version")] == []


def test_every_decision_has_a_number_of_its_own() -> None:
    documents = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(document.name[:4]) for document in documents]

    assert numbers == sorted(set(numbers))
    assert [document.read_text(encoding="utf-8").split(".")[0] for document in documents] == [f"# {n}" for n in numbers]
