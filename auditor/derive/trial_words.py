"""Words to try a site's search with."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from auditor.model.site import PageSummary

_WORD = re.compile(r"[a-zåäöé]{6,}")
NONSENSE = "qzxvblorp"
"""A word that stands on no page."""


def trial_words(pages: Iterable[PageSummary]) -> Iterator[str]:
    """Words that stand in titles or headings of several pages, best first, alphabetical among equals.

    A word that two to ten pages share in their names is what a search must find.
    """
    counts: Counter[str] = Counter()
    total = 0
    for page in pages:
        if page.rendered and not page.is_handoff and page.query is None:
            total += 1
            counts.update(set(_WORD.findall(page.main_heading.lower())))
    fitting = [(word, number) for word, number in counts.items() if 2 <= number <= max(10, total // 5)]
    fitting = fitting or list(counts.items())
    for word, _ in sorted(fitting, key=lambda pair: (-pair[1], pair[0])):
        yield word
