"""Which pages of a site answer which task, as far as our own ranking can tell: for a person to confirm."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from auditor.model.config import Task
from auditor.sitesearch.index import ReferenceSearch

MOST = 3
LEAST_CONFIDENCE = 0.2
_LOOKED_AT = 10


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A page that may answer."""

    url: str
    title: str
    confidence: float
    """Mean of 1/rank over all wordings of the task, 0 to 1: 1 if it comes first however one puts it."""


def candidates(task: Task, search: ReferenceSearch) -> tuple[Candidate, ...]:
    """The likeliest pages for *task*, best first; none if no page comes up for several of its wordings.

    Each wording is searched for by itself, and ranks are averaged, so that one lucky word does not decide.
    """
    wordings = [task.question, *task.phrasings]
    total: dict[str, float] = defaultdict(float)
    for wording in wordings:
        for rank, (url, _) in enumerate(search.search(wording, _LOOKED_AT), 1):
            total[url] += 1 / rank / len(wordings)
    titles = {document.url: document.title for document in search.documents}
    ranked = sorted(total.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    return tuple(
        Candidate(url=url, title=titles[url], confidence=round(share, 2))
        for url, share in ranked
        if share >= LEAST_CONFIDENCE
    )


def answering(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Those of *found* that are taken for answers until a person says otherwise: the best, and its equals."""
    return tuple(one for one in found if one.confidence >= 0.8 * found[0].confidence)
