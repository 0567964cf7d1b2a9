"""Runs the examples of a rule card: targets are compared, not counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from bs4 import BeautifulSoup

from auditor.audit import judge_claimed, judge_page, judge_site
from auditor.catalogue.lexicon import read_lexicon
from auditor.content import content
from auditor.derive.result_page import ResultPage, read_result_page
from auditor.derive.result_words import SearchWords, search_words
from auditor.derive.statement import read_statement
from auditor.derive.summary import summarise
from auditor.derive.urls import canonical
from auditor.gather.in_memory import HOST, TODAY, Looker
from auditor.model.config import Task
from auditor.model.outcome import RuleResult
from auditor.model.page import Document, Page
from auditor.model.pdf import PdfFacts
from auditor.model.rule import Example, ExampleFile, Rule
from auditor.model.search import Answer, Order, Question, SearchRecord
from auditor.model.site import LinkStatus, Site
from auditor.model.statement import Claimed, Measured
from auditor.model.vocabulary import Language, OutcomeKind, Scope, Viewport

WITHOUT_BROWSER = (Scope.DOCUMENT, Scope.CLAIMED)
"""Scopes of rules whose examples are read as text."""


def needs_browser(rule: Rule, example: Example) -> bool:
    """Whether pages of *example* must be rendered. What a search answered is read as text, and its site is known by the
    attributes of the other files alone."""
    return rule.scope not in WITHOUT_BROWSER and not any("asked" in file.attributes for file in example.files.values())


MARKED = (OutcomeKind.FAILED, OutcomeKind.CANT_TELL, OutcomeKind.PASSED)

Marks = set[tuple[str, Viewport | None, OutcomeKind, str]]
"""Path, viewport, outcome and selector of a target."""


def problems(rule: Rule, example: Example, looker: Looker | None) -> list[str]:
    """What is wrong with *example* of *rule*, in a sentence each; nothing if it holds.

    Args:
        rule: the rule.
        example: one of its test cases.
        looker: a browser; not needed for rules about documents and claims.
    """
    results, trees = judge(rule, example, looker)
    outcomes = [outcome for result in results for outcome in result.outcomes]
    found: list[str] = []
    kind = OutcomeKind.combine([result.kind for result in results])
    if kind is not example.expected:
        found.append(f"expected {example.expected}, but it is {kind}: {outcomes}")
    wanted = {mark for mark in expected_marks(example, rule) if mark[2] is not OutcomeKind.PASSED}
    marked = found_marks(rule, results, trees)
    found += [f"missing: {mark}" for mark in sorted(wanted - marked, key=str)]
    found += [f"not expected: {mark}" for mark in sorted(marked - wanted, key=str)]
    for outcome in outcomes:
        if outcome.kind not in (OutcomeKind.FAILED, OutcomeKind.CANT_TELL):
            continue  # nothing is told of these
        for language in Language:
            try:
                rule.text(language).messages[outcome.message].format_map(outcome.values)
            except KeyError as error:
                found.append(f"message {outcome.message} in {language}: {error} is missing")
    return found


Trees = Mapping[str, BeautifulSoup]
"""Path → the document that selectors are about."""


def judge(rule: Rule, example: Example, looker: Looker | None) -> tuple[list[RuleResult], Trees]:
    """What *rule* says of *example*; without *looker* only rules about documents can be judged."""
    if rule.scope is Scope.CLAIMED:
        return _judge_claimed(rule, example), {}
    if rule.scope is Scope.DOCUMENT:
        assert rule.check is not None
        path, file = next(iter(example.files.items()))
        document = Document(url=HOST + path, html=file.html, today=TODAY.isoformat() if rule.dated else "")
        outcomes = list(rule.check(document))
        kind = OutcomeKind.combine([outcome.kind for outcome in outcomes])
        kept = tuple(outcome for outcome in outcomes if outcome.kind is not OutcomeKind.PASSED)
        result = RuleResult(rule=rule.id, url=HOST + path, viewport=None, kind=kind, outcomes=kept)
        return [result], {path: document.tree}
    if not needs_browser(rule, example):
        return list(judge_site([rule], site_of((), example.files))), {}
    assert looker is not None
    viewports = rule.viewports if rule.scope is Scope.RENDERING else tuple(Viewport)
    pages = looker.pages(example.files, tried=bool(rule.needs), viewports=viewports)
    trees = {page.url.removeprefix(HOST): page.document.tree for page in pages if page.document}
    if rule.scope is Scope.SITE:
        return list(judge_site([rule], site_of(pages, example.files, looker.documents(example.files)))), trees
    if not rule.dated:
        pages = [_without_day(page) for page in pages]
    return [result for page in pages for result in judge_page([rule], page)], trees


def _without_day(page: Page) -> Page:
    """*page* as a check sees it whose card does not say that it is dated: then its examples show that it is."""
    return replace(page, document=replace(page.document, today="")) if page.document else page


def _judge_claimed(rule: Rule, example: Example) -> list[RuleResult]:
    """What *rule* says of the statements among the example's pages, if the criteria in ``fails=`` failed there."""
    pages = {path: Document(url=HOST + path, html=file.html) for path, file in example.files.items()}
    fails = {path: file.attributes.get("fails", "").split() for path, file in example.files.items()}
    measured = {
        criterion: Measured(
            criterion=criterion,
            rules=("axe/example",),
            pages=tuple(HOST + path for path, criteria in fails.items() if criterion in criteria),
        )
        for criteria in fails.values()
        for criterion in criteria
    }
    statements = tuple(said for document in pages.values() if (said := read_statement(document)))
    return list(judge_claimed([rule], Claimed(statements=statements, measured=measured)))


def site_of(pages: Sequence[Page], files: Mapping[str, ExampleFile], documents: Sequence[PdfFacts] = ()) -> Site:
    """The pages of an example as a completely gathered site; what it links to and lacks answers 404.

    Attributes of a page: ``hub=yes`` names the hub, ``sitemap=yes`` or ``sitemap=2024-03-01`` puts it in the sitemap,
    ``task=yes`` makes it the page of a task, ``robots=no`` closes it to search engines, ``status=404`` answers so,
    ``elsewhere="https://host/path 404; …"`` tells what addresses on other hosts answer. ``asked=lists`` makes it no
    page but what the search answers to ``query=``; see `example_answers`.
    """
    summaries = tuple(summarise(page) for page in pages)
    known = {page.url for page in summaries} | {facts.url for facts in documents}
    modified = {
        canonical(HOST + path): file.attributes["sitemap"]
        for path, file in files.items()
        if file.attributes.get("sitemap", "")[:1].isdigit()
    }
    tasks = [path for path, file in files.items() if file.attributes.get("task")]
    missing = {canonical(HOST + path) for path, file in files.items() if file.attributes.get("status") == "404"}
    missing |= {link.href for page in summaries for link in page.links if link.href.startswith(HOST)}
    return Site(
        start=canonical(HOST + "/"),
        today=TODAY,
        hub=next((HOST + path for path, file in files.items() if file.attributes.get("hub")), ""),
        pages=summaries,
        statuses={url: LinkStatus(url=url, status=404) for url in missing - known} | dict(_elsewhere(files)),
        modified=modified,
        documents={facts.url: facts for facts in documents},
        sitemap=frozenset(canonical(HOST + path) for path, file in files.items() if file.attributes.get("sitemap")),
        closed_to_search=frozenset(
            canonical(HOST + path) for path, file in files.items() if file.attributes.get("robots") == "no"
        ),
        tasks=tuple(Task(id=path, question=path, targets=(path,)) for path in tasks),
        search=SearchRecord(answers=tuple(example_answers(files))),
        complete=True,
    )


def example_answers(files: Mapping[str, ExampleFile]) -> Iterator[Answer]:
    """What the search of an example's site answered: pages of results that name what they were asked for.

    Attributes: ``asked=`` the purpose, ``query=`` the words, ``order=``, ``choice=``, ``beside=`` the query that it is
    set beside, ``expects=`` the path that should be found. Files with the same question are its further pages.
    """
    read: dict[Question, list[ResultPage]] = {}
    words = _words()
    for path, file in files.items():
        given = file.attributes
        if "asked" not in given:
            continue
        question = Question(
            query=given["query"],
            purpose=given["asked"],
            order=Order(given["order"]) if "order" in given else None,
            choice=given.get("choice", ""),
            beside=given.get("beside", ""),
            expects=tuple(HOST + target for target in given.get("expects", "").split()),
        )
        pages = read.setdefault(question, [])
        before = sum(len(page.hits) for page in pages)
        html = file.html.replace('href="/', f'href="{HOST}/')
        pages.append(read_result_page(html, HOST + path, question.query, words, page=len(pages) + 1, before=before))
    for question, pages in read.items():
        first = pages[0]
        yield Answer(
            question=question,
            address=HOST + "/",
            hits=tuple(hit for page in pages for hit in page.hits),
            count=first.count,
            approximate=first.approximate,
            says_nothing=first.says_nothing,
            pages=tuple(len(page.hits) for page in pages),
            complete=True,
            orders=tuple(first.orders),
            choices=tuple(first.choices),
        )


@cache
def _words() -> SearchWords:
    return search_words(read_lexicon(content("rules") / "lexicon"))


def _elsewhere(files: Mapping[str, ExampleFile]) -> Iterator[tuple[str, LinkStatus]]:
    """What addresses on other hosts answer: a status, or no answer with the error that is told in words."""
    for file in files.values():
        for entry in filter(None, file.attributes.get("elsewhere", "").split(";")):
            url, _, told = entry.strip().partition(" ")
            number = int(told) if told.isdecimal() else 0
            yield canonical(url), LinkStatus(url=canonical(url), status=number, error="" if number else told)


def expected_marks(example: Example, rule: Rule) -> Marks:
    """The targets that an example marks: data-expect, or data-expect-phone, -desktop and -narrow for one viewport."""
    marks: Marks = set()
    viewports: Sequence[Viewport | None] = rule.viewports if rule.scope is Scope.RENDERING else (None,)
    for path, file in example.files.items():
        for viewport in viewports:
            names = ["data-expect"] + ([f"data-expect-{viewport}"] if viewport else [])
            for name in names:
                for tag in BeautifulSoup(file.html, "lxml").find_all(None, {name: True}):
                    kind = OutcomeKind(str(tag[name]))
                    marks.add((path, viewport, kind, _identity(str(tag))))
    return marks


def found_marks(rule: Rule, results: Sequence[RuleResult], trees: Trees) -> Marks:
    """The elements that failed or could not be judged, as the example's own markup."""
    marks: Marks = set()
    for result in results:
        for outcome in result.outcomes:
            target = outcome.target
            if not target.selector or outcome.kind not in MARKED:
                continue
            path = target.url.removeprefix(HOST) or next(iter(trees))
            viewport = target.viewport if rule.scope is Scope.RENDERING else None
            tag = trees[path].select_one(target.selector)
            marks.add((path, viewport, outcome.kind, _identity(str(tag))))
    return marks


def _identity(markup: str) -> str:
    """The start tag, which an example's author keeps unique among marked elements."""
    return markup.split(">", 1)[0]
