"""Checks of the area information: is what a page says complete, current and readable?"""

from collections.abc import Iterator
from datetime import date, timedelta

from auditor.derive.dates import Stamp, StampKind, page_stamps, shown_update
from auditor.derive.deadlines import deadlines, latest_date, yearless_deadline
from auditor.derive.documents import document_type, says_type, shows_type
from auditor.derive.dom import main_of
from auditor.derive.foreign_parts import own_text
from auditor.derive.language import guess_language, primary, says_language
from auditor.derive.page_kinds import first_heading
from auditor.derive.sitepaths import has_segment
from auditor.derive.surroundings import content_text, content_words
from auditor.derive.text_pages import CONTENT_WORDS, is_text_page
from auditor.derive.unfinished import is_bare, unfinished_phrase
from auditor.derive.wording import plain
from auditor.model.outcome import Outcome, cant_tell, failed, passed
from auditor.model.page import Document, Page, Rendering
from auditor.model.vocabulary import Viewport

_FIRST_SITES = date(1995, 1, 1)
"""Earlier than this no Swedish municipality had pages to update."""


def last_updated(rendering: Rendering, *, dated_segments: tuple[str, ...]) -> Iterator[Outcome]:
    """A page of text shows when it was updated.

    Args:
        rendering: the page on a desktop.
        dated_segments: steps of addresses with news and calendars; there, the lists are left out.
    """
    if not is_text_page(rendering, dated_segments):
        return
    stamp = shown_update(rendering.facts)
    if stamp is None:
        yield failed(rendering, "none")
    elif stamp.readable:
        yield passed(rendering)
    else:
        yield cant_tell(rendering, "no_date", label=stamp.text)


def stale_page(
    page: Page, *, dated_segments: tuple[str, ...], dated_headings: tuple[str, ...], years: int = 3
) -> Iterator[Outcome]:
    """The date that a page gives as its own is neither long ago nor impossible.

    Args:
        page: the page, seen on a desktop or, if it was not, on a phone.
        dated_segments: steps of addresses with news, archives and minutes, which may be old.
        dated_headings: words of main headings of such pages.
        years: how old an update may be.
    """
    seen, today = _seen(page), _today(page)
    if seen is None or today is None or _is_dated(seen, dated_segments, dated_headings):
        return
    stamp = shown_update(seen.facts)
    if stamp is None or stamp.day is None or _is_entry_list(seen):
        return
    if stamp.day > today + timedelta(days=1):
        yield failed(page, "future", date=stamp.day.isoformat())
    elif stamp.day < _FIRST_SITES:
        yield failed(page, "impossible", date=stamp.day.isoformat())
    elif stamp.day >= _years_before(today, years):
        yield passed(page)
    elif stamp.kind is StampKind.PUBLISHED:
        yield cant_tell(page, "published", date=stamp.day.isoformat())
    else:
        yield failed(page, "old", date=stamp.day.isoformat(), years=years)


def _is_entry_list(seen: Rendering) -> bool:
    """Whether several entries with dates of their own stand on the page."""
    days = {stamp.day for stamp in page_stamps(seen.facts) if stamp.kind is StampKind.PUBLISHED}
    updated = [stamp for stamp in page_stamps(seen.facts) if _is_update(stamp)]
    return len(days) > 1 and not updated


def _is_update(stamp: Stamp) -> bool:
    return stamp.kind is not StampKind.PUBLISHED


def expired_deadline(
    page: Page,
    *,
    dated_segments: tuple[str, ...],
    dated_headings: tuple[str, ...],
    apply_words: tuple[str, ...],
    deadline_words: tuple[str, ...],
    closed_phrases: tuple[str, ...],
) -> Iterator[Outcome]:
    """No page that invites to apply gives a last day that has passed.

    Args:
        page: the page, seen on a desktop or, if it was not, on a phone.
        dated_segments: steps of addresses with news, archives and minutes.
        dated_headings: words of main headings of such pages.
        apply_words: phrases that invite to apply.
        deadline_words: stems that show that a date is a last day for applying.
        closed_phrases: what pages say whose application is over.
    """
    seen, today = _seen(page), _today(page)
    if seen is None or today is None or _is_dated(seen, dated_segments, dated_headings):
        return
    text = content_text(seen.facts)
    said = f" {plain(text)} "
    if not any(f" {word}" in said for word in apply_words) or any(phrase in said for phrase in closed_phrases):
        return
    found = list(deadlines(seen.facts, deadline_words))
    coming = yearless_deadline(text) or (latest_date(text) or date.min) >= today
    told: set[str] = set()
    for deadline in found:
        if deadline.day >= today:
            yield passed(deadline.block)
        elif deadline.block.selector not in told:
            told.add(deadline.block.selector)
            values = {"date": deadline.day.isoformat()}
            yield cant_tell(deadline.block, "later", **values) if coming else failed(deadline.block, "past", **values)


def under_construction(
    page: Page, *, phrases: tuple[str, ...], alone: tuple[str, ...], not_found: tuple[str, ...], fewest_words: int = 15
) -> Iterator[Outcome]:
    """A published page has content.

    Args:
        page: the page, seen on a desktop or, if it was not, on a phone.
        phrases: what unfinished pages say of themselves, wherever they say it.
        alone: what says the same only if nothing else stands there.
        not_found: what error pages say; those are another matter.
        fewest_words: so many words are content, however little.
    """
    seen = _seen(page)
    if seen is None or page.response.status != 200 or seen.query is not None:
        return
    heading = first_heading(seen)
    if any(phrase in plain(f"{heading.name if heading else ''} {seen.facts.title}") for phrase in not_found):
        return
    words = content_words(seen.facts)
    phrase = unfinished_phrase(seen.facts, phrases, alone)
    if phrase and words < CONTENT_WORDS:
        yield failed(page, "unfinished", phrase=phrase)
    elif phrase:
        yield cant_tell(page, "partly", phrase=phrase)
    elif words >= fewest_words or not is_bare(seen.facts, page.document):
        yield passed(page)
    elif words == 0:
        yield cant_tell(page, "nothing")
    else:
        yield failed(page, "empty", words=words)


def document_link(rendering: Rendering) -> Iterator[Outcome]:
    """A link to a document says what kind of file it is, in its text or close by.

    The size is not asked for: visitors on a phone gain by it, but a page without it can be used.

    Args:
        rendering: the page on a desktop.
    """
    for link in rendering.facts.links:
        kind = document_type(link)
        if kind is None or not link.reachable or not link.name:
            continue
        if says_type(link, kind):
            yield passed(link)
        elif not kind:
            yield cant_tell(link, "unknown", name=link.name)
        elif shows_type(link):
            yield cant_tell(link, "icon", name=link.name, kind=kind)
        else:
            yield failed(link, "no_type", name=link.name, kind=kind)


def language_of_page(document: Document, *, least_words: int = 60) -> Iterator[Outcome]:
    """The language that the page declares is the one that its main text is written in.

    Args:
        document: the page.
        least_words: fewer words do not tell a language.
    """
    root = document.tree.find("html")
    declared = str(root.get("lang") or "") if root else ""
    main = main_of(document)
    if main is None or not says_language(declared):
        return
    text = own_text(main, primary(declared))
    guess = guess_language(text, least_words)
    if guess is None and len(text.split()) < least_words:
        yield from _language_of_little(document, own_text(main, "") or text, declared)
    elif guess and guess.language == primary(declared):
        yield passed(None)
    elif guess and guess.sure:
        yield failed(None, "other", declared=declared, language=guess.language)


def _language_of_little(document: Document, text: str, declared: str) -> Iterator[Outcome]:
    """Title and alternatives help where there is little text; where they do not, a person must look."""
    title = document.tree.title
    alternatives = " ".join(str(image.get("alt") or "") for image in document.tree.find_all("img"))
    told = f"{title.get_text() if title else ''} {text} {alternatives}"
    guess = guess_language(told, least_words=1)
    if guess and guess.language == primary(declared):
        yield passed(None)
    elif any(character.isalpha() for character in told):
        yield cant_tell(None, "little", declared=declared)


def _seen(page: Page) -> Rendering | None:
    return page.rendering(Viewport.DESKTOP) or page.rendering(Viewport.PHONE)


def _today(page: Page) -> date | None:
    return date.fromisoformat(page.document.today) if page.document and page.document.today else None


def _years_before(day: date, years: int) -> date:
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year - years, day=28 if leap else day.day)


def _is_dated(seen: Rendering, dated_segments: tuple[str, ...], dated_headings: tuple[str, ...]) -> bool:
    """Whether the page belongs to a time: news, archives, minutes, history."""
    heading = first_heading(seen)
    named = f" {plain(heading.name)} " if heading else " "
    return has_segment(seen.url, dated_segments) or any(f" {word}" in named for word in dated_headings)
