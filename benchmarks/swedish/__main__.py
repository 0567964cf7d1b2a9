"""Prints how well Swedish is understood: compounds, our own search, and typing errors.

    python -m benchmarks.swedish [--corpora FOLDER]

The folder holds swefaq-dev.jsonl (SuperLim 2, SweFAQ; spraakbanken.gu.se/resurser/swefaq) and norwegian-corrections.tsv
(what people typed into the search of utdanning.no, and what they meant). What is not there is left out.
"""

import argparse
from pathlib import Path

from auditor.catalogue.dictionary import swedish_dictionary
from auditor.pipeline.embedding import embedder
from auditor.sitesearch.typos import KINDS
from auditor.text.dictionary import Dictionary
from benchmarks.swedish import compounds, questions, typing

_CORPORA = Path("../shared/corpora/search")


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=_CORPORA, metavar="FOLDER")
    folder = parser.parse_args().corpora
    dictionary = swedish_dictionary()
    print(f"Dictionary: {dictionary.name if dictionary else 'none'}")
    _compounds(dictionary)
    _questions(folder / "swefaq-dev.jsonl", dictionary)
    _typing(folder / "norwegian-corrections.tsv", dictionary)


def _compounds(dictionary: Dictionary | None) -> None:
    print("\nCompounds cut where people cut them")
    for split in compounds.measure(dictionary):
        print(
            f"  {split.name:30}{split.fitted + split.held_out:4} of {2 * split.each}"
            f" (held out: {split.held_out} of {split.each});"
            f" plain words cut: {len(split.wrongly)} of {split.whole} {' '.join(split.wrongly)}"
        )


def _questions(path: Path, dictionary: Dictionary | None) -> None:
    if not path.is_file():
        print(f"\n{path}: not there; our own search is not measured")
        return
    asked = questions.read_questions(path)
    print(f"\nRank of the right answer among its candidates, {len(asked)} questions")
    for way in questions.measure(asked, dictionary, embedder()):
        print(f"  {way.name:30}accuracy@1 {way.first:.3f}   MRR {way.mrr:.3f}")


def _typing(path: Path, dictionary: Dictionary | None) -> None:
    if not path.is_file():
        print(f"\n{path}: not there; typing errors are not compared")
        return
    print(f"\nTyping errors of one edit in single words ({', '.join(KINDS)}; first, middle and last third)")
    for edits in typing.measure(typing.read_pairs(path), dictionary):
        kinds = " ".join(f"{share:4.0%}" for share in edits.kinds)
        thirds = " ".join(f"{share:4.0%}" for share in edits.thirds)
        print(
            f"  {edits.name:10}{edits.one_edit:5} of {edits.pairs} pairs ({edits.one_edit / edits.pairs:.0%});"
            f" {kinds};  {thirds};  first letter {edits.first_letter:.0%}"
        )


if __name__ == "__main__":
    main()
