"""Whether a phone gets the same hits as a desktop: which queries are asked there too, and what their lists say."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from auditor.model.search import Answer
from auditor.model.sitesearch import Family, SearchQuery
from auditor.sitesearch.figures import DEPTH

SAMPLE = 5
_FEWEST = 3
"""Lists that must be set beside each other before the same is said of all."""


def sampled(queries: Iterable[SearchQuery], answers: Mapping[str, Answer], seed: int) -> list[SearchQuery]:
    """Base queries that are asked on a phone too: `SAMPLE` of them, seeded, from each family in turn.

    Those that gave hits on the desktop go first: empty lists are alike whatever a phone shows.

    Args:
        queries: all queries.
        answers: the desktop's, by the text of the query; what was not answered there is not asked.
        seed: of the choice.
    """
    chance = np.random.default_rng([seed, 6])
    families: dict[tuple[Family, bool], list[SearchQuery]] = defaultdict(list)
    for query in queries:
        answer = answers.get(query.text)
        if answer is not None and not answer.untested and query.variant is None and query.family is not Family.TITLE:
            families[query.family, query.confirmed].append(query)
    rows = [[group[int(place)] for place in chance.permutation(len(group))] for group in families.values()]
    mixed = [query for row in zip_longest(*rows) for query in row if query is not None]
    return sorted(mixed, key=lambda query: not answers[query.text].hits)[:SAMPLE]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """Lists of a phone beside those of a desktop."""

    asked: int
    compared: int
    differing: tuple[str, ...]
    untested: str
    """Why it cannot be said whether they are alike, as a reason's key and detail; empty if it can."""


def set_beside(desktop: Mapping[str, Answer], phone: Mapping[str, Answer], place: Callable[[str], str]) -> Beside:
    """The first ten hits of both for each query that both answered.

    Args:
        desktop: answers by the text of the query.
        phone: the same.
        place: address of a hit → that of the page which it leads to.
    """

    def first(answer: Answer) -> Sequence[str]:
        return [place(hit.url) for hit in answer.hits[:DEPTH]]

    answered = {text: answer for text, answer in phone.items() if not answer.untested}
    both = [text for text in answered if text in desktop and not desktop[text].untested]
    differing = tuple(text for text in both if first(desktop[text]) != first(answered[text]))
    untested = ""
    if not answered:
        untested = next((answer.untested for answer in phone.values()), "search-not-compared")
    elif not differing and len(both) < min(_FEWEST, len(desktop)):
        untested = "search-not-compared"
    return Beside(asked=len(answered), compared=len(both), differing=differing, untested=untested)
