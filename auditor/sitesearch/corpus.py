"""What our own search indexes: the pages that a run looked at, its documents, and the systems it hands over to."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from auditor.derive.summary import main_heading
from auditor.derive.urls import canonical
from auditor.derive.wording import title_parts, without_link_tail
from auditor.model.page import Page
from auditor.model.pdf import PdfFacts
from auditor.model.site import PageSummary
from auditor.model.vocabulary import Viewport
from auditor.sitesearch.index import Document, PassageEmbedder, ReferenceSearch
from auditor.text.analyzer import Analyzer
from auditor.text.compounds import DictionarySplitter
from auditor.text.dictionary import Dictionary
from auditor.text.words import SWEDISH, tokens

_TEXT = 20_000
"""Characters of one page's text that are kept."""
_MOST_ANCHORS = 30


def document_of(page: Page) -> Document | None:
    """What our own search knows of a page; None if it is no page with content that was rendered."""
    shown = page.rendering(Viewport.DESKTOP) or page.rendering(Viewport.PHONE)
    if shown is None or not page.is_content or any(seen.query is not None for seen in page.renderings):
        return None
    facts = shown.facts
    title = main_heading(facts) or next(iter(title_parts(facts.title)), "")
    return Document(
        url=page.url,
        title=title[:300],
        text=(facts.main_text or facts.text)[:_TEXT],
        kind="service" if page.is_handoff else "page",
    )


def documents_of(
    pages: Iterable[Document], files: Iterable[PdfFacts], summaries: Iterable[PageSummary]
) -> list[Document]:
    """All that can be found, each address once, in order of address, with what other pages call it.

    A file that could not be read is known by its links alone.
    """
    called = anchors_to(summaries)
    found = {page.url: page for page in pages}
    for file in files:
        name = next(iter(called.get(file.url, ())), "")
        found.setdefault(file.url, Document(url=file.url, title=file.title or name, text=file.text, kind="pdf"))
    return [
        Document(
            url=document.url,
            title=document.title,
            text=document.text,
            kind=document.kind,
            anchors=tuple(called.get(url, ()))[:_MOST_ANCHORS],
        )
        for url, document in sorted(found.items())
    ]


def anchors_to(summaries: Iterable[PageSummary]) -> Mapping[str, Sequence[str]]:
    """Address → what links in the content of other pages call it, the most usual first."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for page in summaries:
        if page.query is None and not page.is_handoff:
            for link in page.links:
                if link.in_main and link.name and link.href not in (page.url, page.final_url):
                    said[link.href][without_link_tail(link.name)[:200]] += 1
    return {
        url: [name for name, _ in sorted(names.items(), key=lambda item: (-item[1], item[0])) if name]
        for url, names in said.items()
    }


def aliases(summaries: Iterable[PageSummary]) -> dict[str, str]:
    """Address that leads on → the address of the page that it leads to, both canonical."""
    return {
        other: page.url
        for page in summaries
        if page.rendered
        for other in (page.final_url, page.canonical)
        if other and canonical(other) != page.url
    }


def reference_search(
    documents: Sequence[Document],
    related: Iterable[Sequence[str]],
    dictionary: Dictionary | None,
    meaning: PassageEmbedder | None = None,
) -> tuple[ReferenceSearch, Analyzer]:
    """Our own search over *documents*, with compounds split by *dictionary* and the documents' own words.

    With an embedding (*meaning*) it is a hybrid of both.
    """
    seen = Counter[str]()
    for document in documents:
        seen.update(tokens(f"{document.title} {document.text}"))
    splitter = DictionarySplitter(dictionary, seen) if dictionary else None
    analyzer = Analyzer(SWEDISH, seen, related, splitter)
    return ReferenceSearch(documents, analyzer, meaning=meaning), analyzer
