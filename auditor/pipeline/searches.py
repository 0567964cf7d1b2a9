"""Types queries into the site's own search, and keeps what that comes to with the run."""

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from auditor.catalogue.dictionary import swedish_dictionary
from auditor.catalogue.tasks import read_related, read_tasks
from auditor.content import content
from auditor.derive.likeness import alike
from auditor.derive.result_words import search_words
from auditor.derive.urls import canonical, host_of
from auditor.findability.assess import plan_of
from auditor.model.config import SiteConfig
from auditor.model.search import Answer, Question
from auditor.model.site import PageSummary
from auditor.model.sitesearch import Family, SearchPlan, SearchQuality, SearchQuery
from auditor.model.vocabulary import Viewport
from auditor.pipeline.answers import keep_answer, kept_answers
from auditor.pipeline.artifacts import Packed
from auditor.pipeline.embedding import embedder
from auditor.pipeline.reference import indexed
from auditor.pipeline.run import RunInHand
from auditor.pipeline.search_ways import SearchWays
from auditor.sitesearch.assess import Evidence, assess_search, fruitful, never_seen
from auditor.sitesearch.corpus import aliases
from auditor.sitesearch.index import ReferenceSearch
from auditor.sitesearch.phone import sampled, set_beside
from auditor.sitesearch.queries import MOST, Budget, Goal, Material, derive, titles, vary
from auditor.sitesearch.suggest import answering, candidates
from auditor.sitesearch.variants import VariantMaker
from auditor.store.runs import RunStore
from auditor.text.compounds import DictionarySplitter, OwnWordSplitter
from auditor.text.words import tokens

RESULT = "search-quality.json.gz"
QUERIES = "search-queries.json"
"""Files in a run's folder."""
PURPOSE, PHONE = "findability", "findability-phone"
"""What these questions are asked for, on a desktop and on a phone."""
_RESULT = Packed(SearchQuality, level=6)
_PLAN = TypeAdapter(SearchPlan)
_SAME = 0.9
_MOST_LEADS = 50
_MOST_PROBED = 40
"""Addresses among the hits whose status is asked for, because nothing else in the run tells it."""


def study_search(run: RunInHand, ways: SearchWays) -> None:
    """Asks the site's search, as far as that has not been done in this run, and writes what it comes to.

    Args:
        run: the run; its pages and documents have been gathered.
        ways: how the search is asked.

    Raises:
        OSError: something cannot be written.
        CardError: tasks or words cannot be read.
    """
    config, store = run.config, run.store
    if not config.search.enabled or not config.search.questions:
        write_quality(SearchQuality(untested="off"), store.folder)
        return
    if ways.desktop is None:
        write_quality(SearchQuality(untested="absent" if ways.absent else "no-search"), store.folder)
        return
    study = _Study(run, ways)
    study.ask()
    write_quality(study.quality(), store.folder)


class _Study:
    """One run's queries and answers."""

    def __init__(self, run: RunInHand, ways: SearchWays) -> None:
        self._run = run
        self._ways = ways
        store, config = run.store, run.config
        self._summaries = [page.summary for page in store.pages()]
        self._dictionary = swedish_dictionary()
        self._meaning = embedder() if config.findability.embedding else None
        self._search, self._analyzer = indexed(store, self._dictionary, self._meaning)
        self._place = placing(self._summaries)
        self._budget = Budget.of(config.search.questions, config.search.variants)
        self._plan = _read_plan(store.folder) or self._new_plan(config)

    def _new_plan(self, config: SiteConfig) -> SearchPlan:
        material = self._material
        without = tuple(goal.task.question for goal in material.goals if not goal.answers)
        answered = replace(material, goals=[goal for goal in material.goals if goal.answers])
        return self._kept(
            SearchPlan(queries=derive(answered, seed=config.seed, most=self._budget.bases), without=without)
        )

    def ask(self) -> None:
        """Asks what has not been asked: queries, variants of what they found, titles of what never came up, a phone."""
        self._ask(self._plan.queries)
        if not self._plan.varied and not self._run.session.stopped:
            self._plan = self._kept(self._with_variants())
            self._ask(self._plan.queries)
        room = self._run.config.search.questions - len(self._plan.queries)
        missing = never_seen(self._plan.queries, self._answers(), self._place)
        known = {query.text for query in self._plan.queries}
        more = [query for query in titles(missing, self._search) if query.text not in known][: max(0, room)]
        if more:
            self._plan = self._kept(replace(self._plan, queries=(*self._plan.queries, *more)))
            self._ask(more)
        self._ask_phone()
        self._probe()

    def _with_variants(self) -> SearchPlan:
        bases, config = self._plan.queries, self._run.config
        found = fruitful(bases, self._answers(), self._place, self._known)
        room = self._budget.bases + self._budget.variants - len(bases)
        variants = vary(bases, found, self._material, seed=config.seed, most=room)
        return replace(self._plan, queries=(*bases, *variants), varied=True)

    def _ask_phone(self) -> None:
        """Asks a few queries on a phone, and all of them if a list differs there."""
        if self._ways.phone is None:
            return
        desktop = self._answers()
        self._ask(sampled(self._plan.queries, desktop, self._run.config.seed), Viewport.PHONE)
        if set_beside(desktop, self._answers(Viewport.PHONE), self._place).differing:
            asked = [query for query in self._plan.queries if query.family is not Family.TITLE]
            self._ask(asked[: MOST - len(self._plan.queries)], Viewport.PHONE)

    def _ask(self, queries: Iterable[SearchQuery], viewport: Viewport = Viewport.DESKTOP) -> None:
        store, session = self._run.store, self._run.session
        way = self._ways.phone if viewport is Viewport.PHONE else self._ways.desktop
        asked = self._answers(viewport)
        texts = dict.fromkeys(query.text for query in queries if query.text not in asked)
        waiting = [Question(query=text, purpose=_purpose(viewport), viewport=viewport) for text in texts]
        if way and waiting and not session.stopped:
            session.ask_search(
                way,
                search_words(self._run.catalogue.lexicon),
                waiting,
                lambda reply: keep_answer(store.folder, reply),
                viewport=viewport,
            )

    def _answers(self, viewport: Viewport = Viewport.DESKTOP) -> dict[str, Answer]:
        kept = kept_answers(self._run.store.folder, _purpose(viewport))
        return {answer.question.query: answer for answer in kept}

    def _kept(self, plan: SearchPlan) -> SearchPlan:
        plan = replace(plan, seed=self._run.config.seed)
        path = self._run.store.folder / QUERIES
        draft = path.with_suffix(".part")
        draft.write_bytes(_PLAN.dump_json(plan))
        os.replace(draft, path)  # noqa: PTH105 – Path.replace says less plainly that it is atomic
        return plan

    def _probe(self) -> None:
        """Asks whether hits lead somewhere that the run has not been at."""
        store, session = self._run.store, self._run.session
        status = statuses(store, self._summaries)
        hits = dict.fromkeys(hit.url for answer in self._answers().values() for hit in answer.hits[:10])
        unknown = [url for url in hits if host_of(url) in self._run.scope.hosts and status(self._place(url)) is None]
        if unknown and not session.stopped:
            store.save_statuses(session.statuses(unknown[:_MOST_PROBED]))

    def quality(self) -> SearchQuality:
        """What the answers come to."""
        run = self._run
        previous = run.history.previous(run.site, run.store.run_id)
        before = read_quality(run.history.run(previous.id).folder) if previous else None
        told = assess_search(
            Evidence(
                queries=self._plan.queries,
                answers=self._answers(),
                phone=self._answers(Viewport.PHONE),
                phone_untested="" if self._ways.phone else "search-not-on-phone",
                search=self._search,
                analyzer=self._analyzer,
                place=self._place,
                status=statuses(run.store, self._summaries),
                known=self._known,
                before=before.reciprocal if before else {},
                seed=run.config.seed,
            )
        )
        return replace(
            told,
            without=self._plan.without,
            dictionary=self._dictionary.name if self._dictionary else "",
            ranking=f"BM25 + {self._meaning.name}" if self._meaning else "BM25",
            untested="" if self._plan.queries else "no-questions",
        )

    @cached_property
    def _known(self) -> frozenset[str]:
        """Addresses of what the run looked at."""
        pages = {page.url for page in self._summaries if page.rendered}
        return frozenset(pages | {document.url for document in self._search.documents})

    @cached_property
    def _material(self) -> Material:
        linked = Counter[str]()
        leads: dict[str, dict[str, None]] = defaultdict(dict)
        for page in self._summaries:
            linked.update({link.href for link in page.links})
            if page.rendered and page.query is None and not page.is_handoff:
                for link in page.links:
                    if link.in_main:
                        leads[self._place(link.href)].setdefault(page.url)
        seen = Counter[str]()
        for document in self._search.documents:
            seen.update(tokens(f"{document.title} {document.text}"))
        splitter = (
            DictionarySplitter(self._dictionary, seen)
            if self._dictionary
            else OwnWordSplitter(seen, self._analyzer.stem)
        )
        related = read_related(content("rules") / "related-words.yaml")
        return Material(
            goals=_goals(self._run.config, self._search, self._run.scope.start, leads),
            search=self._search,
            analyzer=self._analyzer,
            maker=VariantMaker(seen, self._analyzer, splitter, related, self._dictionary),
            linked=linked,
            same=_duplicates(self._summaries),
        )


def _purpose(viewport: Viewport) -> str:
    return PHONE if viewport is Viewport.PHONE else PURPOSE


def _goals(config: SiteConfig, search: ReferenceSearch, start: str, leads: Mapping[str, Iterable[str]]) -> list[Goal]:
    """The tasks with their answers: those that the site file names, else those that our own ranking proposes."""
    bank = read_tasks(content("rules") / "tasks.yaml") if config.findability.builtin_tasks else ()
    goals = []
    for planned in plan_of(config.tasks, bank, lambda url: canonical(url, start)):
        found = planned.targets or tuple(one.url for one in answering(candidates(planned.task, search)))
        leading = dict.fromkeys(page for url in found for page in leads.get(url, ()) if page not in found)
        goals.append(
            Goal(
                task=planned.task,
                answers=found,
                near=tuple(canonical(url, start) for url in planned.task.near),
                leads=tuple(leading)[:_MOST_LEADS],
                confirmed=planned.task.is_confirmed,
            )
        )
    return goals


def _duplicates(summaries: Sequence[PageSummary]) -> Callable[[str], Sequence[str]]:
    """Address → addresses of other pages with the same text, nearly."""
    pages = [page for page in summaries if page.rendered and page.sketch and page.query is None]
    same: dict[str, list[str]] = defaultdict(list)
    for one, other, _ in alike([page.sketch for page in pages], _SAME):
        same[pages[one].url].append(pages[other].url)
        same[pages[other].url].append(pages[one].url)
    return lambda url: same.get(url, ())


def placing(summaries: Iterable[PageSummary]) -> Callable[[str], str]:
    """Address of a hit → that of the page which it leads to, as far as the run knows it."""
    known = aliases(summaries)

    def place(url: str) -> str:
        address = canonical(url.partition("#")[0])
        return known.get(address, address)

    return place


def statuses(store: RunStore, summaries: Iterable[PageSummary]) -> Callable[[str], int | None]:
    """Address → its HTTP status, as far as the run knows it; no answer at all is unknown."""
    known = {url: answer.status for url, answer in store.statuses().items() if answer.status}
    known |= {page.url: page.status for page in summaries if page.status}
    return known.get


def _read_plan(folder: Path) -> SearchPlan | None:
    try:
        return _PLAN.validate_json((folder / QUERIES).read_bytes())
    except (OSError, ValidationError):
        return None


def write_quality(result: SearchQuality, folder: Path) -> None:
    """Writes *result* into a run's folder, whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    _RESULT.write(result, folder / RESULT)


def read_quality(folder: Path) -> SearchQuality | None:
    """How the search of a run did; None if it was not asked, or the file cannot be read."""
    return _RESULT.read(folder / RESULT)
