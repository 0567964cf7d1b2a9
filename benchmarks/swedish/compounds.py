"""How many compounds are split where people would cut them, and how many plain words are left whole."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import snowballstemmer

from auditor.content import content
from auditor.text.compounds import DictionarySplitter, OwnWordSplitter, Splitter
from auditor.text.dictionary import Dictionary
from auditor.text.words import tokens

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Split:
    """How one way of splitting did."""

    name: str
    fitted: int
    """Right ones among the lines that were looked at while it was made."""
    held_out: int
    """Right ones among the others."""
    each: int
    """Lines in each half."""
    wrongly: Sequence[str]
    """Plain words that it split."""
    whole: int
    """Plain words."""


def lines(name: str) -> list[str]:
    """The lines of a list beside this module, without its comments."""
    return [line for line in (_HERE / name).read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]


def own_words() -> Mapping[str, int]:
    """The words of a small municipality's site, without those of the list: titles and texts of the built-in tasks."""
    return Counter(tokens((content("rules") / "tasks.yaml").read_text(encoding="utf-8")))


def measure(dictionary: Dictionary | None) -> list[Split]:
    """How the splitters do on the list: by the site's words, by the dictionary, and by both."""
    stem = snowballstemmer.stemmer("swedish").stemWord
    own = own_words()
    ways: list[tuple[str, Splitter]] = [("the site's own words", OwnWordSplitter(own, stem))]
    if dictionary:
        ways.append(("dictionary", DictionarySplitter(dictionary)))
        ways.append(("dictionary and own words", DictionarySplitter(dictionary, own)))
    return [_measured(name, splitter) for name, splitter in ways]


def _measured(name: str, splitter: Splitter) -> Split:
    gold, whole = lines("compounds.txt"), lines("whole.txt")
    right = ["|".join(part.surface for part in splitter.split(line.replace("|", ""))) == line for line in gold]
    wrongly = [word for word in whole if splitter.split(word)]
    return Split(name, sum(right[::2]), sum(right[1::2]), len(gold) // 2, wrongly, len(whole))
