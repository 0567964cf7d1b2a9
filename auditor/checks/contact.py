"""Checks of the area contact: does one find whom to ask, and does the way there work?"""

import re
from collections.abc import Iterator

from auditor.derive.contact_norm import contact_norms
from auditor.derive.contact_ways import Named, contact_in_content, frame_contact
from auditor.derive.contacts import addressees, find_mailboxes, is_mailbox, scheme_of
from auditor.derive.errands import ErrandWords, errand_of
from auditor.derive.page_kinds import first_heading
from auditor.derive.sitepaths import has_segment, segments
from auditor.derive.surroundings import beside_main, content_links, content_text, content_words, link_share
from auditor.derive.telephone import call_problem, called_number, find_phones, normal_phone
from auditor.model.facts import Link, Mention
from auditor.model.outcome import Outcome, cant_tell, failed, passed
from auditor.model.page import Rendering
from auditor.model.site import Site

_FEW_WORDS = 60
"""Shorter content than this is a signpost or an overview, not a page that explains an errand."""


def contact_on_every_page(
    rendering: Rendering, *, contact_words: tuple[str, ...], service_desks: tuple[str, ...]
) -> Iterator[Outcome]:
    """Header or footer holds a way to the municipality: a contact link, a number, a mailbox, or its service desk.

    Args:
        rendering: the page in one viewport.
        contact_words: words of a link's name that lead to contact («kontakt»).
        service_desks: what the one way in is called («servicecenter»).
    """
    way = frame_contact(rendering.facts, contact_words, service_desks)
    yield passed(way) if way else failed(rendering, "none")


def contact_named(
    rendering: Rendering,
    *,
    contact_words: tuple[str, ...],
    service_desks: tuple[str, ...],
    units: tuple[str, ...],
    roles: tuple[str, ...],
    grants: tuple[str, ...],
    other_help: tuple[str, ...],
    booking: tuple[str, ...],
    premises: tuple[str, ...],
    booking_process: tuple[str, ...],
    approval: tuple[str, ...],
    associations: tuple[str, ...],
    dated_segments: tuple[str, ...],
    most_links: float = 0.5,
) -> Iterator[Outcome]:
    """A page about a grant, booking or approval names whom to contact about it, with a way to reach them.

    Args:
        rendering: the page on a desktop.
        contact_words: words of a link's name that lead to contact.
        service_desks: what the one way in is called.
        units: stems of units' names; roles: stems of titles.
        roles: see units.
        grants: ends of words for grants; the following likewise make out what the page is about.
        other_help: ends of words for help that may be a grant.
        booking: words for booking.
        premises: stems for premises.
        booking_process: phrases of booking.
        approval: phrases for being approved.
        associations: stems for associations.
        dated_segments: steps of addresses with news and minutes.
        most_links: from which share of words in links a page is an overview.
    """
    heading = first_heading(rendering)
    facts = rendering.facts
    if heading is None or has_segment(rendering.url, dated_segments) or rendering.query is not None:
        return
    if content_words(facts) < _FEW_WORDS or link_share(facts) > most_links:
        return
    known = ErrandWords(grants, other_help, booking, premises, booking_process, approval, associations)
    errand = errand_of(rendering, heading.name, known)
    if not errand:
        return
    found = contact_in_content(facts, (*contact_words, *service_desks), (*units, *service_desks), roles)
    if found is Named.YES:
        yield passed(rendering)
    elif found is Named.NO:
        yield failed(rendering, errand)
    else:
        yield cant_tell(rendering, found.value)


def phone_link(rendering: Rendering) -> Iterator[Outcome]:
    """Numbers are links that call, and such links call the number that they show.

    Args:
        rendering: the page on a phone.
    """
    facts = rendering.facts
    linked: dict[str, bool] = {}
    for link in facts.links:
        if scheme_of(link) == "tel" and link.reachable:
            value = normal_phone(called_number(link.raw_href))
            linked[value] = linked.get(value, False) or bool(beside_main(link, facts))
            yield _called(link)
    done: set[tuple[str, str]] = set()
    for mention in facts.mentions:
        if not mention.reachable or mention.link or "navigation" in mention.regions:
            continue
        for phone in find_phones(mention.text, mention.before):
            if (phone.value, mention.selector) in done:
                continue
            done.add((phone.value, mention.selector))
            near = linked.get(phone.value)
            if near or (near is not None and not beside_main(mention, facts)):
                yield passed(mention)
            else:
                yield failed(mention, "plain", number=phone.shown)


def _called(link: Link) -> Outcome:
    number = called_number(link.raw_href)
    problem = call_problem(number)
    if problem == "zero":
        return cant_tell(link, "zero", number=number)
    if problem:
        return failed(link, problem, number=number)
    shown = find_phones(link.text, "telefon")
    if len(shown) == 1 and number.lstrip("(")[:1] in "0+" and shown[0].value != normal_phone(number):
        return failed(link, "mismatch", shown=shown[0].shown, number=number)
    return passed(link)


def mail_link(rendering: Rendering) -> Iterator[Outcome]:
    """Mailboxes in the content are links that write to them.

    Args:
        rendering: the page on a desktop.
    """
    facts = rendering.facts
    linked = {box.lower() for link in facts.links if scheme_of(link) == "mailto" for box in addressees(link.raw_href)}
    for link in facts.links:
        if link.reachable and (outcome := _written_to(link)):
            yield outcome
    for mention in facts.mentions:
        if not mention.reachable or mention.link or not beside_main(mention, facts) or _is_code(mention):
            continue
        for box in dict.fromkeys(find_mailboxes(mention.text)):
            yield passed(mention) if box.lower() in linked else failed(mention, "plain", mailbox=box)


def _written_to(link: Link) -> Outcome | None:
    if scheme_of(link) == "mailto":
        boxes = addressees(link.raw_href)
        rest = link.raw_href.partition(":")[2].strip()
        if not boxes:
            return None if "?" in rest else failed(link, "empty")
        wrong = next((box for box in boxes if not is_mailbox(box)), None)
        if wrong is not None:
            return failed(link, "malformed", mailbox=wrong)
        shown = link.text.strip(" .,;:")
        if is_mailbox(shown) and shown.lower() not in {box.lower() for box in boxes}:
            return failed(link, "mismatch", shown=shown, mailbox=boxes[0])
        return passed(link)
    bare = link.raw_href.strip()
    return failed(link, "no_scheme", mailbox=bare) if is_mailbox(bare) and "/" not in bare else None


def _is_code(mention: Mention) -> bool:
    return mention.tag in ("code", "pre", "kbd", "samp", "label", "option")


def same_contact_path(site: Site, *, fewest_pages: int = 3) -> Iterator[Outcome]:
    """Header and footer give the same telephone number on all pages.

    Args:
        site: the whole site.
        fewest_pages: how many pages must give a number before one counts as the site's.
    """
    for judged in contact_norms(site, fewest_pages):
        target = judged.page.target()
        if judged.agrees:
            yield passed(target)
        elif judged.section:
            yield cant_tell(target, "section", cause=judged.number, number=judged.shown, section=judged.section)
        else:
            yield failed(target, "other", cause=judged.number, number=judged.shown, usual=judged.usual)


def fault_report_feedback(
    rendering: Rendering,
    *,
    stems: tuple[str, ...],
    addresses: tuple[str, ...],
    promises: tuple[str, ...],
    feedback_to_us: tuple[str, ...],
    handling: tuple[str, ...],
    dated_segments: tuple[str, ...],
) -> Iterator[Outcome]:
    """The page for fault reports tells how one hears what came of the report.

    Args:
        rendering: the page on a desktop.
        stems: words in the main heading or title that make it such a page.
        addresses: the same in the last step of an address.
        promises: phrases that promise an answer, or a way to follow the case.
        feedback_to_us: phrases in which feedback is what visitors give, not what they get.
        handling: phrases that tell what happens to the report.
        dated_segments: steps of addresses with news and minutes.
    """
    if has_segment(rendering.url, dated_segments) or rendering.query is not None:
        return
    if not _is_about_faults(rendering, stems, addresses):
        return
    facts = rendering.facts
    text = " ".join(content_text(facts).lower().split())
    told = re.sub("|".join(map(re.escape, feedback_to_us)), " ", text) if feedback_to_us else text
    if any(re.search(rf"\b{re.escape(phrase)}", told) for phrase in promises):
        yield passed(rendering)
    elif content_words(facts) < _FEW_WORDS or link_share(facts) > 0.5 or any(frame.visible for frame in facts.frames):
        yield cant_tell(rendering, "elsewhere")
    elif any(re.search(rf"\b{re.escape(phrase)}", text) for phrase in handling):
        yield cant_tell(rendering, "only_handling")
    elif content_links(facts) or facts.forms or facts.mentions:
        yield failed(rendering, "none")


def _is_about_faults(rendering: Rendering, stems: tuple[str, ...], addresses: tuple[str, ...]) -> bool:
    heading = first_heading(rendering)
    said = heading.name if heading else rendering.facts.title
    if any(stem in said.lower() for stem in stems):
        return True
    last = segments(rendering.url)[-1:]
    return bool(last) and any(last[0].startswith(address) for address in addresses)
