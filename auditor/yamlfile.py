"""Reads YAML that people write, and tells their mistakes with file and line."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from auditor.errors import ConfigError

_Model = TypeVar("_Model", bound=BaseModel)
_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def loaded(text: str) -> Any:
    """What *text* holds, read by libyaml where PyYAML has it, which takes a fifth of the time.

    What that cannot read is read once more by PyYAML itself, whose complaints are plainer.

    Raises:
        yaml.YAMLError, ValueError: it is no YAML.
    """
    try:
        return yaml.load(text, Loader=_FAST)
    except (yaml.YAMLError, ValueError):
        return yaml.safe_load(text)


def composed(text: str) -> yaml.Node | None:
    """The tree of nodes of *text*, which knows the lines; read as by `loaded`.

    Raises:
        yaml.YAMLError: it is no YAML.
    """
    try:
        return yaml.compose(text, Loader=_FAST)
    except yaml.YAMLError:
        return yaml.compose(text, Loader=yaml.SafeLoader)


def read_yaml(path: Path, *, plain: bool = False) -> tuple[Any, yaml.Node | None]:
    """What *path* holds, and its tree of nodes, which knows the lines.

    Args:
        path: the file.
        plain: every value as the text that was written: what looks like a number or a date is none.

    Raises:
        ConfigError: it cannot be read, or is no YAML; with file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read as text ({error})") from error
    node = None
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        return yaml.load(text, Loader=yaml.BaseLoader) if plain else yaml.safe_load(text), node
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError(f"{path}:{line}: no valid YAML: {error.problem or error.context}") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise ConfigError(f"{path}:{line}: no valid YAML: {error.reason}") from error
    except ValueError as error:
        raise ConfigError(f"{path}:{_line_of_bad_value(node)}: no valid YAML: {error}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}:1: no valid YAML: nested too deeply") from error


def validated(model: type[_Model], raw: Any, name: str, node: yaml.Node | None = None) -> _Model:
    """*raw* as *model*.

    Args:
        model: what it should be.
        raw: what was read.
        name: what the user calls the file.
        node: the file's tree of nodes, so that a mistake is told with its line.

    Raises:
        ConfigError: it is not like that; one line that names the first mistake.
    """
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        line = line_of(node, first["loc"]) if node else 0
        place = f"{name}:{line}" if line else name
        key = ".".join(str(part) for part, _ in groupby(first["loc"]))
        what = "unknown key" if first["type"] == "extra_forbidden" else first["msg"].removeprefix("Value error, ")
        raise ConfigError(f"{place}: {key}: {what}" if key else f"{place}: {what}") from error


def line_of(node: yaml.Node, location: Sequence[int | str]) -> int:
    """Line of the innermost part of *location* that the file has."""
    line = node.start_mark.line + 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == str(part)), None)
            if pair is None:
                continue  # the name of a choice between kinds, which stands in no file
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line


def _line_of_bad_value(node: yaml.Node | None) -> int:
    """Line of the first plain value below *node* that YAML reads as a date or number, and that is none."""
    if isinstance(node, yaml.ScalarNode):
        if node.style is None:
            try:
                yaml.safe_load(node.value)
            except ValueError:
                return node.start_mark.line + 1
        return 0
    if not isinstance(node, yaml.CollectionNode):
        return 0
    inner = [part for pair in node.value for part in pair] if isinstance(node, yaml.MappingNode) else node.value
    return next((line for part in inner if (line := _line_of_bad_value(part))), 0)
