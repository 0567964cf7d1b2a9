"""A site in numbers: from what each viewport shows of each page to words, graphs and a space of meaning."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from sys import intern

from auditor.findability.graph import LinkGraph, plain_graph
from auditor.findability.meaning import Embedder, Meaning
from auditor.findability.scent import Scent
from auditor.findability.seen import VIEWPORTS, SeenLink, SeenPage
from auditor.findability.space import SemanticSpace
from auditor.model.vocabulary import Viewport
from auditor.text.analyzer import Analyzer, Bag, Phrases
from auditor.text.words import SWEDISH, tokens

_BRIEF = 50
"""Only pages of so few terms could say what somebody looks for, and nothing else."""


class SiteModel:
    """A site in numbers: its pages, words and graphs."""

    def __init__(
        self, pages: Iterable[SeenPage], related: Iterable[Sequence[str]] = (), embed: Embedder | None = None
    ) -> None:
        """Learns the site.

        Args:
            pages: those that were looked at, in any order; what they say at length is not kept.
            related: groups of words that stand for each other.
            embed: an embedding of sentences, if there is one.
        """
        self.pages = sorted(pages, key=lambda page: page.url)
        self._number: dict[str, int] = {}
        for index, page in enumerate(self.pages):
            self._number[page.url] = index
            self._number.setdefault(page.final_url, index)
        self.addresses = [page.url for page in self.pages]
        said = [_words(page) for page in self.pages]
        self.pages = [replace(page, text="") for page in self.pages]  # what it says is in its words now
        self.analyzer = Analyzer.of_words(SWEDISH, said, related)
        self._labels: dict[str, int] = {}
        self.shown: dict[Viewport, tuple[SeenLink, ...]] = {}
        titles = [self._label(page.title) for page in self.pages]
        self.graphs: dict[Viewport, LinkGraph] = {view: self._graph(view, titles) for view in VIEWPORTS}
        self.names = list(self._labels)
        self._phrases = Phrases(self.analyzer.terms(name) for name in self.names)
        self._brief: list[Bag] = []
        self.space = SemanticSpace.learn(self._documents(said))
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

    def told(self) -> Scent:
        """What links would say that told what is behind them: the pages' own texts."""
        return Scent(self.space, self._brief, rows=self.texts)

    def _documents(self, said: Iterable[Sequence[str]]) -> Iterator[Bag]:
        """The pages as bags; those of a few words are kept."""
        for words in said:
            bag = self._bag_of(words)
            self._brief.append(bag if len(bag) <= _BRIEF else {})
            yield bag

    def bag(self, text: str, *, related: bool = False) -> dict[str, float]:
        """The terms of *text*, with the site's phrases."""
        return self._bag_of(tokens(text), related=related)

    def _bag_of(self, words: Sequence[str], *, related: bool = False) -> dict[str, float]:
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


def _words(page: SeenPage) -> list[str]:
    """All words of a page in order; each is kept once for all pages, however often it is said."""
    return [*map(intern, tokens(f"{page.title} . {page.text} . {_names(page)}"))]


def _names(page: SeenPage) -> str:
    links = page.links.get(Viewport.DESKTOP) or page.links.get(Viewport.PHONE) or ()
    return " . ".join(dict.fromkeys(f"{link.heading} {link.name}" for link in links if link.in_main))
