"""Checks of who looks after a page: can a reader say that something is wrong, and to whom?"""

from collections.abc import Iterator, Sequence

from auditor.derive.contact_ways import Named, contact_in_content
from auditor.derive.contacts import scheme_of
from auditor.derive.text_pages import is_text_page
from auditor.derive.wording import plain
from auditor.model.facts import Facts
from auditor.model.outcome import Outcome, failed, passed
from auditor.model.page import Rendering


def page_feedback(
    rendering: Rendering, *, dated_segments: tuple[str, ...], questions: tuple[str, ...], ways: tuple[str, ...]
) -> Iterator[Outcome]:
    """A page of text asks whether it helped, or leads to where one can say that something is wrong.

    Args:
        rendering: the page on a desktop.
        dated_segments: steps of addresses with news and calendars; there, the lists are left out.
        questions: what such a part of the page says («hjälpte informationen dig»).
        ways: what a link or button there, or to a form for comments, is called («synpunkter»).
    """
    if not is_text_page(rendering, dated_segments):
        return
    facts = rendering.facts
    named = f" {' | '.join(_names(facts))} "
    if _holds(plain(facts.text), questions) or _holds(named, (*questions, *ways)):
        yield passed(rendering)
    else:
        yield failed(rendering, "none")


def page_owner(
    rendering: Rendering,
    *,
    dated_segments: tuple[str, ...],
    labels: tuple[str, ...],
    contact_words: tuple[str, ...],
    units: tuple[str, ...],
    roles: tuple[str, ...],
) -> Iterator[Outcome]:
    """A page of text tells who is responsible for it, or names somebody to ask.

    Args:
        rendering: the page on a desktop.
        dated_segments: steps of addresses with news and calendars; there, the lists are left out.
        labels: what stands before the one responsible («sidansvarig»).
        contact_words: words of a link's name that lead to contact.
        units: stems of units' names.
        roles: stems of titles.
    """
    if not is_text_page(rendering, dated_segments):
        return
    facts = rendering.facts
    told = _holds(plain(facts.text), labels)
    if told or contact_in_content(facts, contact_words, units, roles) is not Named.NO:
        yield passed(rendering)
    else:
        yield failed(rendering, "none")


def _names(facts: Facts) -> Iterator[str]:
    for link in facts.links:
        if link.reachable:
            yield plain(link.name)
            if scheme_of(link) == "mailto":
                yield plain(link.raw_href)
    for control in facts.controls:
        if control.reachable:
            yield plain(control.name)


def _holds(said: str, phrases: Sequence[str]) -> bool:
    return any(f" {phrase}" in f" {said} " for phrase in phrases)
