"""Checks of answers that stand only in a document: what a page's visitors come for belongs on the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.derive.answers import is_read
from auditor.derive.contacts import find_mailboxes
from auditor.derive.grants import grant_in
from auditor.derive.scope import leads_to_system
from auditor.derive.sitepaths import has_segment, same_place
from auditor.derive.statements import amounts, last_days
from auditor.derive.telephone import find_phones
from auditor.derive.urls import DOCUMENT_ENDINGS
from auditor.derive.wording import plain, words
from auditor.model.outcome import Outcome, cant_tell, failed, passed
from auditor.model.pdf import PdfFacts
from auditor.model.site import Given, LinkSummary, PageSummary, Site

_LONG_WORD = 5
_BEGINNING = 400
"""Characters of a document in which it says what it is about."""


def answer_in_document(
    site: Site,
    *,
    grants: tuple[str, ...],
    help_words: tuple[str, ...],
    apply_words: tuple[str, ...],
    topics: tuple[str, ...],
    dated_segments: tuple[str, ...],
    few_words: int = 40,
    many_words: int = 120,
) -> Iterator[Outcome]:
    """A page about an errand gives the answers itself, not only in a document that it links to.

    Args:
        site: the whole site.
        grants: ends of words that name a grant.
        help_words: ends of words that may name one.
        apply_words: phrases of applying; they stand in the document's sentence.
        topics: parts of main headings of pages that people come to with a question.
        dated_segments: steps of addresses with news and minutes.
        few_words: a page with no more of them says little itself.
        many_words: a document with as many of them says what such a page leaves out.
    """
    endings = (*grants, *help_words)
    for page in site.pages:
        if not is_read(page) or page.query is not None or has_segment(page.url, dated_segments):
            continue
        grant = grant_in(page.main_heading, endings)
        if not grant and not any(topic in plain(page.main_heading) for topic in topics):
            continue
        documents = [site.documents[link.href] for link in page.links if link.reachable and link.href in site.documents]
        documents = [facts for facts in dict.fromkeys(documents) if facts.text]
        if not documents:
            continue
        asked = _Asked(page, grant, documents, endings)
        told = [*asked.days(apply_words), *asked.amounts(), *asked.contact(), *asked.thin(few_words, many_words)]
        yield from told or (passed(page.target()),)


@dataclass(frozen=True)
class _Asked:
    """A page that is asked for answers, and the documents that it links to."""

    page: PageSummary
    grant: str
    """The one that its main heading names; empty if it is about another errand."""
    documents: Sequence[PdfFacts]
    endings: Sequence[str]

    def days(self, apply_words: Sequence[str]) -> Iterator[Outcome]:
        """The last day to apply for the grant."""
        if not self.grant or any(given.kind == "day" for given in self.page.statements):
            return
        for facts in self.documents:
            found = [told for told in last_days(facts.text) if _holds(told.sentence, apply_words)]
            if found:
                yield self._said("day", "perhaps", facts, found)
                return

    def amounts(self) -> Iterator[Outcome]:
        """What the grant gives per something."""
        if not self.grant or self.page.gives_money:
            return
        for facts in self.documents:
            found = amounts(facts.text)
            if found:
                yield self._said("amount", "amount_perhaps", facts, found)
                return

    def contact(self) -> Iterator[Outcome]:
        """Whom to contact; other rules judge pages that give nobody, so that a person must look."""
        page = self.page
        given = any(contact.in_main for contact in page.contacts) or page.forms
        if given or any(_may_lead_to_people(link, page) for link in page.links):
            return
        for facts in self.documents:
            boxes = [*find_mailboxes(facts.text), *(phone.shown for phone in find_phones(facts.text))]
            if boxes:
                yield cant_tell(page.target(), "contact", document=_name(facts), contact=boxes[0])
                return

    def thin(self, few_words: int, many_words: int) -> Iterator[Outcome]:
        """Anything at all, besides the link to the document."""
        page = self.page
        onward = [link for link in page.links if link.in_main and _leads_on(link, page)]
        if page.words > few_words or page.acts or len(onward) > 1 or page.gives_money:
            return
        subject = [word for word in words(page.main_heading) if len(word) >= _LONG_WORD]
        for facts in self.documents:
            about = f"{facts.title} {facts.text[:_BEGINNING]}".casefold()
            if len(facts.text.split()) >= many_words and any(word in about for word in subject):
                yield cant_tell(page.target(), "thin", document=_name(facts), words=page.words)
                return

    def _said(self, sure: str, perhaps: str, facts: PdfFacts, found: Sequence[Given]) -> Outcome:
        exact = next((given for given in found if grant_in(given.sentence, self.endings) == self.grant), None)
        if exact:
            return failed(self.page.target(), sure, document=_name(facts), **{sure: exact.shown})
        return cant_tell(self.page.target(), perhaps, document=_name(facts), **{sure: found[0].shown})


def _holds(sentence: str, phrases: Sequence[str]) -> bool:
    return any(word in plain(sentence) for word in phrases)


def _may_lead_to_people(link: LinkSummary, page: PageSummary) -> bool:
    """Whether a link in the content writes to, calls or leads to somebody, or to a service where one applies."""
    if "main" not in link.regions or not link.reachable:
        return False
    return (
        link.href.startswith(("mailto:", "tel:"))
        or "kontakt" in plain(link.name)
        or leads_to_system(link.href, page.url)
    )


def _leads_on(link: LinkSummary, page: PageSummary) -> bool:
    is_page = link.href.startswith(("http://", "https://")) and not link.href.lower().endswith(DOCUMENT_ENDINGS)
    return is_page and link.reachable != () and not same_place(link.href, page.url)


def _name(facts: PdfFacts) -> str:
    return facts.url.rsplit("/", 1)[-1]
