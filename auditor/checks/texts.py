"""Checks of the words themselves: their language, how heavy they are to read, and abbreviations."""

import re
from collections.abc import Iterator, Sequence
from statistics import quantiles

from bs4 import Tag

from auditor.derive.abbreviations import unexplained
from auditor.derive.answers import is_read
from auditor.derive.dom import element, main_of
from auditor.derive.foreign_parts import own_text
from auditor.derive.language import guess_language, primary, says_language
from auditor.derive.readability import Readability
from auditor.derive.surroundings import content_blocks
from auditor.derive.text_pages import CONTENT_WORDS, is_text_page
from auditor.model.outcome import Outcome, cant_tell, failed, passed
from auditor.model.page import Document, Page
from auditor.model.site import PageSummary, Site
from auditor.model.vocabulary import Viewport

_PARTS = ("p", "li", "blockquote", "dd", "figcaption", "td")
_NESTED = ("p", "li", "blockquote", "dd", "td", "div", "section", "table", "ul", "ol")
_CODE = ("code", "kbd", "samp", "var", "tt", "pre")
_CAPITALS = re.compile(r"[A-ZÅÄÖ]{2,6}")
_SWEDISH = re.compile(r"[åäö]", re.IGNORECASE)
_HAVE_SUCH_LETTERS = ("sv", "no", "fi", "de")


def language_of_parts(document: Document, *, least_words: int = 20) -> Iterator[Outcome]:
    """A passage in another language than the page's says so.

    Args:
        document: the page.
        least_words: shorter passages do not tell their language.
    """
    root, main = document.tree.find("html"), main_of(document)
    declared = str(root.get("lang") or "") if root else ""
    if main is None or not says_language(declared):
        return
    language = primary(declared)
    whole = guess_language(own_text(main, language))
    if whole is None or whole.language != language:
        return
    for tag in main.find_all(_PARTS):
        if tag.find(_NESTED) is None:
            yield from _part(tag, language, least_words)


def _part(tag: Tag, language: str, least_words: int) -> Iterator[Outcome]:
    own = next((str(step.get("lang")) for step in (tag, *tag.parents) if step.get("lang")), language)
    text = own_text(tag, primary(own))
    guess = guess_language(text, least_words)
    if guess is None or not guess.sure:
        return
    if guess.language == primary(own):
        if primary(own) != language:
            yield passed(None)
        return
    words = text.split()
    swedish = sum(bool(_SWEDISH.search(word)) for word in words) / len(words)
    if guess.language in _HAVE_SUCH_LETTERS or swedish < 0.05:
        yield failed(element(tag), "unmarked", language=guess.language, declared=own, text=" ".join(words[:8]))


def unexplained_abbreviations(
    page: Page, *, dated_segments: tuple[str, ...], known: tuple[str, ...]
) -> Iterator[Outcome]:
    """A Swedish text explains the abbreviations that it uses.

    Args:
        page: the page, seen on a desktop.
        dated_segments: steps of addresses with news and calendars; there, the lists are left out.
        known: abbreviations that need no explanation.
    """
    seen = page.rendering(Viewport.DESKTOP)
    if seen is None or page.document is None or not is_text_page(seen, dated_segments):
        return
    texts = [block.text for block in content_blocks(seen.facts) if block.kind in ("text", "list")]
    guess = guess_language(" ".join(texts))
    if guess is None or guess.language != "sv":
        return
    tree = page.document.tree
    titled = {tag.get_text().strip() for tag in tree.find_all("abbr", title=True)}
    names = {word for tag in tree.find_all(_CODE) for word in _CAPITALS.findall(tag.get_text())}
    found = unexplained(texts, seen.facts.text, titled | names | set(known))
    if found:
        yield cant_tell(page, "unexplained", abbreviations=", ".join(found))
    else:
        yield passed(page)


def text_readability(
    site: Site, *, most_lix: int = 60, most_words: int = 25, fewest_pages: int = 12
) -> Iterator[Outcome]:
    """Swedish running text is not heavy, neither by itself nor beside the site's other pages.

    Args:
        site: the whole site.
        most_lix: above this a text is very hard (Björnsson 1968); long compounds alone can bring a text there.
        most_words: words per sentence above which the sentences are long too.
        fewest_pages: so many pages must be measured before one can stand out among them.
    """
    measured = [(page, Readability(*page.reading)) for page in site.pages if _is_measured(page)]
    fence = _fence([figures.lix for _, figures in measured]) if len(measured) >= fewest_pages else float("inf")
    usual = _middle([figures.sentence_length for _, figures in measured])
    for page, figures in measured:
        if figures.lix > most_lix and figures.sentence_length > most_words:
            yield _told(page, "heavy", figures)
        elif figures.lix > max(fence, most_lix - 10) and figures.sentence_length > usual:
            yield _told(page, "outlier", figures)
        else:
            yield passed(page.target())


def _told(page: PageSummary, message: str, figures: Readability) -> Outcome:
    long_words = round(100 * figures.long_words / figures.words)
    length = round(figures.sentence_length)
    return cant_tell(page.target(), message, lix=round(figures.lix), words=length, long=long_words)


def _is_measured(page: PageSummary) -> bool:
    return is_read(page) and page.query is None and page.reading[0] >= CONTENT_WORDS


def _fence(values: Sequence[float]) -> float:
    """Tukey's upper fence: one and a half times the distance between the quartiles above the upper one."""
    lower, _, upper = quantiles(values, n=4)
    return upper + 1.5 * (upper - lower)


def _middle(values: Sequence[float]) -> float:
    ranked = sorted(values)
    return ranked[len(ranked) // 2] if ranked else 0.0
