"""Scent: how promising a link's words are for a goal, from words alone.

What a link leads to is never looked at. A link has its name and what stands around it; the pages' texts serve only as
the corpus that the semantic space is learnt from (as people have learnt what words mean before they came). Where an
embedding of sentences is installed, what it says is one feature more; its weights are fitted with it, so that figures
with and without it cannot be compared.

The utility of a link is a weighted sum of a few features, in units of the noise of a logistic choice: exp(utility) is
proportional to how often a link is chosen. The weights were fitted to people's clicks in Wikispeedia
(West & Leskovec 2012), by a conditional logit with cross-validation over target articles; ``benchmarks/wikispeedia.py
--fit`` repeats it. There are fewer than a dozen, so nothing of single pages can hide in them. One is set by hand: a
label that is the goal's very words weighs 6, not the 1 or less that was fitted. That changes hardly any rank, but who
sees what they look for takes it, as finish rates say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from scipy import sparse

from auditor.findability.graph import Floats, LinkGraph
from auditor.findability.meaning import Meaning
from auditor.findability.space import SemanticSpace, Vectors
from auditor.text.analyzer import Bag

_AT_ONCE = 4096
"""Links whose labels are set beside the names of their pages at a time: ten megabytes."""
CONTEXT_SHARE = 0.3
"""Weight of what stands around a link beside the link's own name's 1."""


@dataclass(frozen=True)
class Goal:
    """What somebody looks for."""

    name: Bag
    """In their own few words."""
    text: Bag
    """At length: question, phrasing and related words."""
    said: str = ""
    """The few words as they were said, for an embedding."""
    _places: WeakKeyDictionary[SemanticSpace, "_Place"] = field(
        default_factory=WeakKeyDictionary, init=False, repr=False, compare=False
    )

    def placed(self, space: SemanticSpace) -> "_Place":
        """Where it lies in *space*. Reckoned once: a goal is held against many labels, again and again."""
        if space not in self._places:
            words = space.lexical([self.text])
            (text, _), (_, name) = space.placed(words), space.placed(space.lexical([self.name]))
            self._places[space] = _Place(text[0], name[0], words.T)
        return self._places[space]


@dataclass(frozen=True)
class _Place:
    text: Vectors
    """The goal at length."""
    name: Vectors
    """Its few words, broadly."""
    words: sparse.csc_matrix
    """The terms of its text, as a column."""


@dataclass(frozen=True)
class Weights:
    """What each feature adds to a link's utility, per unit."""

    topic: float
    """Semantic likeness of label and the goal's text."""
    name: float
    """Broad semantic likeness of label and the goal's few words: the same field."""
    words: float
    """Words shared by label and the goal's text (tf-idf cosine)."""
    same: float
    """The label is the goal's very words."""
    meaning: float
    """Likeness of label and the goal's few words in an embedding; 0 without one."""
    known: float
    """Logarithm of 1 + the number of pages that the label stands on: a familiar word, a hub."""
    here: float
    """Semantic likeness of the label and the page's own name."""
    early: float
    """The link stands in the page's first text."""
    visited: float
    """Leads to a page that was visited before."""


FEATURES = tuple(field.name for field in fields(Weights))

WEIGHTS = Weights(3.0, 6.2, 7.1, 6.0, 0.0, 0.2, 1.4, 0.85, -2.25)
"""Without an embedding. Fitted; see the head of this module."""
WEIGHTS_WITH_MEANING = Weights(3.3, 5.1, 5.9, 6.0, 2.7, 0.2, 1.4, 0.75, -2.1)
"""With an embedding. Fitted in the same way."""


@dataclass(frozen=True)
class LabelScent:
    """What every label of a site says to one goal."""

    topic: Floats
    name: Floats
    words: Floats
    same: Floats
    meaning: Floats


LABEL_FEATURES = tuple(field.name for field in fields(LabelScent))
"""Features that a label has wherever it stands."""


class Scent:
    """The labels of a site in its semantic space."""

    def __init__(
        self,
        space: SemanticSpace,
        labels: Sequence[Bag],
        names: Sequence[str] = (),
        meaning: Meaning | None = None,
        rows: sparse.csr_matrix | None = None,
    ) -> None:
        """Places *labels* in *space*.

        Args:
            space: the site's space.
            labels: a bag each.
            names: the same as they are written, for *meaning*.
            meaning: an embedding, if there is one.
            rows: the labels as the space's `lexical` gives them, where that is known.
        """
        self._space = space
        self._meaning = meaning
        self._placed = meaning.place(names) if meaning else None
        self.weights = WEIGHTS if meaning is None else WEIGHTS_WITH_MEANING
        self._same: dict[tuple[str, ...], list[int]] = {}
        for number, bag in enumerate(labels):
            self._same.setdefault(tuple(sorted(bag)), []).append(number)
        self._lexical = space.lexical(labels) if rows is None else rows
        self.vectors, self._broad = space.placed(self._lexical)

    def of(self, goal: Goal) -> LabelScent:
        """The labels' scent for *goal*."""
        place = goal.placed(self._space)
        same = np.zeros(len(self.vectors))
        same[self._same.get(tuple(sorted(goal.name)), []) if goal.name else []] = 1.0
        return LabelScent(
            topic=_likeness(self.vectors @ place.text),
            name=_likeness(self._broad @ place.name),
            words=np.asarray((self._lexical @ place.words).toarray(), dtype=np.float64).ravel(),
            same=same,
            meaning=self._likeness_of_meaning(goal.said),
        )

    def _likeness_of_meaning(self, said: str) -> Floats:
        if self._meaning is None or self._placed is None:
            return np.zeros(len(self.vectors))
        return _likeness(self._placed @ self._meaning.place([said])[0])

    def likeness(self, graph: LinkGraph) -> Floats:
        """Likeness of each link's label to the name of the page it stands on."""
        titles, likeness = graph.title[graph.source], np.empty(graph.links)
        for start in range(0, graph.links, _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            likeness[part] = np.einsum("ij,ij->i", self.vectors[graph.label[part]], self.vectors[titles[part]])
        return likeness


def _likeness(cosines: npt.NDArray[np.float32]) -> Floats:
    """Square roots of cosines, negative ones as 0: between little and no likeness people tell more than between much
    and more (it ranks people's clicks better than the cosine itself).
    """
    return np.sqrt(np.maximum(cosines, 0.0)).astype(np.float64)


def features(graph: LinkGraph, labels: LabelScent, likeness: Floats) -> Floats:
    """One row a link, one column a feature, in the order of `FEATURES`; the last one, visited, is 0."""

    def cue(values: Floats) -> Floats:
        return _with_context(values, graph)

    known = np.log1p(graph.spread[graph.label])
    columns = {
        "topic": cue(labels.topic),
        "name": cue(labels.name),
        "words": cue(labels.words),
        "same": labels.same[graph.label],
        "meaning": cue(labels.meaning),
        "known": known,
        "here": likeness,
        "early": graph.early,
        "visited": np.zeros(graph.links),
    }
    return np.stack([columns[name] for name in FEATURES], axis=1)


def _with_context(values: Floats, graph: LinkGraph) -> Floats:
    """The label's value, or a mean with its context's where there is another one."""
    own, around = values[graph.label], values[graph.context]
    return np.where(graph.context == graph.label, own, (own + CONTEXT_SHARE * around) / (1 + CONTEXT_SHARE))


def utilities(rows: Floats, weights: Weights) -> Floats:
    """Utility of each link from its row of features."""
    return np.asarray(rows @ np.array([getattr(weights, name) for name in FEATURES]), dtype=np.float64)


def label_utility(labels: LabelScent, weights: Weights) -> Floats:
    """Utility of labels by their words alone, wherever they stand."""
    columns = np.stack([getattr(labels, name) for name in LABEL_FEATURES], axis=1)
    return np.asarray(columns @ np.array([getattr(weights, name) for name in LABEL_FEATURES]), dtype=np.float64)


def alone(labels: LabelScent, weights: Weights) -> Floats:
    """Utility of links called so of which the site has no other, with nothing around them."""
    return np.asarray(label_utility(labels, weights) + weights.known * np.log1p(1.0))
