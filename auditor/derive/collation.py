"""Swedish alphabetical order, as the customs that sites may follow have it.

The alphabet is that of CLDR's Swedish collation: å, ä and ö after z, æ and œ with ä and ö, ø and ő with ö, ü with y, ð
with d, þ as th. Case and other accents decide only between words that are otherwise the same; such ties may stand in
any order here, since lists are judged, not made. Where customs differ, each is right as long as a list follows one of
them throughout: w as v (until 2006) or after it, numbers by value or by digit, punctuation and spaces as signs before
all letters or as nothing.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from enum import StrEnum
from itertools import pairwise, product
from typing import TypeAlias

Key: TypeAlias = tuple[tuple[int, int], ...]

_AFTER_Z = {"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}", "ő": "}", "œ": "}"}
"""Signs that follow z in ASCII stand for the last letters."""
_SPELLED = {"ü": "y", "ű": "y", "ð": "d", "đ": "d", "þ": "th", "ß": "ss", "ł": "l"}
_NUMBER = re.compile(r"\d+")
_LEADING = re.compile(r"^\W+")


class Arrangement(StrEnum):
    """What a list of titles is sorted by."""

    SWEDISH = "swedish"
    CODE_POINT = "code-point"
    """By the letters' numbers in Unicode: Ä before Å, or capitals before small letters."""
    FOLDED = "folded"
    """As if å and ä were a, and ö were o."""
    NONE = "none"
    """By nothing that can be told."""


def arrangement(titles: Sequence[str], *, back: bool = False) -> Arrangement:
    """What *titles* are sorted by; Swedish order if that and others fit, since then nothing is wrong with it.

    Args:
        titles: in their order.
        back: from Ö to A.
    """
    wanted = list(reversed(titles)) if back else list(titles)
    wanted = [unicodedata.normalize("NFC", title).strip() for title in wanted]
    if any(_rises(wanted, key) for key in _swedish_keys()):
        return Arrangement.SWEDISH
    for found, keys in ((Arrangement.FOLDED, _FOLDED), (Arrangement.CODE_POINT, _CODE_POINT)):
        if any(_rises(wanted, key) for key in keys):
            return found
    return Arrangement.NONE


def first_break(titles: Sequence[str], *, back: bool = False) -> tuple[str, str] | None:
    """The first two neighbours that stand the wrong way round by the custom that fits best; None if none do."""
    wanted = [unicodedata.normalize("NFC", title).strip() for title in titles]
    best: list[tuple[str, str]] | None = None
    for key in _swedish_keys():
        wrong = [
            (one, other)
            for one, other in pairwise(wanted)
            if (key(one) < key(other) if back else key(one) > key(other))
        ]
        if best is None or len(wrong) < len(best):
            best = wrong
    return best[0] if best else None


def tells_apart(titles: Sequence[str]) -> bool:
    """Whether Swedish order, code points and folded accents would each give *titles* another order."""
    plain = sorted(titles, key=swedish_key)
    return not any(_rises(plain, key) for key in (*_FOLDED, *_CODE_POINT))


def swedish_key(
    text: str, *, w_as_v: bool = False, numbers: bool = False, signs: bool = False, spaces: bool = True
) -> Key:
    """What *text* is compared by; texts that differ in case or lesser accents alone have the same.

    Args:
        text: a title.
        w_as_v: w is v with another look.
        numbers: numbers are compared by value, and not digit by digit.
        signs: punctuation counts, before digits and letters.
        spaces: a space counts, before all else.
    """
    spelled = _spelled(unicodedata.normalize("NFC", text).casefold().strip())
    if w_as_v:
        spelled = spelled.replace("w", "v")
    spelled = "".join(letter for letter in spelled if signs or _is_word(letter) or letter == " ")
    spelled = " ".join(spelled.split()) if spaces else spelled.replace(" ", "")
    return tuple(_elements(spelled, numbers))


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter in "{|}"


def _spelled(text: str) -> str:
    letters = []
    for letter in text:
        if letter in _AFTER_Z:
            letters.append(_AFTER_Z[letter])
        elif letter in _SPELLED:
            letters.append(_SPELLED[letter])
        elif letter in "{|}":
            letters.append(" ")
        else:
            letters.append(
                "".join(sign for sign in unicodedata.normalize("NFD", letter) if not unicodedata.combining(sign))
            )
    return "".join(letters)


def _elements(text: str, numbers: bool) -> list[tuple[int, int]]:
    """Space, then signs, then digits, then letters."""
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(text):
        number = _NUMBER.match(text, place) if numbers else None
        letter = text[place]
        if number:
            found.append((2, int(number[0][:15])))
            place = number.end()
            continue
        rank = 0 if letter == " " else 2 if letter.isdigit() else 3 if _is_word(letter) else 1
        found.append((rank, ord(letter)))
        place += 1
    return found


def _swedish_keys() -> list[Callable[[str], Key]]:
    """One for each custom."""

    def key(w_as_v: bool, numbers: bool, signs: bool, spaces: bool) -> Callable[[str], Key]:
        return lambda text: swedish_key(text, w_as_v=w_as_v, numbers=numbers, signs=signs, spaces=spaces)

    both = (False, True)
    return [
        key(w_as_v, numbers, signs, spaces)
        for w_as_v, numbers, (signs, spaces) in product(both, both, ((False, True), (True, True), (False, False)))
    ]


def _folded(text: str) -> Key:
    bare = unicodedata.normalize("NFD", text.casefold())
    return swedish_key(
        "".join(sign for sign in bare if not unicodedata.combining(sign)).replace("æ", "a").replace("ø", "o")
    )


_FOLDED: tuple[Callable[[str], Key], ...] = (_folded,)
_CODE_POINT: tuple[Callable[[str], Key], ...] = (
    lambda text: tuple((0, ord(sign)) for sign in text),
    lambda text: tuple((0, ord(sign)) for sign in text.casefold()),
    lambda text: tuple((0, ord(sign)) for sign in _LEADING.sub("", text.casefold())),
)


def _rises(titles: Sequence[str], key: Callable[[str], Key]) -> bool:
    keys = [key(title) for title in titles]
    return all(one <= other for one, other in pairwise(keys))
