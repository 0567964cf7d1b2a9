"""Addresses that people can read: do their steps hold words, or only what a system numbers pages by?"""

import re
from collections.abc import Collection, Sequence
from urllib.parse import parse_qsl, urlsplit

from auditor.derive.wording import folded

_WORD = re.compile(r"[^\W\d_]{3,}")
_CODE = re.compile(
    r"[0-9a-f]{8,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+(?:[.\-_]\d+)*|[45]\.[0-9a-f]{6,}", re.IGNORECASE
)
_STATE = re.compile(r"/!ut/p/|;jsessionid=", re.IGNORECASE)
"""What portals write into addresses to keep a visitor's state (WebSphere, Java servlets)."""
_VOWEL = re.compile(r"[aeiouyåäöéü]", re.IGNORECASE)
_DIGIT_RUN = re.compile(r"\d")
_TURNS = re.compile(r"\d+|[^\W\d_]+")
_MOST_TURNS = 3


def says_nothing(url: str, steps: Sequence[str], technical: Collection[str]) -> bool:
    """Whether no step of *url* below its site's root, and no value in its query, holds a word about the page.

    Args:
        url: the address.
        steps: its segments below the site's root.
        technical: words that systems make addresses of.
    """
    if _STATE.search(url):
        return True
    values = [value for _, value in parse_qsl(urlsplit(url).query)]
    return not any(_tells(step, technical) for step in (*steps, *values))


def _tells(step: str, technical: Collection[str]) -> bool:
    if _CODE.fullmatch(step):
        return False
    if not _DIGIT_RUN.search(step) and len(folded(step)) > 1:
        return folded(step) not in technical
    return any(
        folded(word) not in technical and _VOWEL.search(word) and not _is_code(word, step)
        for word in _WORD.findall(step)
    )


def _is_code(word: str, step: str) -> bool:
    """Whether *word* is but letters of a code in *step*: letters and digits that take turns more than once."""
    return "-" not in step and len(_TURNS.findall(step)) > _MOST_TURNS and len(word) < len(step) / 2
