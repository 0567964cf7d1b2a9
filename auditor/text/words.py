"""Words of a language: how a text is cut into them, and which of them say nothing of a subject."""

import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+")
_PLAIN_LETTERS = str.maketrans({"å": "a", "ä": "a", "ö": "o", "é": "e", "ü": "u"})


@dataclass(frozen=True)
class Tongue:
    """What must be known of a language."""

    stemmer: str
    """Name of the Snowball algorithm."""
    small: frozenset[str]
    """Words without a subject of their own."""
    compounds: bool
    """Whether words are written together."""


_SMALL_SWEDISH = """
och i på av för till från med om en ett den det de dem som att är var vara blir blev har hade kan kunna ska skall
vill vi ni du oss er dig din ditt dina vår vårt våra man jag min mitt mina han hon hans hennes sin sitt sina sig
eller men hos vid under över så hur vad när där här vilka vilken vilket vem varför inte också bara även mer än efter
in ut upp då nu finns få får gör göra någon något några alla allt denna detta dessa sen
"""
_SMALL_ENGLISH = """
the of and in to a is was for as by on with from that at an it are were which be this or his has its also their had
have not but he she they been one other first two who more after such most than into when can all between during
some there only how what where our we you your i do does
"""

SWEDISH = Tongue(
    "swedish",
    frozenset(_SMALL_SWEDISH.split()),
    compounds=True,
)
ENGLISH = Tongue(
    "english",
    frozenset(_SMALL_ENGLISH.split()),
    compounds=False,
)


def tokens(text: str) -> list[str]:
    """The words of *text* in lower case, composed (NFC), without punctuation."""
    return _WORD.findall(unicodedata.normalize("NFC", text).casefold())


def folded(text: str) -> str:
    """*text* in lower case with plain letters for å, ä, ö, é and ü, as somebody types it without a Swedish keyboard."""
    return unicodedata.normalize("NFC", text).casefold().translate(_PLAIN_LETTERS)
