"""Reads and writes baselines: JSON that is kept beside a site's sources, and whose changes can be read in a diff."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from auditor.errors import ConfigError, StoreError
from auditor.model.baseline import BASELINE_SCHEMA, Baseline, Known
from auditor.model.finding import Finding
from auditor.model.vocabulary import OutcomeKind, Severity, Viewport

_ANY = "any"


class _Issue(BaseModel):
    model_config = ConfigDict(extra="forbid")

    rule: str
    severity: Severity
    cause: str
    key: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
    targets: int
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
    return Baseline(known=tuple(_known(issue) for issue in read.issues), versions=read.versions)


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
        "key": finding.key,
        "targets": finding.count,
        "places": places,
    }
