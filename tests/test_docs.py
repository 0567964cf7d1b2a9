"""What the documents say exists, and what exists is in the documents."""

import re
from pathlib import Path

import click
import pytest

from auditor.cli import main
from auditor.cli.exits import Exit
from auditor.reporting import FORMATS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_LINK = re.compile(r"\]\(([^)#]+)\)")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_in_the_readme_and_has_help(name: str) -> None:
    assert f"auditor {name}" in README
    assert main.commands[name].get_short_help_str()


def test_every_option_of_audit_is_in_the_readme() -> None:
    options = {option for parameter in main.commands["audit"].params for option in parameter.opts if "--" in option}

    assert {option for option in options if f"`{option}" not in README} == set()


def test_every_format_and_exit_code_is_in_the_readme() -> None:
    assert all(name in README for name in FORMATS)
    assert all(f"**{code.value}**" in README for code in Exit)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_within_the_project_lead_somewhere(document: Path) -> None:
    links = [link for link in _LINK.findall(document.read_text(encoding="utf-8")) if "://" not in link]

    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_option_has_help() -> None:
    commands: list[click.Command] = [main]
    for command in commands:
        if isinstance(command, click.Group):
            commands += command.commands.values()
    options = [option for command in commands for option in command.params if isinstance(option, click.Option)]

    assert [option.name for option in options if not option.help and option.name not in ("lang", "version")] == []


def test_every_decision_has_a_number_of_its_own() -> None:
    documents = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [int(document.name[:4]) for document in documents]

    assert numbers == sorted(set(numbers))
    assert [document.read_text(encoding="utf-8").split(".")[0] for document in documents] == [f"# {n}" for n in numbers]
