"""The external criteria that rules name, as a reader can look them up."""

import re
from collections.abc import Mapping
from functools import cache

from auditor.content import content
from auditor.model.profile import Profile
from auditor.model.report import Requirement
from auditor.model.vocabulary import Language
from auditor.yamlfile import loaded

_NO_WORD = re.compile(r"[^a-z0-9]+")
_STANDARDS = {"wcag20": "WCAG 2.0", "wcag21": "WCAG 2.1", "wcag22": "WCAG 2.2"}


def requirement(identifier: str, language: Language, profile: Profile = Profile.EN_3_2_1) -> Requirement:
    """What *identifier* (``wcag21:1.4.10``) stands for, seen from *profile*.

    The clause of EN 301 549 is 9 and the criterion's number for every criterion of level A and AA in the profile's
    version of WCAG (EN 301 549, clauses 9.1 to 9.4); all others have none.
    """
    standard, _, number = identifier.partition(":")
    if standard not in _STANDARDS and (other := _criteria().get(identifier)):
        return Requirement(
            id=identifier, standard=other["standard"], number=other["number"], name=other[language], level="", clause=""
        )
    known = _criteria().get(number, {})
    held = standard in _STANDARDS and _holds(profile, known)
    return Requirement(
        id=identifier,
        standard=f"WCAG {profile.wcag}" if held else _STANDARDS.get(standard, standard),
        number=number,
        name=str(known.get(language, known.get("en", ""))),
        level=str(known.get("level", "")),
        clause=f"9.{number}" if held else "",
        slug=_NO_WORD.sub("-", str(known.get("en", "")).lower()).strip("-"),
    )


def criteria(profile: Profile, language: Language) -> tuple[Requirement, ...]:
    """All criteria of *profile*, in the standard's order: 50 for WCAG 2.1, 55 for WCAG 2.2."""
    held = [number for number, entry in _criteria().items() if _holds(profile, entry)]
    held.sort(key=lambda number: [int(part) for part in number.split(".")])
    prefix = "wcag" + profile.wcag.replace(".", "")
    return tuple(requirement(f"{prefix}:{number}", language, profile) for number in held)


def in_profile(identifier: str, profile: Profile) -> bool:
    """Whether *identifier* names a criterion that *profile* holds."""
    standard, _, number = identifier.partition(":")
    return standard in _STANDARDS and _holds(profile, _criteria().get(number, {}))


def is_known(identifier: str) -> bool:
    """Whether *identifier* names a criterion that we have a name for."""
    standard, _, number = identifier.partition(":")
    return bool(number) and (number if standard in _STANDARDS else identifier) in _criteria()


def _holds(profile: Profile, entry: Mapping[str, str]) -> bool:
    if entry.get("level") not in ("A", "AA") or entry["since"] > profile.wcag:
        return False
    return "removed" not in entry or entry["removed"] > profile.wcag


@cache
def _criteria() -> dict[str, dict[str, str]]:
    text = (content("rules") / "requirements.yaml").read_text(encoding="utf-8")
    return {
        str(number): {key: str(value) for key, value in entry.items()} for number, entry in (loaded(text) or {}).items()
    }
