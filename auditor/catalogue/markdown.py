"""Splits a Markdown file into front matter, sections and test cases."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from auditor.errors import CardError
from auditor.model.rule import Example, ExampleFile
from auditor.model.vocabulary import OutcomeKind
from auditor.yamlfile import composed, loaded

_MARKDOWN = MarkdownIt().disable("inline")
"""What stands within a paragraph is not taken apart: sections are kept as they are written."""
_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_CASE = re.compile(r"(Passed|Failed|Inapplicable|CantTell): (.+)")
_PATH = re.compile(r"`(/[^`]*)`:")
_ATTRIBUTE = re.compile(r"(\w+)=(?:\"([^\"]*)\"|(\S+))")
_KINDS = {
    "Passed": OutcomeKind.PASSED,
    "Failed": OutcomeKind.FAILED,
    "Inapplicable": OutcomeKind.INAPPLICABLE,
    "CantTell": OutcomeKind.CANT_TELL,
}


@dataclass(frozen=True)
class Sections:
    """A Markdown file taken apart."""

    path: Path
    front: Mapping[str, Any]
    front_lines: Mapping[str, int]
    """Top-level key of the front matter → its line in the file."""
    sections: Mapping[str, str]
    """Title of each second-level heading → the Markdown below it."""
    examples: tuple[Example, ...]

    def line(self, key: str) -> int:
        """Line of a front matter key, or of the front matter itself."""
        return self.front_lines.get(key, 1)


def read_sections(path: Path) -> Sections:
    """The parts of the Markdown file at *path*.

    Raises:
        CardError: the file cannot be read, the front matter is missing or no valid YAML, or a test case is not written
            as one.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CardError(path, 1, f"cannot be read as text ({error})") from error
    match = _FRONT.match(text)
    if not match:
        raise CardError(path, 1, "no front matter: the file must begin with a block between two lines of ---")
    try:
        node = composed(match[1])
        front = loaded(match[1])
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise CardError(path, line, f"the front matter is no valid YAML: {error.problem}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise CardError(path, 2, f"the front matter is no valid YAML: {' '.join(str(error).split())}") from error
    if not isinstance(front, dict) or not isinstance(node, yaml.MappingNode):
        raise CardError(path, 2, "the front matter must hold keys and values")
    lines = {key.value: key.start_mark.line + 2 for key, _ in node.value}
    offset = match[0].count("\n")
    body = text[match.end() :]
    tokens = _MARKDOWN.parse(body)
    return Sections(
        path=path,
        front=front,
        front_lines=lines,
        sections=dict(_sections(tokens, body)),
        examples=tuple(_examples(path, tokens, offset)),
    )


def _sections(tokens: list[Token], body: str) -> Iterator[tuple[str, str]]:
    lines = body.splitlines()
    heads = [
        (tokens[index + 1].content, token.map)
        for index, token in enumerate(tokens)
        if token.type == "heading_open" and token.tag == "h2" and token.map
    ]
    for (title, (_, begin)), following in zip(heads, [*heads[1:], None], strict=True):
        end = following[1][0] if following else len(lines)
        yield title, "\n".join(lines[begin:end]).strip()


def _examples(path: Path, tokens: list[Token], offset: int) -> Iterator[Example]:
    title, kind, line = "", None, 0
    files: dict[str, ExampleFile] = {}
    place = "/"

    def finished() -> Iterator[Example]:
        if kind is None:
            return
        if not files:
            raise CardError(path, line, f"the test case «{title}» holds no HTML")
        yield Example(title=title, expected=kind, files=dict(files), line=line)

    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            yield from finished()
            title, kind, place = "", None, "/"
            files.clear()
            match = _CASE.fullmatch(tokens[index + 1].content) if token.tag == "h3" else None
            if match:
                title, kind, line = match[2], _KINDS[match[1]], offset + (token.map or [0])[0] + 1
            elif token.tag == "h3":
                where = offset + (token.map or [0])[0] + 1
                raise CardError(
                    path, where, "a test case is headed «Passed: …», «Failed: …», «Inapplicable: …» or «CantTell: …»"
                )
        elif token.type == "inline" and kind and (found := _PATH.fullmatch(token.content)):
            place = found[1]
        elif token.type == "fence" and kind and token.info.split(" ")[0] == "html":
            attributes = {key: quoted or bare for key, quoted, bare in _ATTRIBUTE.findall(token.info)}
            files[place] = ExampleFile(html=token.content, attributes=attributes)
    yield from finished()
