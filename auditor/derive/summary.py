"""What is kept of a page for rules about the whole site."""

import hashlib
import re
import zlib
from email.utils import parsedate_to_datetime

from bs4 import Tag

from auditor.derive.anchors import anchors_of
from auditor.derive.breadcrumbs import marked_trail
from auditor.derive.contacts import contacts
from auditor.derive.dates import shown_update
from auditor.derive.dom import clean, main_of
from auditor.derive.figures import figures
from auditor.derive.frame_labels import frame_labels
from auditor.derive.language import guess_language
from auditor.derive.likeness import sketch
from auditor.derive.logos import logos_of
from auditor.derive.onward import has_something_to_do
from auditor.derive.readability import readability
from auditor.derive.statement import read_statement
from auditor.derive.statements import gives_money, statements
from auditor.derive.surroundings import content_text, running_texts
from auditor.derive.urls import canonical
from auditor.derive.wording import plain
from auditor.model.facts import Facts, Form, Link
from auditor.model.page import Document, Page, Response
from auditor.model.site import LinkSummary, PageSummary
from auditor.model.vocabulary import Viewport

_SCRIPTED = re.compile(
    r"""\s(?:on\w+|aria-(?:controls|expanded|haspopup|selected|pressed)|ng-\w+|v-on:\w+|@click|x-on:\w+"""
    r"""|data-[\w-]*(?:toggle|target|dismiss|slide|action|tab|modal|popup|open|close|collapse|scroll-?to|method|remote)[\w-]*)(?:[\s=>]|$)"""
    r"""|\sclass="[^"]*(?:toggle|modal|accordion|collaps|dropdown|popup|lightbox|trigger|\btabs?\b|-tab\b|\bjs-)[^"]*\"""",
    re.IGNORECASE,
)
_NOINDEX = re.compile(r"\bno(?:index|ne)\b")


def summarise(page: Page) -> PageSummary:
    """The summary of *page*: the desktop rendering's facts, and for each link in which viewports it can be seen."""
    response = page.response
    shown = page.rendering(Viewport.DESKTOP) or page.rendering(Viewport.PHONE)
    if shown is None:
        return PageSummary(
            url=response.url,
            final_url=canonical(response.final_url),
            status=response.status,
            content_type=response.content_type,
            depth=page.depth,
            is_handoff=page.is_handoff,
            rendered=False,
            reason=page.untested.get("page", ""),
            asked=page.asked,
        )
    facts = shown.facts
    stamp = shown_update(facts)
    robots = " ".join((_meta(page.document, "robots"), response.headers.get("x-robots-tag", ""))).lower()
    return PageSummary(
        url=response.url,
        final_url=canonical(response.final_url),
        status=response.status,
        content_type=response.content_type,
        title=facts.title,
        description=clean(_meta(page.document, "description"), 200),
        main_heading=main_heading(facts),
        language=facts.language,
        depth=page.depth,
        template=page.template,
        noindex=bool(_NOINDEX.search(robots)),
        canonical=_canonical_link(page.document),
        words=sum(block.words for block in facts.blocks if block.kind != "heading"),
        updated=stamp.day.isoformat() if stamp and stamp.day else "",
        updated_by=stamp.kind if stamp and stamp.day else "",
        modified=_last_modified(response),
        reading=_reading(facts),
        sketch=sketch(content_text(facts)),
        statements=tuple(statements(page.document)) if page.document else (),
        gives_money=gives_money(facts.main_text),
        forms=sum(_is_for_writing(form) for form in facts.forms),
        links=tuple(_links(page)),
        contacts=tuple(contacts(facts)),
        figures=figures(page),
        query=shown.query,
        trail=marked_trail(shown),
        logos=tuple(logos_of(facts)),
        labels=tuple(frame_labels(page)),
        anchors=anchors_of(page.document),
        acts=has_something_to_do(facts),
        asked=page.asked,
        statement=read_statement(page.document) if page.document else None,
        is_handoff=page.is_handoff,
    )


def _last_modified(response: Response) -> str:
    """The day of the Last-Modified header, unless it only says when the page was made for this visit."""
    told = response.headers.get("last-modified", "")
    try:
        day = parsedate_to_datetime(told).date().isoformat() if told else ""
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""
    return "" if day >= response.fetched_at[:10] else day


def _reading(facts: Facts) -> tuple[int, int, int]:
    texts = running_texts(facts)
    guess = guess_language(" ".join(texts))
    if guess is None or guess.language != "sv":
        return (0, 0, 0)
    figures = readability(texts)
    return (figures.words, figures.sentences, figures.long_words)


def _is_for_writing(form: Form) -> bool:
    """Whether *form* stands in the content and asks for a text, or for three things or more."""
    asked = [field for field in form.fields if field.kind not in ("search", "password", "hidden", "submit", "button")]
    secret = any(field.kind == "password" for field in form.fields)
    return form.in_main and not secret and (len(asked) > 2 or any(field.kind == "textarea" for field in asked))


def main_heading(facts: Facts) -> str:
    """Text of the first visible heading of level 1, else of the first one in main; empty if there is none."""
    first = next((item for item in facts.headings if item.level == 1 and item.visible), None)
    first = first or next((item for item in facts.headings if item.in_main and item.visible), None)
    return first.text if first else ""


def template_of(document: Document) -> str:
    """Fingerprint of the page's skeleton: structural tags and classes of the two outermost levels, each kind once.

    Without a main landmark, one level: what lies deeper may be content.
    """
    body = document.tree.body
    if body is None:
        return ""
    skeleton = "|".join(dict.fromkeys(_skeleton(body, 2 if main_of(document) is not body else 1)))
    return hashlib.sha256(skeleton.encode()).hexdigest()[:12]


_FRAMEWORK = ("header", "footer", "nav", "main", "aside", "section", "article", "form", "div")


def _skeleton(tag: Tag, depth: int) -> list[str]:
    classes = [str(name) for name in tag.get_attribute_list("class") if name]
    lines = [f"{tag.name}.{'.'.join(classes)}"]
    if depth and tag.name != "main" and tag.get("role") != "main":
        for child in tag.find_all(_FRAMEWORK, recursive=False):
            lines += _skeleton(child, depth - 1)
    return lines


def _links(page: Page) -> list[LinkSummary]:
    found: dict[tuple[str, str, str], dict[Viewport, Link]] = {}
    for rendering in page.renderings:
        if rendering.viewport is not Viewport.NARROW:
            for link in rendering.facts.links:
                key = (link.href, link.selector, link.name)
                found.setdefault(key, {})[rendering.viewport] = link
    return [_link_summary(rendered) for rendered in found.values()]


def _link_summary(rendered: dict[Viewport, Link]) -> LinkSummary:
    link = next(iter(rendered.values()))
    address, _, fragment = link.href.partition("#")
    return LinkSummary(
        href=canonical(address),
        fragment=fragment,
        name=link.name,
        selector=link.selector,
        regions=link.regions,
        visible=tuple(viewport for viewport, seen in rendered.items() if seen.visible),
        reachable=tuple(viewport for viewport, seen in rendered.items() if seen.reachable),
        fragment_found=link.fragment_found,
        scripted=is_scripted(link),
        inline=link.inline,
        toggles=max((len(seen.revealed_by) for seen in rendered.values() if not seen.visible), default=0),
        around=zlib.crc32(plain(f"{link.heading} | {link.context}").encode(errors="replace")),
    )


def is_scripted(link: Link) -> bool:
    """Whether *link*'s markup says that a script answers the click (tabs, accordions, dialogs), not the address."""
    return link.role not in ("", "link") or bool(_SCRIPTED.search(link.html))


def _meta(document: Document | None, name: str) -> str:
    for tag in document.tree.find_all("meta") if document else ():
        if str(tag.get("name") or "").strip().lower() == name:
            return str(tag.get("content") or "")
    return ""


def _canonical_link(document: Document | None) -> str:
    tag = document.tree.find("link", rel="canonical") if document else None
    href = tag.get("href") if tag else None
    return canonical(str(href), document.url) if href and document else ""
