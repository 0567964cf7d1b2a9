"""Keeps what the site's search answered in the run's folder, as it comes: nothing is asked twice in one run."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from auditor.gather.asking import Reply
from auditor.model.search import Answer

ANSWERS = "search-answers.jsonl"
"""File in a run's folder: an answer a line, in the order in which they came."""
_ANSWER = TypeAdapter(Answer)


def keep_answer(folder: Path, reply: Reply) -> Answer:
    """Adds a reply to those in *folder*; gives the answer, with the picture that was kept of what could not be read.

    Raises:
        OSError: it cannot be written.
    """
    answer = reply.answer
    if answer.untested and reply.picture:
        said = f"{answer.question.viewport} {answer.question.query}"
        name = f"search-{sha256(said.encode(errors='replace')).hexdigest()[:12]}.jpg"
        (folder / "shots").mkdir(exist_ok=True)
        (folder / "shots" / name).write_bytes(reply.picture)
        answer = replace(answer, screenshot=name)
    with (folder / ANSWERS).open("a", encoding="utf-8") as file:
        file.write(_ANSWER.dump_json(answer).decode(errors="replace") + "\n")
    return answer


def kept_answers(folder: Path, purpose: str | None = None) -> Iterator[Answer]:
    """The answers in *folder*, or those to questions of one *purpose*, in the order in which they came."""
    path = folder / ANSWERS
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        try:
            answer = _ANSWER.validate_json(line)
        except ValidationError:  # the line that was being written when the run was killed
            continue
        if purpose is None or answer.question.purpose == purpose:
            yield answer
