"""``auditor rules``: the catalogue."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from auditor.catalogue.load import load_catalogue
from auditor.catalogue.scaffold import new_card
from auditor.cli.exits import Exit
from auditor.cli.options import language_option, rules_option
from auditor.errors import ConfigError
from auditor.gather.in_memory import Looker
from auditor.model.rule import Rule
from auditor.model.vocabulary import Language
from auditor.pipeline.examples import needs_browser, problems

_language = language_option(default=Language.ENGLISH)


@click.group()
def rules() -> None:
    """List, show, make and check rule cards."""


@rules.command("list")
@rules_option
@_language
def list_rules(folders: tuple[Path, ...], lang: str) -> None:
    """List all rules of the catalogue. axe's own rules come on top of these."""
    for rule in load_catalogue(folders).rules.values():
        standard = ", ".join(rule.requirements) or "good practice"
        click.echo(f"{rule.id:42}{rule.severity:10}{standard:20}{rule.text(Language(lang)).title}")


@rules.command()
@click.argument("identifier")
@rules_option
@_language
def show(identifier: str, folders: tuple[Path, ...], lang: str) -> None:
    """Show rule IDENTIFIER (<area>/<slug>): its texts, and where card and check are."""
    rule = _rule(identifier, folders)
    text = rule.text(Language(lang))
    click.echo(f"{rule.id}: {text.title}\n")
    click.echo(f"severity      {rule.severity}")
    click.echo(f"requirements  {', '.join(rule.requirements) or 'none: good practice'}")
    click.echo(f"looks at      {rule.scope} ({', '.join(rule.viewports)})")
    click.echo(f"card          {rule.card}")
    click.echo(f"check         {rule.source}")
    for name, value in rule.options.items():
        click.echo(f"option        {name}: {value}")
    click.echo(f"\n{text.why}\n\n{text.repair}")


@rules.command()
@click.argument("identifier")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="Rules folder  [default: ours]")
def new(identifier: str, folder: Path | None) -> None:
    """Write the cards of a new rule IDENTIFIER (<area>/<slug>), to be filled in."""
    for path in new_card(identifier, folder):
        click.echo(path)


@rules.command()
@click.argument("identifiers", nargs=-1)
@rules_option
def check(identifiers: tuple[str, ...], folders: tuple[Path, ...]) -> None:
    """Run the examples of the cards IDENTIFIERS (default: all): exit code 1 if one does not hold."""
    catalogue = load_catalogue(folders)
    chosen = [_rule(name, folders) for name in identifiers] or list(catalogue.rules.values())
    failures = _check(chosen)
    examples = sum(len(rule.examples) for rule in chosen)
    click.echo(f"{len(chosen)} rules, {examples} examples, {failures} that do not hold")
    sys.exit(Exit.FOUND if failures else Exit.NOTHING_FOUND)


def _rule(identifier: str, folders: Sequence[Path]) -> Rule:
    rules = load_catalogue(folders).rules
    if identifier not in rules:
        raise ConfigError(f"{identifier}: no such rule; see auditor rules list")
    return rules[identifier]


def _check(chosen: Sequence[Rule]) -> int:
    failures = 0
    others = [rule for rule in chosen if any(needs_browser(rule, example) for example in rule.examples)]
    documents = [rule for rule in chosen if rule not in others]
    for rule in documents:
        failures += _run(rule, None)
    if others:
        with Looker() as looker:
            for rule in others:
                failures += _run(rule, looker)
    return failures


def _run(rule: Rule, looker: Looker | None) -> int:
    failures = 0
    for example in rule.examples:
        wrong = problems(rule, example, looker)
        failures += bool(wrong)
        for line in wrong:
            click.echo(f"{rule.card}:{example.line}: {example.title}: {line}")
    return failures
