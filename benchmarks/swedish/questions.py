"""How our own search does on questions that people asked Swedish authorities.

SuperLim's SweFAQ (Språkbanken Text, CC BY): each question comes with some answers of its category, of which one is its
own. It is ranked among these; frequencies of terms are those of all answers.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from auditor.sitesearch.index import Document, PassageEmbedder, ReferenceSearch
from auditor.text.analyzer import Analyzer
from auditor.text.compounds import DictionarySplitter
from auditor.text.dictionary import Dictionary
from auditor.text.words import SWEDISH, Tongue, tokens


@dataclass(frozen=True)
class Question:
    """One question, its candidates, and which of them is right."""

    text: str
    candidates: tuple[str, ...]
    right: int


@dataclass(frozen=True)
class Ranked:
    """How one way of searching did."""

    name: str
    first: float
    """Share with the right answer first."""
    mrr: float
    """Mean of 1/rank of the right answer."""


def read_questions(path: Path) -> list[Question]:
    """The questions in *path*.

    Raises:
        OSError, ValueError, KeyError: it cannot be read.
    """
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [Question(row["question"], tuple(row["candidate_answers"]), int(row["label"])) for row in rows]


def measure(
    questions: Sequence[Question], dictionary: Dictionary | None, meaning: PassageEmbedder | None = None
) -> list[Ranked]:
    """BM25 with stems only, with compounds by the answers' own words, by the dictionary too, and hybrids."""
    answers = list(dict.fromkeys(answer for one in questions for answer in one.candidates))
    seen = Counter(word for answer in answers for word in tokens(answer))
    plain = Analyzer(Tongue(SWEDISH.stemmer, SWEDISH.small, compounds=False), seen)
    documents = [Document(url=str(place), title="", text=answer) for place, answer in enumerate(answers)]
    ways = [
        ("BM25, stems", ReferenceSearch(documents, plain)),
        ("BM25, own words' compounds", ReferenceSearch(documents, Analyzer(SWEDISH, seen))),
    ]
    full = Analyzer(SWEDISH, seen, (), DictionarySplitter(dictionary, seen) if dictionary else None)
    if dictionary:
        ways.append(("BM25, dictionary's compounds", ReferenceSearch(documents, full)))
    ways.append(("hybrid with semantic space", ReferenceSearch(documents, full, hybrid=True)))
    if meaning:
        ways.append(("hybrid with embedding", ReferenceSearch(documents, full, meaning=meaning)))
    return [_measured(name, search, answers, questions) for name, search in ways]


def _measured(name: str, search: ReferenceSearch, answers: Sequence[str], questions: Sequence[Question]) -> Ranked:
    number = {answer: place for place, answer in enumerate(answers)}
    ranks = []
    for question in questions:
        scores = search.scores(question.text)
        own = [scores[number[candidate]] for candidate in question.candidates]
        ranks.append(1 + sum(score > own[question.right] for score in own))
    return Ranked(name, sum(rank == 1 for rank in ranks) / len(ranks), sum(1 / rank for rank in ranks) / len(ranks))
