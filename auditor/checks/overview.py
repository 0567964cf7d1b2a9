"""Checks of the area structure: does a page tell at once what it is for, and can its lists be overlooked?"""

from collections.abc import Iterator

from auditor.derive.link_lists import link_lists
from auditor.derive.outline import is_content, links_within
from auditor.derive.page_kinds import first_heading, is_error_page, is_search_page
from auditor.derive.sitepaths import depth_below, segments, site_root
from auditor.derive.wording import share_a_word, subject_words
from auditor.model.facts import Block, Facts, Heading
from auditor.model.outcome import Outcome, Target, cant_tell, failed, passed
from auditor.model.page import Rendering

_FEWEST_WORDS = 6
"""A shorter text above the content is a date, a byline or a button."""
_MOST_LEADS = 3


def landing_visible(rendering: Rendering) -> Iterator[Outcome]:
    """Links within the page lead to text that no fixed area hides."""
    facts = rendering.facts
    within = [link for link in links_within(facts) if link.visible and link.lands is not None]
    covered = [link for link in within if link.landing_covered]
    for link in covered[:1]:
        yield failed(link, "covered", cause="covered", name=link.name, height=round(facts.covered_top))
    if within and not covered:
        yield passed(within[0])


def lead_paragraph(
    rendering: Rendering,
    *,
    small_words: tuple[str, ...],
    search_segments: tuple[str, ...],
    not_found: tuple[str, ...],
    fewest_words: int = 200,
) -> Iterator[Outcome]:
    """A page with much text begins with a paragraph that tells what it is for.

    Args:
        rendering: the page in one viewport.
        small_words: words without a subject («och»).
        search_segments: steps of addresses of search pages.
        not_found: what error pages say.
        fewest_words: words of running text from which a lead is expected; our own choice.
    """
    facts = rendering.facts
    own = first_heading(rendering)
    running = [block for block in facts.blocks if block.kind == "text" and block.visible and is_content(block)]
    if own is None or "main" not in own.regions or sum(block.words for block in running) < fewest_words:
        return
    if is_search_page(rendering, search_segments) or is_error_page(rendering, not_found):
        return
    if not depth_below(rendering.url, site_root(rendering)):
        return
    leads = _leads(facts, own)
    if not leads:
        yield cant_tell(own, "none", heading=own.name)
        return
    about = [own.name, facts.title, " ".join(segments(rendering.url)[-1:])]
    about += [item.name for item in facts.headings if item.level == 2 and item.visible and is_content(item)]
    subjects = [word for text in about for word in subject_words(text, small_words)]
    fitting = next((lead for lead in leads if share_a_word(subject_words(lead.text, small_words), subjects)), None)
    if fitting:
        yield passed(fitting)
    else:
        yield cant_tell(leads[0], "unclear", heading=own.name)


def _leads(facts: Facts, own: Heading) -> tuple[Block, ...]:
    """The first texts below the main heading, before the first heading of a part: a notice may stand above the lead."""
    found: list[Block] = []
    for block in facts.blocks:
        if not (block.visible and is_content(block) and block.box.y >= own.box.bottom - 2):
            continue
        if (block.kind == "heading" and block.level > 1) or len(found) == _MOST_LEADS:
            break
        if block.kind in ("text", "list") and block.words >= _FEWEST_WORDS and not _is_only_links(block, facts):
            found.append(block)
    return tuple(found)


def _is_only_links(block: Block, facts: Facts) -> bool:
    inside = [link for link in facts.links if link.visible and link.selector.startswith(f"{block.selector} > ")]
    return sum(len(link.text.split()) for link in inside) > block.words * 0.8


def long_link_list(rendering: Rendering, *, most_links: int = 40) -> Iterator[Outcome]:
    """No list of links is longer than one can overlook, unless its order tells where to look.

    Args:
        rendering: the page in one viewport.
        most_links: so many links in a row are still overlooked; our own choice, about two screens of a desktop.
    """
    if rendering.query is not None:
        return
    for found in link_lists(rendering.facts):
        if len(found.links) <= most_links // 4:
            continue
        target = Target(
            url=rendering.url,
            viewport=rendering.viewport,
            selector=found.selector,
            text=found.links[0].name,
            box=found.box,
        )
        if len(found.links) > most_links and not found.is_ordered:
            yield failed(target, "long", count=len(found.links))
        else:
            yield passed(target)
