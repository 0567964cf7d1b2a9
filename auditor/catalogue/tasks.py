"""Reads the built-in tasks, and the words that stand for one another."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from auditor.errors import CardError
from auditor.model.config import Task
from auditor.yamlfile import loaded


def read_tasks(path: Path) -> tuple[Task, ...]:
    """The tasks in *path*.

    Raises:
        CardError: the file cannot be read, or a task is wrong.
    """
    try:
        tasks = tuple(Task.model_validate(entry) for entry in _list(path, "tasks"))
    except ValidationError as error:
        first = error.errors()[0]
        raise CardError(path, 1, f"tasks: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    twice = {task.id for task in tasks if sum(other.id == task.id for other in tasks) > 1}
    if twice:
        raise CardError(path, 1, f"tasks: {', '.join(sorted(twice))} stands there twice")
    return tasks


def read_related(path: Path) -> tuple[tuple[str, ...], ...]:
    """Groups of words that stand for one another.

    Raises:
        CardError: the file cannot be read or does not hold lists of words.
    """
    groups = _list(path, "groups")
    if not all(isinstance(group, list) and all(isinstance(word, str) for word in group) for group in groups):
        raise CardError(path, 1, "groups must hold lists of words")
    return tuple(tuple(group) for group in groups)


def _list(path: Path, key: str) -> list[Any]:
    try:
        held = loaded(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CardError(path, line, f"no valid YAML: {error.problem or error.context}") from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise CardError(path, 1, f"cannot be read ({' '.join(str(error).split())})") from error
    if not isinstance(held, dict) or not isinstance(held.get(key), list):
        raise CardError(path, 1, f"the file must hold a list {key}")
    return list(held[key])
