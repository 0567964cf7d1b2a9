"""Word lists that rules and gathering share: Swedish first, English beside it.

A list stands in a file of ``rules/lexicon/`` under its name, with one list of words per language. A site file can add
to it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from auditor.errors import CardError, ConfigError
from auditor.yamlfile import loaded

Lexicon = Mapping[str, tuple[str, ...]]


def read_lexicon(folder: Path, additions: Mapping[str, tuple[str, ...]] | None = None) -> Lexicon:
    """All word lists by name, the languages joined in the file's order, with a site's *additions* at the end.

    Raises:
        CardError: a file cannot be read or does not hold lists of words, or a list stands in two files.
        ConfigError: the site file adds to a list that does not exist.
    """
    lexicon: dict[str, tuple[str, ...]] = {}
    for path in sorted(folder.glob("*.yaml")):
        for name, languages in _lists(path).items():
            if not isinstance(languages, dict) or not all(isinstance(words, list) for words in languages.values()):
                raise CardError(path, 1, f"list {name} must hold one list of words per language")
            if name in lexicon:
                raise CardError(path, 1, f"list {name} stands in another file too")
            lexicon[name] = tuple(str(word) for words in languages.values() for word in words)
    for name, words in (additions or {}).items():
        if name not in lexicon:
            raise ConfigError(f"lexicon: no list {name}; there are {', '.join(sorted(lexicon))}")
        lexicon[name] += tuple(words)
    return lexicon


def _lists(path: Path) -> dict[str, Any]:
    try:
        lists = loaded(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CardError(path, line, f"no valid YAML: {error.problem or error.context}") from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise CardError(path, 1, f"cannot be read ({' '.join(str(error).split())})") from error
    if not isinstance(lists, dict):
        raise CardError(path, 1, "the file must hold lists by name")
    return lists
