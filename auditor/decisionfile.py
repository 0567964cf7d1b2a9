"""Reads what a team decided about issues, from a file in its own repository."""

from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from auditor.errors import ConfigError
from auditor.model.decision import Decision, DecisionKind
from auditor.yamlfile import line_of, read_yaml, validated


class _Entry(BaseModel):
    """One decision as people write it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    issue: str = Field(pattern=r"^[0-9a-f]{12}$")
    decision: DecisionKind
    who: str
    when: date
    why: str = ""
    until: date | None = None
    to: str = ""

    @model_validator(mode="after")
    def _sound(self) -> "_Entry":
        self.decided("")
        return self

    def decided(self, source: str) -> Decision:
        return Decision(
            issue=self.issue,
            kind=self.decision,
            who=self.who,
            when=self.when.isoformat(),
            why=self.why,
            until=self.until.isoformat() if self.until else "",
            assignee=self.to,
            source=source,
        )


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    decisions: tuple[_Entry, ...]


def read_decisions(path: Path) -> list[Decision]:
    """The decisions in *path*, in the file's order; each says in its source on which line it stands.

    The file holds a list under ``decisions``, each entry with issue, decision (accepted, false-positive, wont-fix or
    assigned), who, when, why, and where wanted until and to. An issue may stand there once.

    Raises:
        ConfigError: it cannot be read, or something in it is wrong; with file and line.
    """
    raw, node = read_yaml(path, plain=True)
    if node is None or raw is None:
        return []
    if not isinstance(raw, dict):
        raise ConfigError(f"{path}:1: a file of decisions holds a list under decisions:")
    read = validated(_File, {**raw, "decisions": raw.get("decisions") or ()}, str(path), node)
    found: dict[str, Decision] = {}
    for number, entry in enumerate(read.decisions):
        place = f"{path}:{line_of(node, ('decisions', number))}"
        if entry.issue in found:
            raise ConfigError(f"{place}: issue {entry.issue} stands twice: see {found[entry.issue].source}")
        found[entry.issue] = entry.decided(place)
    return list(found.values())
