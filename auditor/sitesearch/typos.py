"""Typing errors of one edit, with the kinds and places that real ones have.

The shares are rounded from what people typed into a public search against what they meant (utdanning.no, Norwegian);
``python -m benchmarks.swedish`` prints both beside each other.
"""

from collections.abc import Callable, Iterator

import numpy as np

KINDS = ("drop", "insert", "substitute", "swap")
SHARES = (0.40, 0.21, 0.32, 0.07)
"""How often a letter is left out, added, replaced, or changes places with the next one."""
_DOUBLED = 0.45
"""Share of dropped or added letters that are one of a pair («bidragg», «anmälan» → «anmälann»)."""
_SHORTEST = 4
_ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
_SOUNDS = {
    "a": "e", "e": "a", "i": "e", "o": "å", "å": "o", "ä": "e", "u": "o", "y": "i", "b": "p", "p": "b", "d": "t",
    "t": "d", "g": "k", "k": "g", "s": "c", "c": "s", "v": "w", "w": "v", "j": "g", "ö": "o",
}  # fmt: skip
_TRIES = 40


def typo(word: str, chance: np.random.Generator, is_word: Callable[[str], bool]) -> str | None:
    """*word* with one typing error that makes no other word of it; None if none is found.

    The first letter stays: people hardly ever miss it (Pollock & Zamora 1984).

    Args:
        word: in lower case.
        chance: what decides.
        is_word: whether a string is a word of the language or the site.
    """
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    for _ in range(_TRIES):
        made = _edited(word, KINDS[int(chance.choice(len(KINDS), p=SHARES))], chance)
        if made and made != word and not is_word(made):
            return made
    return None


def _edited(word: str, kind: str, chance: np.random.Generator) -> str | None:
    place = int(chance.integers(1, len(word)))
    pairs = [number for number in range(1, len(word)) if word[number] == word[number - 1]]
    if kind == "drop":
        if pairs and chance.random() < _DOUBLED:
            place = pairs[int(chance.integers(len(pairs)))]
        return word[:place] + word[place + 1 :]
    if kind == "insert":
        letter = word[place] if chance.random() < _DOUBLED else _one_of(_near(word[place]), chance)
        return word[:place] + letter + word[place:]
    if kind == "swap":
        if place == len(word) - 1:
            place -= 1
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :] if place >= 1 else None
    sound = _SOUNDS.get(word[place])
    letter = sound if sound and chance.random() < _DOUBLED else _one_of(_near(word[place]), chance)
    return word[:place] + letter + word[place + 1 :]


def _one_of(letters: str, chance: np.random.Generator) -> str:
    return letters[int(chance.integers(len(letters)))]


def _near(letter: str) -> str:
    """The keys beside that of *letter* on a Swedish keyboard."""
    for row in _ROWS:
        if (place := row.find(letter)) >= 0:
            return row[max(0, place - 1) : place] + row[place + 1 : place + 2]
    return "e"


def edit_of(typed: str, meant: str) -> tuple[str, float] | None:
    """Kind and place (0 for the first letter, 1 for the last) of the one edit between two words; None if it is not one.

    A dropped or added letter of a pair is placed at the second one.
    """
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return None
    return next(_edits(typed, meant), None)


def _edits(typed: str, meant: str) -> Iterator[tuple[str, float]]:
    begin = 0
    while begin < min(len(typed), len(meant)) and typed[begin] == meant[begin]:
        begin += 1
    rest, wanted = typed[begin:], meant[begin:]
    place = min(1.0, begin / max(1, len(meant) - 1))
    if len(typed) < len(meant) and rest == wanted[1:]:
        yield "drop", place
    elif len(typed) > len(meant) and rest[1:] == wanted:
        yield "insert", place
    elif len(typed) == len(meant):
        if rest[1:] == wanted[1:]:
            yield "substitute", place
        elif len(rest) > 1 and rest[0] == wanted[1] and rest[1] == wanted[0] and rest[2:] == wanted[2:]:
            yield "swap", place
