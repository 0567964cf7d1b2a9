"""What several commands share."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from auditor.derive.scope import site_key
from auditor.errors import StoreError
from auditor.model.config import ScopeConfig, SiteConfig
from auditor.model.vocabulary import Language, Severity
from auditor.reporting.formats import FORMATS
from auditor.sitefile import read_target

DATA = Path("auditor-data")
_Command = TypeVar("_Command", bound=Callable[..., Any])

max_pages_option = click.option(
    "--max-pages", type=click.IntRange(min=1), help="How many pages are looked at, at the most."
)
rules_option = click.option(
    "--rules",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder with rule cards of your own; may be repeated.",
)
database_option = click.option(
    "--database",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="AUDITOR_DATABASE",
    help="SQLite file of the history  [default: auditor-data/history.db]",
)


def format_option(default: str) -> Callable[[_Command], _Command]:
    """The option for the formats that are written; *default* says which are if nothing is said."""
    return click.option(
        "--format",
        "formats",
        multiple=True,
        type=click.Choice(FORMATS),
        help=f"Only these formats; may be repeated.  [default: {default}]",
    )


def fail_on_option(meaning: str) -> Callable[[_Command], _Command]:
    """The option for the severity that decides about the exit code; *meaning* says how."""
    return click.option("--fail-on", type=click.Choice([severity.value for severity in Severity]), help=meaning)


def language_option(*, default: Language | None = None) -> Callable[[_Command], _Command]:
    """The option for the language; without *default* it is the site file's first."""
    return click.option(
        "--lang",
        type=click.Choice([language.value for language in Language]),
        default=default and default.value,
        show_default=default is not None,
        help="Language of what is told.",
    )


def with_options(config: SiteConfig, max_pages: int | None, folders: Sequence[Path]) -> SiteConfig:
    """*config* with what the options say of its size, and of rules besides the built-in ones."""
    changes: dict[str, object] = {"rules": (*config.rules, *(folder.resolve() for folder in folders))}
    if max_pages:
        changes["scope"] = ScopeConfig(**{**config.scope.model_dump(), "max_pages": max_pages})
    return config.model_copy(update=changes)


@contextmanager
def report_errors(folder: Path, then: str = "") -> Iterator[None]:
    """Tells in one line that the report cannot be written into *folder*, and what to do *then*."""
    rest = f"; {then}" if then else ""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(
            f"report: cannot write in {folder}: {reason}; free space or choose another folder{rest}"
        ) from error
    except StoreError as error:
        raise StoreError(f"{error}{rest}") from error


def database_path(option: Path | None, config: SiteConfig | None = None) -> Path:
    """The history's file: what the option says, else the site file, else the default."""
    return option or (config.database if config else None) or DATA / "history.db"


def site_of_target(target: str) -> str:
    """The history's key of a site that is named by key, address, folder or site file."""
    if "://" in target or Path(target).exists() or os.sep in target:
        return site_key(read_target(target))
    return target
