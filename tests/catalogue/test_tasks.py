"""The built-in tasks and related words, and what is said of wrong ones."""

from pathlib import Path

import pytest

from auditor.catalogue.tasks import read_related, read_tasks
from auditor.content import content
from auditor.errors import CardError


def test_the_built_in_tasks_are_worded_in_several_ways() -> None:
    tasks = read_tasks(content("rules") / "tasks.yaml")
    assert len(tasks) >= 40
    assert all(
        4 <= len(set(task.phrasings)) <= 6 and task.about and task.kind and task.question.endswith("?")
        for task in tasks
    )
    assert not any(task.targets for task in tasks)


def test_no_word_stands_alone() -> None:
    assert all(len(set(group)) > 1 for group in read_related(content("rules") / "related-words.yaml"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tasks: 3", "list tasks"),
        ("tasks: [{id: a}]", "question"),
        ("tasks: [{id: a, question: b}, {id: a, question: c}]", "a stands there twice"),
        ("tasks: [", ":1: no valid YAML"),
        ("tasks: [a]", "valid dictionary"),
    ],
)
def test_a_wrong_task_is_told_in_one_line(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "tasks.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CardError) as raised:
        read_tasks(path)
    assert told in str(raised.value)
    assert "\n" not in str(raised.value)
