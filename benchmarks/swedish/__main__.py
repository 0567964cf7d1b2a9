"""Prints how well Swedish is understood.

python -m benchmarks.swedish
"""

import argparse

from auditor.catalogue.dictionary import swedish_dictionary
from benchmarks.swedish.compounds import measure


def main() -> None:
    """Runs the benchmark."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    dictionary = swedish_dictionary()
    print(f"Dictionary: {dictionary.name if dictionary else 'none'}")
    print("\nCompounds cut where people cut them")
    for split in measure(dictionary):
        print(
            f"  {split.name:26}{split.fitted + split.held_out:4} of {2 * split.each}"
            f" (held out: {split.held_out} of {split.each});"
            f" plain words cut: {len(split.wrongly)} of {split.whole} {' '.join(split.wrongly)}"
        )


if __name__ == "__main__":
    main()
