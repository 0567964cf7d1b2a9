"""Tries how the site's own search works: its orders, filters, pages of results, word forms and index."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import snowballstemmer

from auditor.catalogue.dictionary import swedish_dictionary
from auditor.derive.result_words import search_words
from auditor.derive.search_probes import ProbePage, Purpose, follow_up, probes
from auditor.derive.urls import host_of
from auditor.model.config import SiteConfig
from auditor.model.search import Question, SearchRecord, SearchWay
from auditor.model.site import PageSummary
from auditor.pipeline.answers import keep_answer, kept_answers
from auditor.pipeline.reference import gathered_documents
from auditor.pipeline.run import RunInHand
from auditor.pipeline.search_ways import SearchWays
from auditor.sitesearch.index import Document
from auditor.store.runs import RunStore
from auditor.text.compounds import DictionarySplitter, OwnWordSplitter, Splitter
from auditor.text.words import ENGLISH, SWEDISH, tokens

_REASON = "search-untested.txt"
_OFF, _ABSENT = "search-off", "search-absent"
"""Reasons for which nothing is missed."""
_PAGES_OF_LISTS = 6
_PAGES_OF_OTHERS = 3
_MOST_STATUSES = 60
"""Addresses among the hits that are asked for, because nothing else in the run tells whether they answer."""


def probe_search(run: RunInHand, ways: SearchWays) -> None:
    """Asks what tells how the search works, as far as that has not been asked in this run.

    Args:
        run: the run; its pages and documents have been gathered.
        ways: how the search is asked.

    Raises:
        OSError: an answer cannot be written.
    """
    way, reason = ways.desktop, _why_not(run.config, ways)
    (run.store.folder / _REASON).write_text(reason, encoding="utf-8")
    if reason or way is None:
        return
    questions = _questions(run)
    _ask(run, way, [one for one in questions if one.purpose == Purpose.LISTS], _PAGES_OF_LISTS)
    asked = kept_answers(run.store.folder, Purpose.LISTS)
    _ask(run, way, [more for answer in asked for more in follow_up(answer)], _PAGES_OF_LISTS)
    _ask(run, way, [one for one in questions if one.purpose != Purpose.LISTS], _PAGES_OF_OTHERS)
    _ask_for_hits(run)


def read_search(folder: Path) -> SearchRecord:
    """What the search of the run in *folder* was asked, whatever for.

    What the site file leaves out is not missed. Nor is an answer from a search that does not exist: a rule of its own
    says that there is none, and rules about its answers do not apply.
    """
    answers = tuple(kept_answers(folder))
    path = folder / _REASON
    reason = path.read_text(encoding="utf-8").strip() if path.is_file() else "search-not-asked"
    if answers or reason in (_OFF, _ABSENT):
        return SearchRecord(answers=answers)
    return SearchRecord(untested=reason or "search-not-asked")


def _why_not(config: SiteConfig, ways: SearchWays) -> str:
    if not config.search.enabled or not config.search.probes:
        return _OFF
    if ways.absent:
        return _ABSENT
    return "" if ways.desktop else "no-search"


def _ask(run: RunInHand, way: SearchWay, questions: Iterable[Question], most_pages: int) -> None:
    store, session = run.store, run.session
    asked = {answer.question for answer in kept_answers(store.folder)}
    waiting = [question for question in dict.fromkeys(questions) if question not in asked]
    if waiting and not session.stopped:
        words = search_words(run.catalogue.lexicon)
        session.ask_search(way, words, waiting, lambda reply: keep_answer(store.folder, reply), most_pages=most_pages)


def _ask_for_hits(run: RunInHand) -> None:
    """Asks whether hits on the site's own hosts lead anywhere, where the run does not know."""
    store, session = run.store, run.session
    summaries = [page.summary for page in store.pages()]
    known = set(store.statuses()) | {url for page in summaries for url in (page.url, page.final_url)}
    hits = dict.fromkeys(hit.url for answer in kept_answers(store.folder) for hit in answer.hits)
    unknown = [url for url in hits if url not in known and run.scope.same_site(url)]
    if unknown and not session.stopped:
        store.save_statuses(session.statuses(unknown[:_MOST_STATUSES]))


def _questions(run: RunInHand) -> Sequence[Question]:
    pages = _pages(run.store, run.scope.hosts)
    used = Counter(word for page in pages for word in tokens(f"{page.title} {page.text}"))
    summaries = [page.summary for page in run.store.pages()]
    swedish = _is_swedish(summaries)
    stemmer = snowballstemmer.stemmer((SWEDISH if swedish else ENGLISH).stemmer)
    stem: Callable[[str], str] = stemmer.stemWord
    splitter = _splitter(used, stem) if swedish else None

    def split(word: str) -> list[str]:
        return [part.word for part in splitter.split(word)] if splitter else []

    small = SWEDISH.small | ENGLISH.small
    return probes(pages, stem, split, small=small, queries=run.config.search.queries)


def _splitter(used: Counter[str], stem: Callable[[str], str]) -> Splitter:
    dictionary = swedish_dictionary()
    return DictionarySplitter(dictionary, used) if dictionary else OwnWordSplitter(used, stem)


def _is_swedish(summaries: Iterable[PageSummary]) -> bool:
    """Whether most pages say that they are in Swedish; those that say nothing count as such."""
    said = Counter(page.language.lower().startswith(("sv", "")[not page.language]) for page in summaries)
    return said[True] >= said[False]


def _pages(store: RunStore, hosts: Iterable[str]) -> list[ProbePage]:
    """The site's own pages and documents, without those that search is not meant to find."""
    summaries = {page.summary.url: page.summary for page in store.pages()}
    own = set(hosts)
    return [
        _page(document, summaries.get(document.url))
        for document in gathered_documents(store)
        if host_of(document.url) in own and document.kind in ("page", "pdf") and not _is_closed(summaries, document.url)
    ]


def _is_closed(summaries: dict[str, PageSummary], url: str) -> bool:
    page = summaries.get(url)
    return page is not None and page.noindex


def _page(document: Document, summary: PageSummary | None) -> ProbePage:
    also = (summary.final_url,) if summary and summary.final_url != document.url else ()
    return ProbePage(
        url=document.url,
        title=document.title,
        text=document.text,
        day=(summary.updated or summary.modified) if summary else "",
        is_document=document.kind == "pdf",
        also=also,
    )
