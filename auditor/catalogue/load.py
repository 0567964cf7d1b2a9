"""Loads the whole catalogue: ours, those of installed packages, and a site's own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path
from typing import Any

from auditor.catalogue.axe import axe_rules
from auditor.catalogue.cards import read_card
from auditor.catalogue.lexicon import Lexicon, read_lexicon
from auditor.content import content
from auditor.errors import CardError, ConfigError
from auditor.model.axe import AxeEngine
from auditor.model.rule import Rule

_AXE = "accessibility"


@dataclass(frozen=True)
class Catalogue:
    """The rules of one run, and the words that they share."""

    rules: Mapping[str, Rule]
    lexicon: Lexicon = field(default_factory=dict)

    def with_axe(self, engine: AxeEngine) -> "Catalogue":
        """The same catalogue with axe's rules added, but for those that a rule of ours replaces."""
        replaced = {name for rule in self.rules.values() for name in rule.replaces}
        found = axe_rules(engine, content("rules") / _AXE)
        extra = {rule.id: rule for rule in found if rule.id not in replaced}
        return Catalogue({**self.rules, **extra}, self.lexicon)


def load_catalogue(
    folders: Sequence[Path] = (),
    options: Mapping[str, Mapping[str, Any]] | None = None,
    words: Mapping[str, tuple[str, ...]] | None = None,
) -> Catalogue:
    """All rule cards: ours, those of packages with the entry point group ``auditor.rules``, and those in *folders*.

    Args:
        folders: further rules folders, named by the user; a card there may name a check in a file beside it.
        options: rule id → options that replace the card's.
        words: list name → words added to the lexicon.

    Raises:
        CardError: a card is wrong, or two cards have the same id.
        ConfigError: a folder does not exist or holds no card, or options name an unknown rule or list.
    """
    own = content("rules")
    lexicon = read_lexicon(own / "lexicon", words)
    overrides = dict(options or {})
    rules: dict[str, Rule] = {}
    for folder in (own, *_plugin_folders(), *folders):
        found = list(card_paths(folder))
        if not found:
            raise ConfigError(f"{folder}: no rule cards; they stand in <area>/<slug>.md")
        for path in found:
            identifier = f"{path.parent.name}/{path.name.removesuffix('.md')}"
            if identifier in rules:
                raise CardError(path, 1, f"there is a rule {identifier} already, in {rules[identifier].card}")
            rules[identifier] = read_card(path, folder, lexicon, overrides.pop(identifier, {}))
    unknown = [name for name in overrides if not name.startswith("axe/")]
    if unknown:
        raise ConfigError(f"options: no rule {unknown[0]}; see auditor rules list")
    return Catalogue(rules, lexicon)


def card_paths(folder: Path) -> Iterator[Path]:
    """The cards in a rules folder, in order; files with a second dot are siblings in other languages."""
    for path in sorted(folder.glob("*/*.md")):
        if path.name.count(".") == 1:
            yield path


def _plugin_folders() -> Iterator[Path]:
    for point in sorted(entry_points(group="auditor.rules"), key=lambda point: point.name):
        yield Path(str(files(point.value))) / "rules"
