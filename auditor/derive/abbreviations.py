"""Abbreviations in capitals, and whether a text says what they stand for."""

import re
from collections.abc import Container, Iterable

from auditor.derive.wording import words

_SHORT = re.compile(r"(?<![\w.&/@-])[A-ZÅÄÖ]{2,6}(?![\w&@/]|-[A-ZÅÄÖ]|\.\w)")
_WORD_BEFORE = re.compile(r"(?:^|(?P<inside>[a-zåäö,]\s+)|[\s(])(?P<word>[A-ZÅÄÖ][a-zåäöé]+)\s+$")
_NAME_AFTER = re.compile(r"\s+[A-ZÅÄÖ][a-zåäöé]+")
_ROMAN = re.compile(r"[IVX]+")
_MEANS = (
    r"\s*(?:\([a-zåäöA-ZÅÄÖ]|står för|betyder|är (?:en )?förkortning|=|–\s+[a-zåäö]"
    r"|,\s+(?:som|det vill säga|alltså|eller)\b)"
)
_SIGNED = re.compile(
    r"\b(?:granska|uppdatera|ändra|publicera|skapa|updated|reviewed)\w*\b[^.]{0,40}\b(?:av|by)\s+$", re.IGNORECASE
)
"""What stands before the initials of whoever looked after the page."""
_SYSTEM = re.compile(r"(?:system|program|tjänst|app|portal)(?:et|en|met)?\s+$", re.IGNORECASE)
"""What a name of a system in capitals follows; one need not know what it stands for."""
_MOST = 6
_AROUND = 120
"""Characters beside an abbreviation that its words may fill."""
_MOSTLY_CAPITALS = 0.5


def unexplained(texts: Iterable[str], whole: str, known: Container[str]) -> list[str]:
    """Abbreviations of *texts* that *whole*, the page's text, does not explain; each once, six at the most.

    Explained are those in brackets after other words («idéburet offentligt partnerskap (IOP)»), between commas after
    them, those followed by brackets or by «står för», and those whose letters begin the words right beside them. What
    stands before or after a name («IFK Norrhamn», «Sjöboda BK») or after «systemet» is a name, and so are numerals and
    who signs a page; a word that is also written in small letters is only stressed.

    Args:
        texts: paragraphs and lists.
        whole: where explanations may stand.
        known: abbreviations that need none.
    """
    found: dict[str, None] = {}
    for text in texts:
        letters = [letter for letter in text if letter.isalpha()]
        if sum(letter.isupper() for letter in letters) > _MOSTLY_CAPITALS * len(letters):
            continue
        for match in _SHORT.finditer(text):
            short = match[0]
            is_name = _follows_name(text[: match.start()], whole) or _NAME_AFTER.match(text, match.end())
            is_name = is_name or _SIGNED.search(text[: match.start()]) or _SYSTEM.search(text[: match.start()])
            if short not in found and short not in known and not is_name and not _ROMAN.fullmatch(short):
                found[short] = None
    return [short for short in found if not _is_explained(short, whole)][:_MOST]


def _follows_name(before: str, whole: str) -> bool:
    """Whether *before* ends in a name: a word with a capital that has one inside sentences too."""
    match = _WORD_BEFORE.search(before[-60:])
    return bool(match and (match["inside"] or re.search(rf"[a-zåäö,]\s+{match['word']}\b", whole)))


def _is_explained(short: str, whole: str) -> bool:
    spelled = re.escape(short)
    if re.search(rf"[a-zåäöé]\s*\(\s*(?i:{spelled})\b", whole) or re.search(rf"\b{spelled}\b{_MEANS}", whole):
        return True
    if re.search(rf"[a-zåäöé]{{3}},\s+{spelled},\s+(?![A-ZÅÄÖ]{{2}})", whole) or re.search(
        rf"\b{spelled.lower()}\b", whole
    ):
        return True
    return any(_spells(short, whole, match) for match in re.finditer(rf"\b{spelled}\b", whole))


def _spells(short: str, whole: str, match: re.Match[str]) -> bool:
    """Whether the words right before or after *match* begin with the letters of *short*."""
    count = len(short)
    before = words(whole[max(0, match.start() - _AROUND) : match.start()])[-count:]
    after = words(whole[match.end() : match.end() + _AROUND])[:count]
    return any("".join(word[0] for word in some) == short.casefold() for some in (before, after))
