"""How much text two pages share, told from a small sketch of each.

The sketch is a bottom-k sketch (Cohen and Kaplan, Summarizing data using bottom-k sketches, PODC 2007) over runs of
four words: of all runs' hashes the smallest are kept. The share of the smallest hashes of both together that both have
estimates Jaccard's coefficient, with a standard error of about sqrt(J(1-J)/k).
"""

import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from auditor.derive.wording import words

_RUN = 4
_KEPT = 64
_MIX = 2_654_435_761
"""Knuth's multiplicative constant: spreads the checksums of texts that differ little."""
_COMMON = 25
"""A run of words on more pages than this belongs to the site's furniture; it brings no two pages together."""


def sketch(text: str) -> tuple[int, ...]:
    """The sketch of *text*, in ascending order; empty for a text of fewer than four words."""
    said = words(text)
    runs = {" ".join(said[begin : begin + _RUN]) for begin in range(len(said) - _RUN + 1)}
    return tuple(sorted({zlib.crc32(run.encode()) * _MIX & 0xFFFFFFFF for run in runs})[:_KEPT])


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """The estimated share of runs of words that two texts have in common, 0 to 1."""
    if not one or not other:
        return 0.0
    together = set(one) | set(other)
    cut = _KEPT in (len(one), len(other))
    known = set(sorted(together)[:_KEPT]) if cut else together
    return len(known.intersection(one).intersection(other)) / len(known)


def alike(sketches: Sequence[Sequence[int]], least: float) -> Iterator[tuple[int, int, float]]:
    """Index, index and likeness of every two sketches that are alike by at least *least*; the lower index first.

    Only sketches that share a hash are compared, so that a site's pages cost little more than their number.
    """
    places: dict[int, list[int]] = defaultdict(list)
    for index, hashes in enumerate(sketches):
        for value in hashes:
            places[value].append(index)
    pairs: dict[tuple[int, int], int] = defaultdict(int)
    for found in places.values():
        if 1 < len(found) <= _COMMON:
            for pair in combinations(found, 2):
                pairs[pair] += 1
    for (one, other), shared in sorted(pairs.items()):
        if shared * 4 >= min(len(sketches[one]), len(sketches[other])):
            found_likeness = likeness(sketches[one], sketches[other])
            if found_likeness >= least:
                yield one, other, found_likeness
