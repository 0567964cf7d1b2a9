"""The handbook: it builds without a warning, and what it says can be done."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from PIL import Image

from auditor.catalogue.load import load_catalogue
from auditor.cli import main
from auditor.decisionfile import read_decisions
from auditor.model.claim import Register
from auditor.model.config import SiteConfig
from auditor.model.nightly import NightlyConfig

ROOT = Path(__file__).parent.parent
HANDBOOK = ROOT / "docs" / "handbok"
PAGES = sorted(HANDBOOK.rglob("*.md"))
COMMANDED = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *PAGES, *sorted((ROOT / "docs" / "decisions").glob("*.md"))]
PICTURE_BYTES = 300_000
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`(auditor [^`\n]+)`")
_SCHEMATIC = re.compile(r"[|\[…]")


def commands(text: str) -> Iterator[str]:
    """Every line of *text* that calls auditor, in a block or within a sentence, but for those that show a pattern."""
    for line in text.splitlines():
        if line.startswith(("auditor ", "    auditor ")) and not _SCHEMATIC.search(line.partition("#")[0]):
            yield line.strip()
    yield from (found for found in _INLINE.findall(text) if not _SCHEMATIC.search(found))


def parse(words: list[str]) -> None:
    """Reads a command line as the program would, without doing what it says.

    Raises:
        click.UsageError: the program would not take it.
    """
    command: click.Command = main
    context = click.Context(main, info_name="auditor")
    while isinstance(command, click.Group):
        if not words:
            return
        name, *words = words
        found = command.get_command(context, name)
        if found is None:
            raise click.UsageError(f"no command {name}")
        command, context = found, click.Context(found, info_name=name, parent=context)
    if not words:
        return
    values, rest, _ = command.make_parser(context).parse_args(list(words))
    if rest:
        raise click.UsageError(f"too much: {rest}")
    for parameter in command.params:
        value = values.get(parameter.name or "")
        for one in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(parameter.type, click.Choice) and isinstance(one, str):
                parameter.type.convert(one, parameter, context)


@pytest.mark.parametrize("path", COMMANDED, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_can_be_given(path: Path) -> None:
    for line in commands(path.read_text(encoding="utf-8")):
        try:
            parse(shlex.split(line, comments=True)[1:])
        except click.ClickException as error:
            pytest.fail(f"{line}: {error.format_message()}")


@pytest.mark.parametrize("line", ["audit a --no-such", "nothing", "decide a b maybe", "ci a b"])
def test_a_command_that_cannot_be_given_is_noticed(line: str) -> None:
    with pytest.raises(click.ClickException):
        parse(shlex.split(line))


def test_each_path_of_the_handbook_names_commands() -> None:
    for folder in ("webbteam", "revision", "utveckling"):
        assert any(list(commands(path.read_text(encoding="utf-8"))) for path in (HANDBOOK / folder).glob("*.md"))


def test_it_builds_without_a_warning(tmp_path: Path) -> None:
    words = [
        "-q",
        "-W",
        "--keep-going",
        "-b",
        "html",
        "-d",
        str(tmp_path / "tree"),
        str(HANDBOOK),
        str(tmp_path / "out"),
    ]
    done = subprocess.run([sys.executable, "-m", "sphinx", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert 'lang="sv"' in (tmp_path / "out" / "index.html").read_text(encoding="utf-8")


def blocks() -> Iterator[tuple[str, Any, str]]:
    """Page, contents and text of every block of YAML."""
    for path in PAGES:
        for kind, text in _FENCE.findall(path.read_text(encoding="utf-8")):
            if kind == "yaml":
                yield path.name, yaml.safe_load(text), text


def test_every_file_that_it_shows_would_be_taken(tmp_path: Path) -> None:
    seen = set()
    for name, raw, text in blocks():
        if "sites" in raw:
            NightlyConfig.model_validate(raw)
        elif "decisions" in raw:
            (tmp_path / "decisions.yaml").write_text(text, encoding="utf-8")
            assert read_decisions(tmp_path / "decisions.yaml")
        elif "claims" in raw:
            Register.model_validate(raw)
        elif "steps" in raw:
            continue
        else:
            SiteConfig.model_validate({"start": "https://www.example.se/", **raw})
        seen.add(name)
    assert seen >= {"forsta-granskningen.md", "varje-natt.md", "beslut.md", "pastaenden.md", "bevis.md"}


def test_the_rules_that_it_names_exist() -> None:
    named = {
        rule for path in PAGES for rule in re.findall(r"auditor rules show (\S+?)`", path.read_text(encoding="utf-8"))
    }
    named |= {rule for _, _, text in blocks() for rule in re.findall(r"rule: ([\w-]+/[\w-]+)", text)}
    assert named
    assert named <= set(load_catalogue().rules)


def test_pictures_are_light_and_told_in_words() -> None:
    shown = set()
    for path in PAGES:
        for words, file in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", path.read_text(encoding="utf-8")):
            assert len(words) > 20, file
            shown.add((path.parent / file).resolve())
    pictures = set((HANDBOOK / "bilder").resolve().iterdir())
    assert shown <= pictures
    assert len(shown) >= 6
    for picture in pictures:
        assert picture.stat().st_size < PICTURE_BYTES
        with Image.open(picture) as image:
            assert min(image.size) > 300


def test_it_speaks_swedish() -> None:
    english = re.compile(r"\b(?:the|and|report|issue|finding|website|dashboard|baseline|score)\b")
    for path in PAGES:
        text = re.sub(
            r"```.*?```|`[^`]*`|\]\([^)]*\)|<!--.*?-->", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        assert english.findall(text) == [], path.name
