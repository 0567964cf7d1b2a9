"""Figures of a search: trec_eval's measures per query, means with bootstrap intervals, and tests between runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pytrec_eval

from auditor.findability.figures import bootstrap
from auditor.model.sitesearch import ANSWERS, SearchFigures

CUTS = (1, 3, 5, 10)
DEPTH = 10
_EXCHANGES = 10_000
_MEASURES = {"success.1,3,5,10", "recip_rank"}


@dataclass(frozen=True, slots=True)
class Scored:
    """How one list of hits does for one query."""

    success: Mapping[int, float]
    reciprocal: float
    """1/rank of the first answer among the first ten; 0 if it is not there (RR@10)."""
    ndcg: float
    """nDCG@10: grade divided by log2(rank + 1), over that of the best order (Järvelin & Kekäläinen 2002)."""


def scored(hits: Sequence[str], grades: Mapping[str, int]) -> Scored:
    """Figures of *hits*, addresses in order, by trec_eval.

    An address that is listed again keeps its place but is worth nothing there. Success and reciprocal rank count what
    answers (grade 3); nDCG counts all grades.
    """
    ranked: dict[str, float] = {}
    for place, url in enumerate(hits[:DEPTH]):
        ranked[url if url not in ranked else f"{url}#{place}"] = float(DEPTH - place)
    if not ranked or not grades:
        return Scored(dict.fromkeys(CUTS, 0.0), 0.0, 0.0)
    wanted = {"query": dict(grades)}
    strict = pytrec_eval.RelevanceEvaluator(wanted, _MEASURES, relevance_level=ANSWERS).evaluate({"query": ranked})
    graded = pytrec_eval.RelevanceEvaluator(wanted, {"ndcg_cut.10"}).evaluate({"query": ranked})
    return Scored(
        {cut: float(strict["query"][f"success_{cut}"]) for cut in CUTS},
        float(strict["query"]["recip_rank"]),
        float(graded["query"]["ndcg_cut_10"]),
    )


def summed(
    site: Sequence[Scored], reference: Sequence[Scored], nothing: int, chance: np.random.Generator
) -> SearchFigures | None:
    """The figures over several queries; None if there is none.

    Args:
        site: the site's, one a query.
        reference: our own search's, for the same queries.
        nothing: for how many the site's search said that there is nothing.
        chance: of the bootstrap.
    """
    interval = bootstrap([one.reciprocal for one in site], chance)
    if interval is None:
        return None
    return SearchFigures(
        queries=len(site),
        success={cut: float(np.mean([one.success[cut] for one in site])) for cut in CUTS},
        mrr=interval,
        ndcg=float(np.mean([one.ndcg for one in site])),
        nothing=nothing / len(site),
        reference_mrr=float(np.mean([one.reciprocal for one in reference])),
    )


def randomisation(before: Sequence[float], after: Sequence[float], chance: np.random.Generator) -> float:
    """How likely a mean difference at least as large is if the two runs are exchanged at random, query by query.

    Fisher's paired randomisation test, two-sided (Smucker, Allan & Carterette 2007), with 10,000 exchanges; the seen
    order counts as one of them, so that the answer is never 0.
    """
    difference = np.array(after, dtype=np.float64) - np.array(before, dtype=np.float64)
    if not len(difference):
        return 1.0
    seen = abs(difference.mean())
    signs = chance.choice(np.array([-1.0, 1.0]), size=(_EXCHANGES, len(difference)))
    drawn = np.abs((signs * difference).mean(axis=1))
    return float((1 + np.count_nonzero(drawn >= seen - 1e-12)) / (_EXCHANGES + 1))
