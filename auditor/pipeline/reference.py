"""Our own search over the pages that a run gathered."""

from collections.abc import Iterator

from auditor.catalogue.dictionary import swedish_dictionary
from auditor.catalogue.tasks import read_related
from auditor.content import content
from auditor.pipeline.artifacts import gathered_page
from auditor.pipeline.besides import read_documents
from auditor.sitesearch.corpus import document_of, documents_of, reference_search
from auditor.sitesearch.index import Document, PassageEmbedder, ReferenceSearch
from auditor.store.runs import RunStore
from auditor.text.analyzer import Analyzer
from auditor.text.dictionary import Dictionary


def indexed(
    store: RunStore, dictionary: Dictionary | None = None, meaning: PassageEmbedder | None = None
) -> tuple[ReferenceSearch, Analyzer]:
    """Our own search over everything in the run *store*, and what makes terms of texts.

    Args:
        store: the run.
        dictionary: the words of Swedish; if left out, that which is installed.
        meaning: an embedding of sentences, by which pages are ranked as well.

    Raises:
        CardError: the groups of related words cannot be read.
    """
    related = read_related(content("rules") / "related-words.yaml")
    return reference_search(gathered_documents(store), related, dictionary or swedish_dictionary(), meaning)


def gathered_documents(store: RunStore) -> list[Document]:
    """All that the run *store* gathered and that can be found, in order of address."""
    summaries = [page.summary for page in store.pages()]
    return documents_of(_pages(store), read_documents(store.folder), summaries)


def _pages(store: RunStore) -> Iterator[Document]:
    for stored in store.pages():
        page = gathered_page(store.folder, stored.summary.url)
        if page is not None and (document := document_of(page)) is not None:
            yield document
