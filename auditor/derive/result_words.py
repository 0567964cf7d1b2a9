"""Words by which a page of results is recognised: what sorts, what narrows, and what leads on."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.model.search import Order

_DASHES = re.compile(r"\s*[-‐‑–—−]\s*")
_NOT_SAID = re.compile(r"[^\w\s-]+")
_MOST_WORDS = 7
"""A name of more words is a sentence, and names no order."""
_ONWARD = re.compile(
    r"(?:gå till |till |visa |se )?nästa(?: sida| \d+| träffar| resultat)*(?: sida)?"
    r"|(?:go to )?next(?: page| \d+| results)*"
    r"|(?:visa|ladda|hämta|läs in|se)(?: \d+)? fler(?:\b.{0,30})?|fler (?:träffar|resultat|sökträffar)|visa mer"
    r"|(?:load|show|see|view)(?: \d+)? more(?:\b.{0,30})?|more results",
)
_ARROWS = re.compile(r"[»›>→⟩▶❯]+")
_SMALL = """
efter på i enligt först ordning by order first last sist vald valt selected current nuvarande träffar sökträffar
resultat results visa the most och and uppdaterad sida sidan
"""
_BETWEEN = frozenset(_SMALL.split())
_MORE = re.compile(r"\b(?:fler|mer|more)\b")


_ORDERS = {
    Order.RELEVANCE: "order_relevance",
    Order.TITLE: "order_title",
    Order.TITLE_BACK: "order_title_back",
    Order.DATE: "order_date",
    Order.DATE_BACK: "order_date_back",
}
LISTS = (*_ORDERS.values(), "sort_rising", "sort_falling", "sort_leads", "narrow_leads", "narrow_all", "nothing_found")
"""The lists of the lexicon by which a page of results is recognised."""


@dataclass(frozen=True, kw_only=True)
class SearchWords:
    """Word lists, all in lower case without punctuation."""

    orders: Mapping[Order, tuple[str, ...]]
    rising: tuple[str, ...]
    falling: tuple[str, ...]
    sort_leads: tuple[str, ...]
    narrow_leads: tuple[str, ...]
    narrow_all: tuple[str, ...]
    nothing: tuple[str, ...]


def search_words(lexicon: Mapping[str, Sequence[str]]) -> SearchWords:
    """The words of the catalogue's *lexicon* that tell of results."""

    def plain(name: str) -> tuple[str, ...]:
        return tuple(said(word) for word in lexicon[name])

    return SearchWords(
        orders={order: plain(name) for order, name in _ORDERS.items()},
        rising=plain("sort_rising"),
        falling=plain("sort_falling"),
        sort_leads=plain("sort_leads"),
        narrow_leads=plain("narrow_leads"),
        narrow_all=plain("narrow_all"),
        nothing=tuple(lexicon["nothing_found"]),
    )


def said(text: str) -> str:
    """*text* in lower case, without signs and arrows, dashes as hyphens without space around them: «A – Ö» → «a-ö»."""
    return " ".join(_NOT_SAID.sub(" ", _DASHES.sub("-", text.casefold())).split()).strip("- ")


def holds(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of *phrases* stands in *text* as whole words; both are as `said` gives them."""
    return any(f" {phrase} " in f" {text} " for phrase in phrases)


def order_of(name: str, words: SearchWords) -> Order | None:
    """What a control of that *name* sorts by; None if it names no order, or speaks of something else besides."""
    text = said(name)
    if not text or len(text.split()) > _MOST_WORDS:
        return None
    found = {order for order, phrases in words.orders.items() if holds(text, phrases)}
    if Order.TITLE_BACK in found:
        return Order.TITLE_BACK
    if Order.DATE_BACK in found:
        return Order.DATE_BACK
    if Order.RELEVANCE in found:
        return Order.RELEVANCE
    if Order.TITLE in found:
        return Order.TITLE_BACK if holds(text, words.falling) else Order.TITLE
    if Order.DATE in found:
        return Order.DATE_BACK if holds(text, words.rising) else Order.DATE
    return None


def names_an_order(name: str, words: SearchWords) -> bool:
    """Whether *name* says little besides an order: what leads up to it, and whether it rises or falls."""
    text = f" {said(name)} "
    known = sorted(
        (
            phrase
            for phrases in (*words.orders.values(), words.sort_leads, words.rising, words.falling)
            for phrase in phrases
        ),
        key=len,
        reverse=True,
    )
    for phrase in known:
        text = text.replace(f" {phrase} ", "  ")
    rest = [word for word in text.split() if word not in _BETWEEN]
    return not rest


def leads_on(name: str) -> bool:
    """Whether a link or button of that *name* leads to the next hits."""
    text = name.strip()
    return bool(_ARROWS.fullmatch(text)) or bool(_ONWARD.fullmatch(said(text)))


def adds_hits(name: str) -> bool:
    """Whether the *name* of what leads on promises more hits below those that are shown: «Visa fler»."""
    return bool(_MORE.search(said(name)))
