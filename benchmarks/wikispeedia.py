"""The simulated visitor beside people: games of Wikispeedia, where people looked for an article by links alone.

    python -m benchmarks.wikispeedia [FOLDER] [--games 3000] [--runs 300] [--fit] [--embedding]

FOLDER holds finished.txt.gz, unfinished.tsv.gz, links.tsv.gz and articles.jsonl.gz (address and title of each article,
and the beginning of its text), made from the data that Stanford's SNAP publishes (snap.stanford.edu, «wikispeedia»;
West & Leskovec 2012; West, Pineau & Precup 2009). Printed are

- next click: the mean reciprocal rank of the link that the person chose among all links of the page, without the last
  click of each game and over all clicks;
- finish rate: Spearman's correlation of simulated and human finish rate over pairs of start and target with at least
  ten games, with its bootstrap interval, and on either of two halves of the pairs. Both engines have the product's
  own constants. With it stands what somebody would get who knew each pair's true rate, since ten games leave much to
  chance.

``--fit`` fits the weights of the features by a conditional logit, prints the cross-validated ranks (folds by target
article) and the weights of the whole. ``--embedding`` uses the optional embedding too.
"""

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.stats import betabinom, spearmanr

from auditor.findability.agent import Setting, walk
from auditor.findability.assess import RUNS
from auditor.findability.chain import Attention, absorption, noticed
from auditor.findability.constants import CERTAINTY
from auditor.findability.graph import Floats, plain_graph
from auditor.findability.meaning import Embedder, Meaning
from auditor.findability.scent import FEATURES, LABEL_FEATURES, Goal, LabelScent, Scent, Weights, features, utilities
from auditor.findability.space import SemanticSpace
from auditor.pipeline.embedding import embedder, told
from auditor.text.analyzer import Analyzer, Phrases
from auditor.text.words import ENGLISH

_FOLDER = Path("../shared/corpora/wikispeedia")
_LEAST_GAMES = 10
_RESAMPLES = 1000
_ENGINES = ("engine A (absorbing chain)", "engine B (visitors)")
_FOLDS = 3
_SEED = 0
_BRACKETS = re.compile(r"\s*\(.*?\)")
_HEAD = re.compile(r"^#copyright.*?Wikipedia Selection\. ?(Related subjects: )?")
_VISITED = FEATURES.index("visited")


@dataclass(frozen=True)
class Game:
    """One path; start and target as numbers of articles."""

    path: tuple[int, ...]
    target: int
    finished: bool


class World:
    """The articles, their links and the games."""

    def __init__(self, folder: Path, embed: Embedder | None = None) -> None:
        articles = [json.loads(line) for line in _lines(folder / "articles.jsonl.gz")]
        number = {article["article"]: index for index, article in enumerate(articles)}
        links: list[list[int]] = [[] for _ in articles]
        for line in _lines(folder / "links.tsv.gz"):
            source, target = line.split("\t")
            if source in number and target in number:
                links[number[source]].append(number[target])
        self.games = [*_finished(folder, number), *_unfinished(folder, number)]
        self._learn(articles, links, embed)

    def _learn(
        self, articles: Sequence[Mapping[str, str]], links: Sequence[Sequence[int]], embed: Embedder | None
    ) -> None:
        analyzer = Analyzer(ENGLISH, {})
        self.titles = [_BRACKETS.sub("", article["title"]) for article in articles]
        names = [analyzer.terms(title) for title in self.titles]
        phrases = Phrases(names)
        self.labels = [named(name) for name in names]
        self.texts: list[dict[str, float]] = []
        documents, early = [], []
        for article, label, targets in zip(articles, self.labels, links, strict=True):
            terms = analyzer.terms(_HEAD.sub("", article["text"]))
            said = Counter[str](terms) + Counter(phrases.found(terms))
            self.texts.append(added(said, label))
            shown = [" ".join(names[target]) in said for target in targets]
            early.append([float(seen) for seen in shown])
            further = (self.labels[target] for target, seen in zip(targets, shown, strict=True) if not seen)
            documents.append(added(said, label, *further))
        folds = [[int(not seen) for seen in shown] for shown in early]
        self.graph = plain_graph(links, links, range(len(links)), early=early, folds=folds)
        meaning = Meaning(embed, self.titles) if embed else None
        self.scent = Scent(SemanticSpace.learn(documents), self.labels, self.titles, meaning)
        self.likeness = self.scent.likeness(self.graph)

    def scent_of(self, target: int) -> LabelScent:
        """What all labels say to somebody who looks for *target*, and has read what it is."""
        return self.scent.of(Goal(self.labels[target], self.texts[target], self.titles[target]))

    def rows(self, target: int) -> Floats:
        """Features of all links for *target*."""
        return features(self.graph, self.scent_of(target), self.likeness)


def named(terms: Sequence[str]) -> dict[str, float]:
    """A label as its words, and as one term if it has several."""
    return added(Counter(terms), {" ".join(terms): 1.0} if len(terms) > 1 else {})


def added(*bags: Mapping[str, float]) -> dict[str, float]:
    """The sum of *bags*."""
    whole: dict[str, float] = {}
    for bag in bags:
        for term, weight in bag.items():
            whole[term] = whole.get(term, 0.0) + weight
    return whole


def _lines(path: Path) -> list[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return file.read().splitlines()


def _finished(folder: Path, number: Mapping[str, int]) -> list[Game]:
    paths = [line.split(";") for line in _lines(folder / "finished.txt.gz")]
    known = [tuple(number[name] for name in path) for path in paths if all(name in number for name in path)]
    return [Game(path, path[-1], True) for path in known if len(path) > 1]


def _unfinished(folder: Path, number: Mapping[str, int]) -> list[Game]:
    rows = [line.split("\t") for line in _lines(folder / "unfinished.tsv.gz")]
    starts = [(path.split(";")[0], target) for path, target, *_ in rows]
    return [Game((number[start],), number[goal], False) for start, goal in starts if start in number and goal in number]


# Next click


@dataclass(frozen=True)
class Choices:
    """Clicks of people: a row of features for each link of each page that was clicked on."""

    rows: Floats
    first: npt.NDArray[np.int64]
    """Where each click's rows begin."""
    click: npt.NDArray[np.int64]
    """Which click each row belongs to."""
    chosen: npt.NDArray[np.int64]
    """Row of the link that was chosen."""
    last: npt.NDArray[np.bool_]
    target: npt.NDArray[np.int64]
    left: Floats
    """Clicks from the page that each link leads to to the target."""
    degree: Floats


def choices(world: World, games: Sequence[Game]) -> Choices:
    """All clicks of *games*."""
    rows, sizes, chosen, last, targets, left, degree = [], [], [], [], [], [], []
    of_target: dict[int, list[Game]] = defaultdict(list)
    for game in games:
        of_target[game.target].append(game)
    links_of = np.diff(world.graph.offsets)
    begin = 0
    for target, played in of_target.items():
        scent = world.scent_of(target)
        distance = world.graph.distances([target])
        for game in played:
            for step, (page, onward) in enumerate(pairwise(game.path)):
                table, to = rows_of(world, scent, page)
                table[:, _VISITED] = np.isin(to, game.path[: step + 1])
                rows.append(table)
                chosen.append(begin + int(np.flatnonzero(to == onward)[0]))
                begin += len(to)
                sizes.append(len(to))
                last.append(step == len(game.path) - 2)
                targets.append(target)
                left.append(distance[to])
                degree.append(links_of[to])
    ends = np.cumsum(sizes)
    return Choices(
        rows=np.concatenate(rows),
        first=np.concatenate([[0], ends[:-1]]),
        click=np.repeat(np.arange(len(sizes)), sizes),
        chosen=np.array(chosen),
        last=np.array(last),
        target=np.array(targets),
        left=np.concatenate(left),
        degree=np.concatenate(degree).astype(np.float64),
    )


def rows_of(world: World, scent: LabelScent, page: int) -> tuple[Floats, npt.NDArray[np.int32]]:
    """Features of the links of one page, and where they lead."""
    links = world.graph.of(page)
    label = world.graph.label[links]
    known = np.log1p(world.graph.spread[label])
    columns = {name: getattr(scent, name)[label] for name in LABEL_FEATURES}
    columns |= {"known": known, "here": world.likeness[links], "early": world.graph.early[links], "visited": known * 0}
    return np.stack([columns[name] for name in FEATURES], axis=1), world.graph.target[links]


def reciprocal_ranks(data: Choices, score: Floats) -> Floats:
    """1 ÷ the rank of the chosen link by *score*, one a click; equals share their ranks."""
    mine = score[data.chosen][data.click]
    above = np.add.reduceat((score > mine + 1e-12).astype(float), data.first)
    equal = np.add.reduceat((np.abs(score - mine) <= 1e-12).astype(float), data.first)
    return np.asarray(1 / (above + (equal + 1) / 2))


def fit(data: Choices, of_click: npt.NDArray[np.bool_]) -> Floats:
    """Weights of the conditional logit over some clicks: likeliest choices, with a slight pull towards 0."""
    mask = of_click[data.click]
    rows = data.rows[mask]
    spread = rows.std(axis=0) + 1e-9
    rows = rows / spread
    sizes = np.bincount(data.click)[of_click]
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    chosen = first + (data.chosen - data.first)[of_click]
    click = np.repeat(np.arange(len(sizes)), sizes)

    def unlikely(weights: Floats) -> tuple[float, Floats]:
        utility = rows @ weights
        most = np.maximum.reduceat(utility, first)
        pull = np.exp(utility - most[click])
        total = np.add.reduceat(pull, first)
        loss = float((most + np.log(total) - utility[chosen]).sum() + 0.5 * weights @ weights)
        return loss, np.asarray(rows.T @ (pull / total[click]) - rows[chosen].sum(axis=0) + weights)

    return np.asarray(minimize(unlikely, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x / spread)


def print_next_click(data: Choices, weights: Weights, chance: np.random.Generator) -> None:
    """The model and its baselines."""
    column = {name: data.rows[:, number] for number, name in enumerate(FEATURES)}
    scores = {
        "random": chance.random(len(data.click)),
        "degree (links of the article behind)": data.degree,
        "lexical, label and goal's text": column["words"],
        "LSA, label and goal's name": column["name"],
        "LSA, label and goal's text": column["topic"],
        "the embedding, label and goal's name": column["meaning"],
        "the product's scent": utilities(data.rows, weights),
        "oracle (shortest way)": -data.left,
    }
    if not weights.meaning:
        del scores["the embedding, label and goal's name"]
    print(f"next click: mean reciprocal rank over {len(data.chosen)} clicks (before the last / all)")
    for name, score in scores.items():
        ranks = reciprocal_ranks(data, score)
        print(f"  {name:38} {ranks[~data.last].mean():.3f} / {ranks.mean():.3f}")


def print_fit(data: Choices, product: Weights) -> None:
    """Weights, and ranks on targets that they were not fitted on."""
    fold = np.random.default_rng(_SEED).integers(0, _FOLDS, int(data.target.max()) + 1)[data.target]
    ranks = np.zeros(len(data.chosen))
    for number in range(_FOLDS):
        score = data.rows @ fit(data, fold != number)
        ranks[fold == number] = reciprocal_ranks(data, score)[fold == number]
    weights = fit(data, np.ones(len(fold), dtype=bool))
    print(f"fitted on {len(ranks)} clicks; on folds left out: {ranks[~data.last].mean():.3f} / {ranks.mean():.3f}")
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"  {name:10} {weight:6.2f}  (the product has {getattr(product, name):.2f})")


# Finish rate


def print_finish_rate(world: World, runs: int) -> None:
    """Simulated and human finish rate per pair of start and target."""
    finished: Counter[tuple[int, int]] = Counter()
    played: Counter[tuple[int, int]] = Counter()
    for game in world.games:
        pair = game.path[0], game.target
        played[pair] += 1
        finished[pair] += game.finished
    pairs = sorted(pair for pair, number in played.items() if number >= _LEAST_GAMES)
    human = [finished[pair] / played[pair] for pair in pairs]
    simulated: dict[str, list[float]] = defaultdict(list)
    for start, target in pairs:
        for name, rate in simulate(world, start, target, runs).items():
            simulated[name].append(rate)
    half = np.random.default_rng(_SEED).permutation(len(pairs)) < len(pairs) // 2
    most = ceiling([finished[pair] for pair in pairs], [played[pair] for pair in pairs])
    print(f"finish rate: Spearman's correlation over {len(pairs)} pairs with at least {_LEAST_GAMES} games")
    print(f"  {'(who knew each true rate)':38} {most:.3f}")
    for name, rates in simulated.items():
        low, high = interval(human, rates)
        halves = [spearmanr(np.array(human)[rows], np.array(rates)[rows])[0] for rows in (half, ~half)]
        print(
            f"  {name:38} {spearmanr(human, rates)[0]:.3f}  ({low:.2f} to {high:.2f}; halves {halves[0]:.2f} and "
            f"{halves[1]:.2f}; mean {np.mean(rates):.2f}, people {np.mean(human):.2f})"
        )
    best = {name: spearmanr(human, rates)[0] for name, rates in simulated.items()}
    for engine in _ENGINES:
        ahead = [name for name, value in best.items() if name not in _ENGINES and value >= best[engine]]
        print(f"  {engine} does not beat: {', '.join(ahead) or 'none of them'}")


def ceiling(finished: Sequence[int], played: Sequence[int]) -> float:
    """Spearman's correlation to be expected of the true rates with those seen, if true rates have a beta distribution.

    Args:
        finished: games won, a pair each.
        played: games begun.
    """

    def unlikely(logs: Floats) -> float:
        return -float(np.sum(betabinom.logpmf(finished, played, *np.exp(logs))))

    first, second = np.exp(minimize(unlikely, np.array([1.0, 0.0]), method="Nelder-Mead").x)
    chance = np.random.default_rng(_SEED)
    true = chance.beta(first, second, (_RESAMPLES, len(played)))
    seen = chance.binomial(np.asarray(played), true) / np.asarray(played)
    return float(np.mean([spearmanr(one, other)[0] for one, other in zip(true, seen, strict=True)]))


def interval(human: Sequence[float], rates: Sequence[float]) -> tuple[float, float]:
    """Bootstrap interval of 95 % of Spearman's correlation, over pairs."""
    chance = np.random.default_rng(_SEED)
    people, model = np.asarray(human), np.asarray(rates)
    picked = chance.integers(0, len(people), (_RESAMPLES, len(people)))
    found = [spearmanr(people[rows], model[rows])[0] for rows in picked]
    low, high = np.nanpercentile(found, [2.5, 97.5])
    return float(low), float(high)


def simulate(world: World, start: int, target: int, runs: int) -> dict[str, float]:
    """Share that gets from *start* to *target*, by each engine and baseline."""
    graph, rows = world.graph, world.rows(target)
    column = {name: rows[:, number] for number, name in enumerate(FEATURES)}
    even = Attention(np.ones(graph.links), noticed(graph))
    left = graph.distances([target])
    arrive = np.where(graph.target == target, 5.0, 0.0)
    utility = utilities(rows, world.scent.weights)

    def chain(score: Floats) -> float:
        """The engine with another score than its own, which counts in full."""
        return absorption(graph, score / CERTAINTY, even, [target], start)

    setting = Setting(
        graph=graph,
        utility=utility[None, :],
        pull=np.zeros((1, graph.links)),
        goals=(target,),
        start=np.array([start], dtype=np.int32),
        opening=1.0,
    )
    return {
        "uniform walk": chain(np.zeros(graph.links)),
        "degree": chain(np.log1p(np.diff(graph.offsets)[graph.target])),
        "lexical": chain(20 * column["words"] + arrive),
        "LSA": chain(10 * column["topic"] + arrive),
        "greedy (always the best scent)": chain(20 * utility),
        "oracle (minus the shortest way)": -float(left[start]),
        "engine A (absorbing chain)": chain(CERTAINTY * utility),
        "engine B (visitors)": float(walk(setting, runs, np.random.default_rng(_SEED)).found.mean()),
    }


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=_FOLDER, help=f"folder of the games ({_FOLDER})")
    parser.add_argument("--games", type=int, default=3000, help="games whose clicks are compared")
    parser.add_argument("--runs", type=int, default=RUNS, help="simulated visitors per pair")
    parser.add_argument("--fit", action="store_true", help="fit the weights to the games")
    parser.add_argument("--embedding", action="store_true", help="use the optional embedding of sentences too")
    options = parser.parse_args()
    embed = embedder() if options.embedding else None
    if options.embedding and embed is None:
        parser.error(f"the embedding is {told()}")
    world = World(options.folder, embed)
    print(f"scent: {f'lsa+{embed.name}' if embed else 'lsa'}")
    chance = np.random.default_rng(_SEED)
    finished = [game for game in world.games if game.finished]
    picked = chance.choice(len(finished), min(options.games, len(finished)), replace=False)
    data = choices(world, [finished[number] for number in picked])
    print_next_click(data, world.scent.weights, chance)
    if options.fit:
        print_fit(data, world.scent.weights)
    print_finish_rate(world, options.runs)


if __name__ == "__main__":
    main()
