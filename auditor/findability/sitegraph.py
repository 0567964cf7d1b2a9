"""From renderings to graphs: what each viewport shows of each page, as a visitor meets it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from auditor.derive.menus import container_of
from auditor.derive.summary import main_heading
from auditor.derive.urls import canonical
from auditor.derive.wording import title_parts, without_link_tail
from auditor.findability.graph import LinkGraph, plain_graph
from auditor.findability.meaning import Embedder, Meaning
from auditor.findability.scent import Scent
from auditor.findability.space import SemanticSpace
from auditor.model.facts import Box, Facts, Link
from auditor.model.page import Page
from auditor.model.vocabulary import Viewport
from auditor.text.analyzer import Analyzer, Phrases
from auditor.text.words import SWEDISH, tokens

VIEWPORTS = (Viewport.PHONE, Viewport.DESKTOP)
_MOST_LINKS = 400
_TEXT = 8_000
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenLink:
    """A link as one viewport shows it."""

    href: str
    """Canonical address, without fragment."""
    name: str
    heading: str
    group: str
    """What tells its visual group from others on the page."""
    screen: int
    reveals: int
    in_main: bool
    selector: str
    box: Box | None


@dataclass(frozen=True, kw_only=True)
class SeenPage:
    """A page as the simulation knows it; small, so that a large site fits in memory."""

    url: str
    final_url: str
    title: str
    text: str
    links: Mapping[Viewport, tuple[SeenLink, ...]]


def see(page: Page) -> SeenPage | None:
    """What the simulation keeps of *page*; None if it is no page of the site that was rendered."""
    shown = {view: seen.facts for view in VIEWPORTS if (seen := page.rendering(view)) is not None}
    if not shown or not page.is_content or page.is_handoff or any(seen.query is not None for seen in page.renderings):
        return None
    widest = shown.get(Viewport.DESKTOP) or next(iter(shown.values()))
    heading = main_heading(widest) or next(iter(title_parts(widest.title)), "")
    return SeenPage(
        url=page.url,
        final_url=canonical(page.response.final_url),
        title=_SPACES.sub(" ", heading)[:200],
        text=widest.main_text[:_TEXT] or widest.text[:_TEXT],
        links={view: tuple(_links(facts, page.url)) for view, facts in shown.items()},
    )


def _links(facts: Facts, url: str) -> Iterator[SeenLink]:
    """The links that lead away from the page, group by group from the top, in document order within a group."""
    kept = [link for link in facts.links if link.reachable and link.href.lower().startswith(("http://", "https://"))]
    away = [(link, canonical(link.href.partition("#")[0])) for link in kept[:_MOST_LINKS]]
    seen = [_seen(link, href, facts.height) for link, href in away if href != url]
    top: dict[str, float] = {}
    for link in seen:
        y = link.box.y if link.box and not link.reveals else 0.0
        top[link.group] = min(y, top.get(link.group, y))
    yield from sorted(seen, key=lambda link: (top[link.group], link.group))


def _seen(link: Link, href: str, height: int) -> SeenLink:
    reveals = 0 if link.visible else len(link.revealed_by)
    heading = link.heading if link.in_main and link.heading != link.name else ""
    place = "/".join((*link.regions, *link.revealed_by)) if not link.in_main else heading
    return SeenLink(
        href=href,
        name=without_link_tail(link.name or link.text)[:200],
        heading=heading[:200],
        group=f"{place}|{'' if link.in_main else container_of(link.selector)}",
        screen=max(0, int(link.box.y // max(height, 1))) if link.visible else 0,
        reveals=reveals,
        in_main=link.in_main,
        selector=link.selector,
        box=link.box if link.visible else None,
    )


class SiteModel:
    """A site in numbers: its pages, words and graphs."""

    def __init__(
        self, pages: Sequence[SeenPage], related: Iterable[Sequence[str]] = (), embed: Embedder | None = None
    ) -> None:
        """Learns the site.

        Args:
            pages: those that were looked at, in any order.
            related: groups of words that stand for each other.
            embed: an embedding of sentences, if there is one.
        """
        self.pages = sorted(pages, key=lambda page: page.url)
        self._number: dict[str, int] = {}
        for index, page in enumerate(self.pages):
            self._number[page.url] = index
            self._number.setdefault(page.final_url, index)
        self.addresses = [page.url for page in self.pages]
        self.analyzer = Analyzer.of_texts(
            SWEDISH, (f"{page.title} {page.text} {_names(page)}" for page in self.pages), related
        )
        self._labels: dict[str, int] = {}
        self.shown: dict[Viewport, tuple[SeenLink, ...]] = {}
        titles = [self._label(page.title) for page in self.pages]
        self.graphs: dict[Viewport, LinkGraph] = {view: self._graph(view, titles) for view in VIEWPORTS}
        self.names = list(self._labels)
        self._phrases = Phrases(self.analyzer.terms(name) for name in self.names)
        self.documents = [self.bag(f"{page.title} . {page.text} . {_names(page)}") for page in self.pages]
        self.pages = [replace(page, text="") for page in self.pages]  # what it says of a page is in its document now
        self.space = SemanticSpace.learn(self.documents)
        self.titles = self.space.lexical([self.bag(page.title) for page in self.pages])
        self.texts = self.space.documents
        self.embedding = embed.name if embed else ""
        self._meaning = Meaning(embed, self.names) if embed else None
        self.scent = self.scent_of(self.names)
        self.likeness = {view: self.scent.likeness(graph) for view, graph in self.graphs.items()}

    def number(self, url: str) -> int | None:
        """Number of the page at canonical address *url*, if it was looked at."""
        return self._number.get(url)

    def scent_of(self, names: Sequence[str]) -> Scent:
        """What labels called *names* say; they need not be labels of the site."""
        return Scent(self.space, [self.bag(name) for name in names], names, self._meaning)

    def bag(self, text: str, *, related: bool = False) -> dict[str, float]:
        """The terms of *text*, with the site's phrases."""
        words = tokens(text)
        bag = self.analyzer.bag_of(words, related=related)
        for phrase in self._phrases.found(self.analyzer.terms_of(words)):
            bag[phrase] = bag.get(phrase, 0.0) + 1.0
        return bag

    def _label(self, name: str) -> int:
        return self._labels.setdefault(name, len(self._labels))

    def _graph(self, view: Viewport, titles: Sequence[int]) -> LinkGraph:
        shown = [page.links.get(view, ()) for page in self.pages]
        targets = [[self._page(link.href) for link in links] for links in shown]
        further = len(self.addresses) - len(shown)
        none: list[list[int]] = [[] for _ in range(further)]
        nameless = self._label("")
        labels = [[self._label(link.name) for link in links] for links in shown]
        contexts = [[self._label(link.heading or link.name) for link in links] for links in shown]
        groups = []
        for links in shown:
            known: dict[str, int] = {}
            groups.append([known.setdefault(link.group, len(known)) for link in links])
        self.shown[view] = tuple(link for links in shown for link in links)
        return plain_graph(
            targets + none,
            labels + none,
            [*titles, *[nameless] * further],
            contexts=contexts + none,
            folds=[[link.screen for link in links] for links in shown] + none,
            groups=groups + none,
            reveals=[[link.reveals for link in links] for links in shown] + none,
        )

    def _page(self, href: str) -> int:
        number = self._number.get(href)
        if number is None:
            number = self._number[href] = len(self.addresses)
            self.addresses.append(href)
        return number


def _names(page: SeenPage) -> str:
    links = page.links.get(Viewport.DESKTOP) or page.links.get(Viewport.PHONE) or ()
    return " . ".join(dict.fromkeys(f"{link.heading} {link.name}" for link in links if link.in_main))
