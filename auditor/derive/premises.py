"""Which premises a text names: «Granhallen», «Åkerby bollhall», «Norrskolan stora salen»."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.derive.wording import plain

_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_TAILS = ("en", "n", "et", "ens", "ets", "s", "")
_DEFINITE = ("en", "n", "et", "ens", "ets")
_LETTERS = re.compile(r"\s+([^\W_])(?![\w-])(?!\s+[a-zåäö])(?:\s*(?:\+|&|/|och)\s*([^\W_])(?![\w-]))?")
"""What follows a name as part of it: «A», «A + B»."""
_LEFT_OUT = re.compile(
    r"\b(?:inte|ej|utom|förutom|undantag\w*|undantaget|exklusive|exkl\.?|not|except)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_LONG_FILLER = 4


@dataclass(frozen=True)
class PremisesWords:
    """Words by which premises are known; lower-case."""

    premises: Sequence[str]
    """Ends of words that name premises («hall»)."""
    common: Sequence[str]
    """Words that many premises are called by («sporthall»), and what stands before a name without being part of it."""
    kinds: Sequence[str]
    """Stems that tell whom, when or what a price is for («barn», «helg», «moms»)."""
    fillers: Sequence[str]
    """Words that say nothing but that it is a price («avgift», «kr»)."""


@dataclass(frozen=True)
class Named:
    """Premises that several texts name together."""

    thing: str
    is_name: bool
    """They are called by a name of their own, not by a word for many."""
    parts: frozenset[str]
    """What is said of which part of them («stor sal»), from texts that name no premises by themselves."""
    index: int
    """Which of the texts names them."""


@dataclass(frozen=True)
class _Mention:
    begin: int
    end: int
    thing: str
    is_name: bool
    part: str = ""


def named_premises(texts: Iterable[str], known: PremisesWords) -> Named | None:
    """The premises that the first of *texts* names that names any; None if none does, or one names several.

    The texts go from near to far: a row of a price list, the heading above it, the page's main heading. What a nearer
    text calls by a word for many («stora salen») is a part of what a farther one names.
    """
    parts: set[str] = set()
    for index, text in enumerate(texts):
        mentions = _apart(_mentions(text, known))
        parts.update(mention.part for mention in mentions if mention.part and mention.part not in known.fillers)
        things = {mention.thing: mention.is_name for mention in mentions if mention.thing}
        if len(things) > 1:
            return None
        for thing, is_name in things.items():
            return Named(thing, is_name, frozenset(parts), index)
    return None


def _apart(mentions: Iterable[_Mention]) -> list[_Mention]:
    """*mentions* without those that stand within a longer name: «Granvallens» in «Granvallens ishall»."""
    found = list(mentions)
    return [one for one in found if not any(it.begin <= one.begin < one.end < it.end for it in found)]


def _mentions(text: str, known: PremisesWords) -> Iterable[_Mention]:
    """What *text* mentions; without a name what may be any («en gymnastiksal»). «Hallen» alone is such a one."""
    tokens = list(_TOKEN.finditer(text))
    for index, match in enumerate(tokens):
        parted = _parted(match[0].casefold(), known.premises)
        if parted is None or _LEFT_OUT.search(text[: match.start()]):
            continue
        base, tail = parted
        begin = _begin_of_name(text, tokens, index, known)
        described = _words_before(text, tokens, index, known)
        is_common = base in known.premises or base in known.common
        definite = tail in _DEFINITE and base not in known.premises and not (is_common and described)
        if begin is not None or definite:
            letters = _LETTERS.match(text, match.end())
            after = " ".join(filter(None, letters.groups())) if letters else ""
            first = match.start() if begin is None else begin
            name = plain(f"{text[first : match.end()]} {after}")
            yield _Mention(first, match.end(), name, begin is not None or not is_common)
        else:
            yield _Mention(match.start(), match.end(), "", False, " ".join((*described, base)))


def _begin_of_name(text: str, tokens: Sequence[re.Match[str]], index: int, known: PremisesWords) -> int | None:
    """Where a name begins whose last word is the token: words with a capital right before, or before «stora» and such.

    Signs between the words part them: «Motions-/bordtennislokal» is no name.
    """
    begin: int | None = None
    while index and not text[tokens[index - 1].end() : tokens[index].start()].strip():
        index -= 1
        word = tokens[index][0]
        if word[:1].isupper() and word.casefold() not in known.common and not _tells_price(word, known):
            begin = tokens[index].start()
        elif begin is not None or word.casefold() not in known.common:
            break
    return begin


def _words_before(text: str, tokens: Sequence[re.Match[str]], index: int, known: PremisesWords) -> tuple[str, ...]:
    """Common words right before the token («stora»), without their ending, so that «hel hall» is «hela hallen»."""
    found: list[str] = []
    while index and not text[tokens[index - 1].end() : tokens[index].start()].strip():
        index -= 1
        word = tokens[index][0].casefold()
        if word not in known.common:
            break
        found.insert(0, word.rstrip("a"))
    return tuple(found)


def _parted(word: str, stems: Sequence[str]) -> tuple[str, str] | None:
    """*word* without its ending, and the ending, if it ends as words for premises do."""
    for stem in stems:
        for tail in _TAILS:
            if word.endswith(stem + tail):
                return word.removesuffix(tail) if tail else word, tail
    return None


def _tells_price(token: str, known: PremisesWords) -> bool:
    word = token.casefold()
    long = (filler for filler in known.fillers if len(filler) >= _LONG_FILLER)
    return word in known.fillers or word.endswith(tuple(long)) or any(word.startswith(stem) for stem in known.kinds)
