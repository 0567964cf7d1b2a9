"""Checks of the area structure: does a page tell what it is about, and how it is divided?"""

from collections.abc import Iterator

from auditor.derive.outline import (
    content_steps,
    contents_of,
    is_rendered,
    links_to_sections,
    links_within,
    main_area,
    section_headings,
    stretches,
    top_headings,
)
from auditor.derive.page_kinds import first_heading
from auditor.derive.sitepaths import depth_below, site_root
from auditor.derive.titles import own_title, shared_titles, titled_pages
from auditor.derive.urls import path_of
from auditor.derive.visual_headings import visual_headings
from auditor.derive.wording import plain, share_a_word, subject_words
from auditor.model.facts import Facts, Heading
from auditor.model.outcome import Outcome, cant_tell, failed, passed
from auditor.model.page import Rendering
from auditor.model.site import Site


def single_h1(rendering: Rendering) -> Iterator[Outcome]:
    """The page has one visible heading of level 1."""
    facts = rendering.facts
    if not facts.text:
        return
    tops = top_headings(facts)
    named = [item for item in tops if item.name]
    if named:
        yield from _one_of(named)
    elif tops:
        yield failed(tops[0], "empty")
    elif hidden := [item for item in facts.headings if item.level == 1 and item.name and is_rendered(item)]:
        yield cant_tell(hidden[0], "unseen", name=hidden[0].name)
    else:
        yield failed(rendering, "none")


def _one_of(tops: list[Heading]) -> Iterator[Outcome]:
    """The first in main content, or the first of all, is the page's; the others are too many."""
    own = next((item for item in tops if "main" in item.regions), tops[0])
    yield passed(own)
    for extra in tops:
        if extra is not own:
            outside = "main" in own.regions and "main" not in extra.regions
            yield failed(extra, "outside" if outside else "extra", name=extra.name, own=own.name)


def heading_order(rendering: Rendering) -> Iterator[Outcome]:
    """Headings of the content go down one level at a time."""
    for step in content_steps(rendering.facts):
        if step.skips:
            yield failed(step.heading, "skipped", name=step.heading.name, level=step.heading.level, before=step.before)
        else:
            yield passed(step.heading)


def unique_title(site: Site, *, not_found: tuple[str, ...]) -> Iterator[Outcome]:
    """No two pages of the site have the same title. That none lacks one is axe's to say.

    Args:
        site: the whole site.
        not_found: what error pages say.
    """
    pages = titled_pages(site, not_found)
    shared = shared_titles(pages)
    for page in pages:
        twins = shared.get(plain(page.title), ())
        if not plain(page.title):
            continue
        if page in twins:
            other = next(twin for twin in twins if twin is not page)
            yield failed(
                page.target(),
                "shared",
                cause=plain(page.title),
                title=page.title,
                count=len(twins),
                page=path_of(page.url),
                other=path_of(other.url),
            )
        else:
            yield passed(page.target())


def contents_list(
    rendering: Rendering,
    *,
    labels: tuple[str, ...],
    frame_headings: tuple[str, ...],
    fewest_headings: int = 4,
    screens: float = 3,
) -> Iterator[Outcome]:
    """A long page has a list of links to its sections, at most one press away, and it leaves none out.

    Whether the links work is told by the rules about broken links and about what fixed areas cover.

    Args:
        rendering: the page in one viewport.
        labels: what a list of contents, or the button that opens it, is called.
        frame_headings: headings of what templates add to every page, which need not be in the list.
        fewest_headings: sections from which a list is expected.
        screens: heights of the viewport that the content must exceed. Research knows what such lists are good for, but
            names no limit; both numbers are our own choice.
    """
    facts = rendering.facts
    area = main_area(facts)
    headings = [item for item in section_headings(facts) if plain(item.name) not in labels]
    if rendering.query is not None or area is None:
        return
    if len(headings) < fewest_headings or area.box.height <= screens * facts.height:
        return
    pairs = links_to_sections(facts, headings)
    near = [(link, heading) for link, heading in pairs if link.reachable and len(link.revealed_by) <= 1]
    contents = contents_of(headings, near, frame_headings)
    if contents is None:
        yield _without_list(rendering, len(headings), len(pairs), labels)
        return
    for heading in contents.left_out:
        yield failed(heading, "left_out", name=heading.name)
    for heading in contents.after:
        yield cant_tell(heading, "after", name=heading.name)
    if not contents.left_out and not contents.after:
        yield passed(contents.links[0])


def _without_list(rendering: Rendering, count: int, hidden: int, labels: tuple[str, ...]) -> Outcome:
    """What to say when too few links to the sections were reached."""
    facts = rendering.facts
    if len({link.href for link in links_within(facts)}) * 2 >= count:
        return cant_tell(rendering, "other_names", count=count)
    if _names_contents(facts, labels):
        return cant_tell(rendering, "unopened", count=count)
    return failed(rendering, "hidden" if hidden * 2 >= count else "none", count=count)


def _names_contents(facts: Facts, labels: tuple[str, ...]) -> bool:
    """Whether a button is called as a list of contents is: it may open one in a way that was not understood."""
    return any(control.reachable and plain(control.name) in labels for control in facts.controls)


def text_without_headings(
    rendering: Rendering, *, emphasis: tuple[str, ...], most_words: int = 500
) -> Iterator[Outcome]:
    """No stretch of running text is longer than one can overlook without a heading.

    Args:
        rendering: the page in one viewport.
        emphasis: bold words that ask for attention and title nothing («observera»).
        most_words: the longest stretch; about two minutes of reading, and our own choice.
    """
    bold = {block.selector for block in visual_headings(rendering.facts, frozenset(map(plain, emphasis)))}
    found = list(stretches(rendering.facts, bold))
    if sum(stretch.words for stretch in found) <= most_words:
        return
    too_long = [stretch for stretch in found if stretch.words > most_words]
    for stretch in too_long:
        yield failed(stretch.first, "long", words=stretch.words)
    if not too_long:
        yield passed(rendering)


def title_matches_heading(
    rendering: Rendering, *, generic: tuple[str, ...], small_words: tuple[str, ...]
) -> Iterator[Outcome]:
    """The page's title and its main heading have a word in common.

    Args:
        rendering: the page in one viewport.
        generic: headings that name no subject («Välkommen»).
        small_words: words without a subject («och»).
    """
    facts = rendering.facts
    tops = [item for item in top_headings(facts) if item.name]
    own = first_heading(rendering)
    if own is None or rendering.query is not None or not depth_below(rendering.url, site_root(rendering)):
        return
    title = subject_words(own_title(rendering), small_words)
    told = [subject_words(item.name, small_words) for item in tops if plain(item.name) not in generic]
    if not title or not any(told):
        return
    if any(share_a_word(title, heading) for heading in told):
        yield passed(own)
    else:
        yield failed(own, "differs", title=facts.title, heading=own.name)
