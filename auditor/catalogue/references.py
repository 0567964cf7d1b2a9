"""Finds the check that a card names, and gives it the card's options."""

import importlib
import importlib.util
import inspect
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, get_type_hints

from auditor.model.outcome import Outcome
from auditor.model.page import Document, Page, Rendering
from auditor.model.site import Site
from auditor.model.statement import Claimed
from auditor.model.vocabulary import Scope

_SCOPES: Mapping[type, Scope] = {
    Document: Scope.DOCUMENT,
    Rendering: Scope.RENDERING,
    Page: Scope.PAGE,
    Site: Scope.SITE,
    Claimed: Scope.CLAIMED,
}

Check = Callable[..., Iterable[Outcome]]


class ReferenceProblem(Exception):
    """A card names a check or an option that does not exist."""


def find_check(reference: str, folder: Path) -> Check:
    """The function that *reference* names.

    Args:
        reference: ``structure.heading_order`` for ours, ``town.checks:has_lang`` for an installed module's,
            ``checks.py:our_check`` for a file in the card's rules folder.
        folder: the rules folder.

    Raises:
        ReferenceProblem: there is no such module or function.
    """
    if ":" in reference:
        place, _, name = reference.partition(":")
        module = _file_module(folder / place) if place.endswith(".py") else _module(place)
    else:
        place, _, name = reference.rpartition(".")
        module = _module(f"auditor.checks.{place}")
    check = getattr(module, name, None)
    if not callable(check):
        known = ", ".join(sorted(key for key, value in vars(module).items() if _is_check(module, value)))
        raise ReferenceProblem(f"no check {name} in {place}; there are {known}")
    return check  # type: ignore[no-any-return]


def _module(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except (ImportError, ValueError) as error:
        raise ReferenceProblem(f"no module {name} ({error})") from error


def _file_module(path: Path) -> ModuleType:
    if not path.is_file():
        raise ReferenceProblem(f"no file {path}")
    spec = importlib.util.spec_from_file_location(f"auditor_local_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ReferenceProblem(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise ReferenceProblem(f"{path} cannot be run: {type(error).__name__}: {error}") from error
    return module


def _is_check(module: ModuleType, value: object) -> bool:
    return inspect.isfunction(value) and value.__module__ == module.__name__ and not value.__name__.startswith("_")


def scope_of(check: Check) -> Scope:
    """What *check* looks at: the type of its first parameter.

    Raises:
        ReferenceProblem: the first parameter is none of the scopes.
    """
    parameters = list(inspect.signature(check).parameters)
    hint = get_type_hints(check).get(parameters[0]) if parameters else None
    if not isinstance(hint, type) or hint not in _SCOPES:
        names = ", ".join(kind.__name__ for kind in _SCOPES)
        raise ReferenceProblem(f"the first parameter of {check.__name__} must be one of {names}")
    return _SCOPES[hint]


def bind_options(check: Check, options: Mapping[str, Any]) -> Callable[[Any], Iterable[Outcome]]:
    """*check* with its keyword-only parameters filled in.

    Raises:
        ReferenceProblem: an option is unknown, or one without default is missing.
    """
    parameters = inspect.signature(check).parameters.values()
    known = {parameter.name: parameter for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY}
    for name in options:
        if name not in known:
            has = ", ".join(known) or "none"
            raise ReferenceProblem(f"check {check.__name__} has no option {name}; it has {has}")
    for name, parameter in known.items():
        if parameter.default is parameter.empty and name not in options:
            raise ReferenceProblem(f"check {check.__name__} needs the option {name}")
    return partial(check, **options)
