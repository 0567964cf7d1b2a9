"""What the site's own search finds, for the sample report."""

from auditor.model.findability import Interval
from auditor.model.search import Hit
from auditor.model.sitesearch import (
    Cause,
    Coverage,
    FailedQuery,
    Family,
    Mend,
    PhoneSearch,
    Robustness,
    SearchFigures,
    SearchQuality,
    SearchQuery,
    Trend,
    UntestedQuery,
    Variant,
)

START = "https://www.sjoboda.example/"
GRANTS = f"{START}foreningar/bidrag/"
HALLS = f"{START}boka/"


def _query(text: str, *, task: str = "", confirmed: bool = True, target: str = GRANTS) -> SearchQuery:
    return SearchQuery(
        text=text,
        family=Family.TASK if task else Family.KNOWN,
        grades={target: 3, START: 1},
        task=task,
        confirmed=confirmed,
        overlap=0.5,
    )


def _figures(queries: int, mrr: float, reference: float) -> SearchFigures:
    return SearchFigures(
        queries=queries,
        success={1: mrr - 0.1, 3: mrr, 5: mrr + 0.1, 10: mrr + 0.15},
        mrr=Interval(value=mrr, low=mrr - 0.12, high=mrr + 0.11),
        ndcg=mrr + 0.04,
        nothing=0.2,
        reference_mrr=reference,
    )


def sample_searches() -> SearchQuality:
    """Queries of each fate: not found through the search's fault and through the page's, found, and not tested."""
    strata = {
        "all": _figures(41, 0.52, 0.81),
        "confirmed": _figures(12, 0.61, 0.9),
        "unconfirmed": _figures(14, 0.4, 0.7),
        "known": _figures(15, 0.55, 0.8),
    }
    robustness = (
        Robustness(
            variant=Variant.APART,
            pairs=6,
            base_mrr=0.8,
            mrr=0.1,
            reference_mrr=0.75,
            interval=Interval(value=0.1, low=0.0, high=0.3),
            example="förenings bidrag",
            base_example="föreningsbidrag",
        ),
        Robustness(
            variant=Variant.TYPO,
            pairs=3,
            base_mrr=None,
            mrr=None,
            reference_mrr=None,
            example="bidarg",
            base_example="bidrag",
        ),
    )
    return SearchQuality(
        strata=strata,
        robustness=robustness,
        coverage=(
            Coverage(kind="page", found=22, missing=(HALLS,), unknown=1),
            Coverage(kind="pdf", found=0, missing=(f"{START}taxor.pdf",)),
        ),
        stale=(("lotteri", f"{START}gammal-sida/", 404),),
        looked_at=133,
        failed=(
            FailedQuery(
                query=_query("föreningsstöd", task="bidrag"),
                rank=None,
                reference_rank=1,
                came=(Hit(url=f"{START}foreningar/", title="Föreningar"), Hit(url=START, title="")),
                nothing=False,
                mend=Mend.SEARCH,
                cause=Cause.SYNONYM,
                words=("föreningsstöd",),
                target=GRANTS,
                target_title="Bidrag till föreningar",
            ),
            FailedQuery(
                query=_query("pengar till klubben", task="bidrag"),
                rank=None,
                reference_rank=None,
                came=(),
                nothing=True,
                mend=Mend.PAGE,
                cause=Cause.NO_WORD,
                words=("pengar", "klubben"),
                target=GRANTS,
                target_title="Bidrag till föreningar",
            ),
            FailedQuery(
                query=_query("lotter", task="lotteri", confirmed=False, target=HALLS),
                rank=8,
                reference_rank=2,
                came=(Hit(url=f"{START}nyheter/", title="Nyheter"),),
                nothing=False,
                mend=None,
                cause=None,
                target=HALLS,
            ),
        ),
        held=(_query("föreningsbidrag", task="bidrag"), _query("kassör årsmöte")),
        not_tested=(UntestedQuery(query=_query("boka hall", task="boka"), reason="search-unread"),),
        without=("Får vi sätta upp affischer om vårt arrangemang?",),
        phone=PhoneSearch(compared=5, asked=5, strata=strata, robustness=robustness),
        trend=Trend(queries=30, before=0.44, after=0.52, p=0.03),
        asked=60,
        reciprocal={"föreningsbidrag": 1.0, "föreningsstöd": 0.0},
        dictionary="hunspell-sv 2026.10.25",
        seed=0,
    )
