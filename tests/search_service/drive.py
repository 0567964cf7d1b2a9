"""Asks the service's search with the real driver, in a real browser, and judges what it answers."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache

import snowballstemmer

from auditor.audit import judge_site
from auditor.catalogue.dictionary import swedish_dictionary
from auditor.catalogue.load import Catalogue, load_catalogue
from auditor.derive.result_words import search_words
from auditor.derive.search_probes import ProbePage, follow_up, probes
from auditor.derive.search_way import search_way
from auditor.gather.asking import Reply, SearchAsker
from auditor.gather.browser import running_browser
from auditor.gather.render import PageRenderer
from auditor.gather.result_window import ResultWindow, WindowRules
from auditor.gather.visit import Visit
from auditor.model.config import BrowserConfig, ViewportsConfig
from auditor.model.outcome import RuleResult
from auditor.model.pdf import PdfFacts
from auditor.model.search import Question, SearchRecord
from auditor.model.site import LinkStatus, PageSummary, Site
from auditor.model.vocabulary import OutcomeKind, Viewport
from auditor.text.compounds import DictionarySplitter, Stem
from auditor.text.words import SWEDISH, tokens
from tests.gather.server import Server
from tests.search_service.corpus import corpus
from tests.search_service.plain import PlainWindow

CATALOGUE: Catalogue = load_catalogue()
WORDS = search_words(CATALOGUE.lexicon)
TODAY = date(2022, 11, 14)


def questions(server: Server) -> list[Question]:
    """What is asked of a site with this corpus."""
    pages = [
        ProbePage(server.url(text.path), text.title, text.text, text.day, is_document=bool(text.body))
        for text in corpus()
    ]
    stem: Stem = snowballstemmer.stemmer("swedish").stemWord
    splitter = _splitter()

    def parts(word: str) -> list[str]:
        return [part.word for part in splitter.split(word)]

    return probes(pages, stem, parts, small=SWEDISH.small, queries=("byalag",))


@cache
def _splitter() -> DictionarySplitter:
    dictionary = swedish_dictionary()
    assert dictionary is not None
    used = Counter(word for text in corpus() for word in tokens(f"{text.title} {text.text}"))
    return DictionarySplitter(dictionary, used)


def ask(server: Server, asked: Sequence[Question]) -> list[Reply]:
    """The replies to *asked* and to what follows from them, over plain HTTP."""

    async def run() -> list[Reply]:
        window = PlainWindow(server.url("/sok?q={query}"))
        replies = await _through(SearchAsker(window, WORDS, most_pages=9), asked)
        await window.close()
        return replies

    return asyncio.run(run())


def ask_in_browser(server: Server, asked: Sequence[Question]) -> list[Reply]:
    """The replies to *asked* and to what follows from them, typed and pressed in a browser."""

    async def run() -> list[Reply]:
        async with running_browser(BrowserConfig()) as (browser, _):
            context = await browser.new_context(service_workers="block")
            renderer = PageRenderer(context, None, ViewportsConfig(), timeout=20)
            look = await renderer.look(Visit(url=server.url(), name="start", viewports=(Viewport.DESKTOP,)))
            await renderer.discard()
            way = search_way(look.renderings[0].facts, server.url(), others=(), hosts={"127.0.0.1"})
            assert way is not None
            rules = WindowRules(way=way, turn=_at_once, allows=lambda url: True)
            window = ResultWindow(context, ViewportsConfig(), 20, rules)
            replies = await _through(SearchAsker(window, WORDS, most_pages=9), asked)
            await window.close()
            return replies

    return asyncio.run(run())


async def _through(asker: SearchAsker, asked: Sequence[Question]) -> list[Reply]:
    waiting, replies = list(asked), []
    while waiting:
        reply = await asker.ask(waiting.pop(0))
        replies.append(reply)
        waiting = [*follow_up(reply.answer), *waiting]
    return replies


async def _at_once(url: str) -> None:
    """No need to wait for one's own server."""


def site(server: Server, replies: Sequence[Reply]) -> Site:
    """The whole site as an audit would know it, with what its search answered."""
    pages = [
        PageSummary(
            url=server.url(text.path),
            final_url=server.url(text.path),
            status=200,
            title=text.title,
            main_heading=text.title,
            updated=text.day,
        )
        for text in corpus()
        if not text.body
    ]
    documents = {
        server.url(text.path): PdfFacts(url=server.url(text.path), title=text.title, created=text.day)
        for text in corpus()
        if text.body
    }
    known = {page.url for page in pages} | set(documents)
    hits = {hit.url for reply in replies for hit in reply.answer.hits} - known
    return Site(
        start=server.url(),
        today=TODAY,
        pages=tuple(pages),
        documents=documents,
        statuses={url: LinkStatus(url=url, status=404) for url in hits},
        search=SearchRecord(answers=tuple(reply.answer for reply in replies)),
        complete=True,
    )


def judged(whole: Site) -> list[RuleResult]:
    """What the rules about a search's answers say."""
    rules = [
        rule for rule in CATALOGUE.rules.values() if ".search_orders:" in rule.source or "search_answers" in rule.source
    ]
    return list(judge_site(rules, whole))


def diagnoses(results: Sequence[RuleResult]) -> set[str]:
    """What is found wrong, by rule and message."""
    return {
        f"{result.rule.removeprefix('search/')}: {outcome.message}"
        for result in results
        for outcome in result.outcomes
        if outcome.kind in (OutcomeKind.FAILED, OutcomeKind.CANT_TELL)
    }
