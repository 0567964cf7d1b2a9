"""The external criteria that rules name, as a reader can look them up."""

import re
from functools import cache

import yaml

from auditor.content import content
from auditor.model.report import Requirement
from auditor.model.vocabulary import Language

_NO_WORD = re.compile(r"[^a-z0-9]+")
_STANDARDS = {"wcag20": "WCAG 2.0", "wcag21": "WCAG 2.1", "wcag22": "WCAG 2.2"}


def requirement(identifier: str, language: Language) -> Requirement:
    """What *identifier* (``wcag21:1.4.10``) stands for.

    The clause of EN 301 549 V3.2.1 is 9 and the criterion's number for every criterion of level A and AA in WCAG 2.1;
    criteria that came with WCAG 2.2 have none, since that version of the standard does not hold them.
    """
    standard, _, number = identifier.partition(":")
    if standard not in _STANDARDS and (other := _criteria().get(identifier)):
        return Requirement(
            id=identifier, standard=other["standard"], number=other["number"], name=other[language], level="", clause=""
        )
    known = _criteria().get(number, {})
    in_law = known.get("since") in ("2.0", "2.1") and known.get("level") in ("A", "AA")
    return Requirement(
        id=identifier,
        standard=_STANDARDS.get(standard, standard),
        number=number,
        name=str(known.get(language, known.get("en", ""))),
        level=str(known.get("level", "")),
        clause=f"9.{number}" if in_law else "",
        slug=_NO_WORD.sub("-", str(known.get("en", "")).lower()).strip("-"),
    )


def is_known(identifier: str) -> bool:
    """Whether *identifier* names a criterion that we have a name for."""
    standard, _, number = identifier.partition(":")
    return bool(number) and (number if standard in _STANDARDS else identifier) in _criteria()


@cache
def _criteria() -> dict[str, dict[str, str]]:
    text = (content("rules") / "requirements.yaml").read_text(encoding="utf-8")
    return {
        str(number): {key: str(value) for key, value in entry.items()}
        for number, entry in (yaml.safe_load(text) or {}).items()
    }
