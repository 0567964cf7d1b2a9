"""Reads and writes baselines: JSON that is kept beside a site's sources, and whose changes can be read in a diff."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from auditor.errors import ConfigError, StoreError
from auditor.model.baseline import BASELINE_SCHEMA, Baseline, Known
from auditor.model.finding import Finding
from auditor.model.traits import Layer, Traits
from auditor.model.vocabulary import OutcomeKind, Severity, Viewport

_ANY = "any"
_Id = Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]


class _Traits(BaseModel):
    model_config = ConfigDict(extra="forbid")

    named: bool = False
    cause: str = ""
    layers: dict[Layer, str] = {}


class _Issue(BaseModel):
    model_config = ConfigDict(extra="forbid")

    rule: str
    severity: Severity
    cause: str
    id: _Id
    key: _Id
    targets: int
    traits: _Traits = _Traits()
    places: dict[str, list[Viewport | Literal["any"]]]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    about: str = ""
    baseline: Literal[1]
    versions: dict[str, str]
    issues: list[_Issue]


def read_baseline(path: Path) -> Baseline:
    """The baseline in *path*.

    Raises:
        ConfigError: it cannot be read, or is none.
    """
    again = "make it anew with --update-baseline"
    try:
        read = _File.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise ConfigError(f"baseline {path}: no such file; make one with --update-baseline") from error
    except json.JSONDecodeError as error:
        raise ConfigError(f"{path}:{error.lineno}: no valid JSON: {error.msg}; {again}") from error
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"baseline {path}: cannot be read as text ({error})") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ConfigError(f"baseline {path}: {where}: {first['msg']}; {again}") from error
    try:
        return Baseline(known=tuple(_known(issue) for issue in read.issues), versions=read.versions)
    except ValueError as error:
        raise ConfigError(f"baseline {path}: traits that are none ({error}); {again}") from error


def write_baseline(baseline: Baseline, path: Path) -> Path:
    """Writes *baseline* to *path*, whole or not at all.

    Raises:
        StoreError: it cannot be written.
    """
    told = {
        "about": "Known problems, made by auditor ci --update-baseline. Only what is not in here fails the build.",
        "baseline": BASELINE_SCHEMA,
        "versions": dict(sorted(baseline.versions.items())),
        "issues": [_told(known) for known in baseline.known],
    }
    rough = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        rough.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", errors="replace")
        rough.replace(path)
    except OSError as error:
        with suppress(OSError):
            rough.unlink()
        raise StoreError(f"baseline {path}: cannot be written: {error.strerror or type(error).__name__}") from error
    return path


def _known(issue: _Issue) -> Known:
    places = {
        (url, None if viewport == _ANY else Viewport(viewport))
        for url, viewports in issue.places.items()
        for viewport in viewports
    }
    finding = Finding(
        key=issue.key,
        rule=issue.rule,
        kind=OutcomeKind.FAILED,
        cause=issue.cause,
        places=frozenset(places),
        count=issue.targets,
        occurrences=(),
        issue=issue.id,
        traits=Traits(
            named=issue.traits.named,
            cause=issue.traits.cause,
            layers={layer: tuple(int(one, 16) for one in told.split()) for layer, told in issue.traits.layers.items()},
        ),
    )
    return Known(finding=finding, severity=issue.severity)


def _told(known: Known) -> dict[str, Any]:
    finding = known.finding
    places: dict[str, list[str]] = {}
    for url, viewport in sorted((url, viewport or _ANY) for url, viewport in finding.places):
        places.setdefault(url, []).append(viewport)
    return {
        "rule": finding.rule,
        "severity": known.severity,
        "cause": finding.cause,
        "id": finding.id,
        "key": finding.key,
        "targets": finding.count,
        "places": places,
        "traits": {
            "named": finding.traits.named,
            "cause": finding.traits.cause,
            "layers": {
                str(layer): " ".join(f"{one:x}" for one in prints) for layer, prints in finding.traits.layers.items()
            },
        },
    }
