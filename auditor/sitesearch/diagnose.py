"""Why a query fails, and whether the search or the page is to be mended.

What decides is our own search over the same pages: if that finds the page by the same words, the site's search could.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from auditor.model.sitesearch import Cause, Mend, SearchQuery, Variant
from auditor.sitesearch.index import Document
from auditor.text.analyzer import Analyzer
from auditor.text.words import SWEDISH, tokens

WITHIN = 5
"""A query fails if no answer stands among the first five hits (Difi, «Kvalitet på nett»)."""
_WORST_FIRST = (Cause.NO_WORD, Cause.SYNONYM, Cause.COMPOUND, Cause.INFLECTION)


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """Where the fault lies, why, and in which words."""

    mend: Mend
    cause: Cause
    words: tuple[str, ...] = ()


def diagnose(
    query: SearchQuery,
    document: Document,
    analyzer: Analyzer,
    *,
    rank: int | None,
    reference_rank: int | None,
    unindexed: Collection[str],
) -> Diagnosis:
    """Why *query* does not bring up *document* among the first five.

    Args:
        query: what was typed.
        document: the best answer, as our own search knows it.
        analyzer: makes terms of texts.
        rank: where the site has an answer among its hits; None if nowhere.
        reference_rank: where our own search has one; None if nowhere.
        unindexed: addresses that came up for no query, not for their own title either.
    """
    if document.url in unindexed:
        return Diagnosis(mend=Mend.SEARCH, cause=Cause.NOT_INDEXED)
    found = reference_rank is not None and reference_rank <= WITHIN
    if query.variant in (Variant.TYPO, Variant.FOLDED):
        return Diagnosis(mend=Mend.SEARCH, cause=Cause.SPELLING, words=_changed(query))
    how = relations(query.text, document, analyzer)
    if found:
        if rank is None:
            for cause in _WORST_FIRST:
                if words := tuple(word for word, relation in how.items() if relation is cause):
                    return Diagnosis(mend=Mend.SEARCH, cause=cause, words=words)
        return Diagnosis(mend=Mend.SEARCH, cause=Cause.ORDER)
    for cause in (Cause.NO_WORD, Cause.SYNONYM):
        if words := tuple(word for word, relation in how.items() if relation is cause):
            return Diagnosis(mend=Mend.PAGE, cause=cause, words=words)
    title = set(analyzer.bag(document.title))
    if words := tuple(word for word in how if not set(analyzer.bag(word)) & title):
        return Diagnosis(mend=Mend.PAGE, cause=Cause.TITLE, words=words)
    return Diagnosis(mend=Mend.PAGE, cause=Cause.ORDER)


def relations(query: str, document: Document, analyzer: Analyzer) -> Mapping[str, Cause | None]:
    """Word of the query → how the page differs in saying it; None if it says that very word."""
    said = tokens(f"{document.title} {document.text}")
    words, stems = set(said), {analyzer.stem(word) for word in said}
    compounds = {analyzer.parts(word) for word in words} - {()}
    return {
        word: _relation(word, words, stems, compounds, analyzer)
        for word in dict.fromkeys(tokens(query))
        if word not in SWEDISH.small
    }


def _relation(
    word: str,
    words: Collection[str],
    stems: Collection[str],
    compounds: Collection[tuple[str, ...]],
    analyzer: Analyzer,
) -> Cause | None:
    if word in words:
        return None
    stem, own = analyzer.stem(word), analyzer.parts(word)
    if stem in stems or own in compounds:
        return Cause.INFLECTION
    parts = {part for compound in compounds for part in compound}
    if stem in parts or (own and all(part in stems or part in parts for part in own)):
        return Cause.COMPOUND
    wider = analyzer.bag(word, related=True)
    if any(term in stems for term in wider if term not in (stem, *own)):
        return Cause.SYNONYM
    return Cause.NO_WORD


def _changed(query: SearchQuery) -> tuple[str, ...]:
    """The words of a variant that its base does not have."""
    before: Sequence[str] = tokens(query.base)
    return tuple(word for word in tokens(query.text) if word not in before)
