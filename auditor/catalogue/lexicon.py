"""Word lists that rules and gathering share: Swedish first, English beside it.

A list stands in ``rules/lexicon.yaml`` under its name, with one list of words per language. A site file can add to it.
"""

from collections.abc import Mapping
from pathlib import Path

import yaml

from auditor.errors import CardError, ConfigError

Lexicon = Mapping[str, tuple[str, ...]]


def read_lexicon(path: Path, additions: Mapping[str, tuple[str, ...]] | None = None) -> Lexicon:
    """All word lists by name, the languages joined in the file's order, with a site's *additions* at the end.

    Raises:
        CardError: the file does not hold lists of words.
        ConfigError: the site file adds to a list that does not exist.
    """
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    lexicon: dict[str, tuple[str, ...]] = {}
    for name, languages in raw.items():
        if not isinstance(languages, dict) or not all(isinstance(words, list) for words in languages.values()):
            raise CardError(path, 1, f"list {name} must hold one list of words per language")
        lexicon[name] = tuple(str(word) for words in languages.values() for word in words)
    for name, words in (additions or {}).items():
        if name not in lexicon:
            raise ConfigError(f"lexicon: no list {name}; there are {', '.join(sorted(lexicon))}")
        lexicon[name] += tuple(words)
    return lexicon
