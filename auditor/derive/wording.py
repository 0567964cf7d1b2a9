"""Words of titles, headings and link texts: when two of them say the same."""

import re
from collections.abc import Container, Iterable

from auditor.derive.remember import remembered

_WORD = re.compile(r"[^\W_]+")
_SEPARATOR = re.compile(r"\s+[-–—−|·•:»«›‹/\\]+\s+|\s*\|\s*|\s*»\s*|\s+::\s+")
_LINK_TAIL = re.compile(
    r"""(?:[\s.,(]*(?:
        (?:extern\ )?länk\ till\ (?:en\ )?(?:annan|extern)\ (?:webbplats|webbsida|sida)
        | (?:länken\ )?(?:öppnas\ )?i?\ ?(?:ett\ |en\ )?(?:nytt\ fönster|ny\ flik|nytt\ webbläsarfönster)
        | extern\ (?:länk|webbplats)
        | (?:link\ to\ )?external\ (?:link|site|website)
        | (?:opens?\ )?in\ (?:a\ )?new\ (?:window|tab)
    )[\s.,)]*)+$""",
    re.IGNORECASE | re.VERBOSE,
)
_LETTERS_OF_A_STEM = 4
_REMEMBERED = 1 << 12
"""How many short texts are remembered with what was made of them: names of links stand on many pages."""
_FOLDED = str.maketrans("åäáàöøéèü", "aaaaooeeu")


def words(text: str) -> tuple[str, ...]:
    """The words of *text* in lower case, without punctuation, signs and arrows."""
    return tuple(_WORD.findall(text.casefold()))


@remembered(_REMEMBERED)
def plain(text: str) -> str:
    """*text* in lower case with nothing but words and single spaces: «Läs mer »» → «läs mer»."""
    return " ".join(words(text))


@remembered(_REMEMBERED)
def folded(text: str) -> str:
    """*text* as addresses write it: plain, å and ä as a, ö as o, é as e."""
    return plain(text).translate(_FOLDED)


def subject_words(text: str, small: Container[str]) -> tuple[str, ...]:
    """The words of *text* that carry a subject: those that are not in *small* («och», «för»)."""
    return tuple(word for word in words(text) if word not in small)


def without_link_tail(name: str) -> str:
    """A link's name without what templates glue to its end («… länk till annan webbplats, öppnas i nytt fönster»)."""
    return _LINK_TAIL.sub("", name).strip()


def title_parts(title: str) -> tuple[str, ...]:
    """A page's title cut at separators: «Bidrag - Sjöboda kommun» → («Bidrag», «Sjöboda kommun»)."""
    return tuple(part.strip() for part in _SEPARATOR.split(title) if part.strip())


def are_akin(one: str, other: str) -> bool:
    """Whether two words are the same, inflections of one, or one is part of the other's compound.

    «bidrag» is akin to «föreningsbidrag» and to «bidragen», «kontakt» to «kontakta». Four letters are the shortest
    stem that is trusted; with three, most Swedish words would be akin to something.
    """
    short, long = sorted((one, other), key=len)
    if short == long:
        return True
    if len(short) < _LETTERS_OF_A_STEM:
        return False
    if short in long:
        return True
    common = next((index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(short))
    return common > _LETTERS_OF_A_STEM or (common == _LETTERS_OF_A_STEM and common >= len(short) - 2)


def share_a_word(some: Iterable[str], others: Iterable[str]) -> bool:
    """Whether any word of *some* is akin to any of *others*, also across compounds («föreningsbidrag», «förening»)."""
    known = tuple(others)
    return any(are_akin(word, other) for word in some for other in known)
