"""Proposed tasks: YAML that can be read again, whatever pages and tasks say; and never called confirmed."""

import yaml
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.config import Task
from auditor.pipeline.suggest import _task, _text
from auditor.sitesearch.suggest import Candidate

_ANY = st.text(st.characters(codec="utf-8"), max_size=40)


@given(_ANY)
def test_any_words_survive_yaml(words: str) -> None:
    assert yaml.safe_load(f"[{_text(words)}]") == [words]


@given(_ANY.filter(str.strip), _ANY, st.lists(_ANY, max_size=3))
def test_what_is_proposed_reads_as_an_unconfirmed_task(question: str, title: str, phrasings: list[str]) -> None:
    task = Task(id="t", question=question, phrasings=tuple(phrasings))
    found = (
        Candidate(url="https://x.se/bidrag/", title=title, confidence=0.9),
        Candidate(url="https://y.se/a?b=c: d", title=title, confidence=0.8),
        Candidate(url="https://x.se/", title=title, confidence=0.3),
    )
    (read,) = yaml.safe_load("\n".join(["tasks:", *_task(task, found, "x.se")]))["tasks"]
    proposed = Task.model_validate(read)
    assert proposed.targets == ("/bidrag/", "https://y.se/a?b=c: d")
    assert proposed.question == question
    assert proposed.phrasings == tuple(phrasings)
    assert proposed.confidence == 0.9
    assert not proposed.is_confirmed


def test_targets_of_a_site_file_count_as_confirmed() -> None:
    assert Task(id="t", question="?", targets=("/a",)).is_confirmed
    assert not Task(id="t", question="?").is_confirmed
    assert not Task(id="t", question="?", targets=("/a",), confirmed=False).is_confirmed
