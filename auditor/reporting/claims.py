"""Verdicts on claims as JSON and as text."""

import dataclasses
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from auditor.model.verification import ReportGround, VerificationReport
from auditor.reporting.files import write_text
from auditor.reporting.text import clean, cleaned, encodable
from auditor.reporting.words import Words

_MARKS = {"yes": "+", "partly": "±", "no": "-", "unknown": "?"}
_SHOWN = 3


def write_claims_json(report: VerificationReport, path: Path) -> Path:
    """Writes *report* as JSON.

    Raises:
        OSError: it cannot be written.
    """
    text = json.dumps(dataclasses.asdict(cleaned(report, encodable)), ensure_ascii=False, indent=1)
    return write_text(path, text + "\n")


def claims_text(report: VerificationReport) -> Iterator[str]:
    """The verdicts as lines for a terminal: each claim, its verdict and what it rests on."""
    words = Words(report.language)
    for claim in cleaned(report, clean).claims:
        yield f"{claim.id}: {words(f'claim.verdict.{claim.verdict}')}"
        yield from _ground(claim.ground, words, "  ")
        yield from (f"  {sentence}" for sentence in claim.sentences)
        yield ""
    counts = Counter(claim.verdict for claim in report.claims)
    yield words.joined(f"{number} {words(f'claim.verdict.{verdict}')}" for verdict, number in counts.items())


def _ground(ground: ReportGround, words: Words, indent: str) -> Iterator[str]:
    label = f"{ground.label}: " if ground.label else ""
    yield f"{indent}{_MARKS[ground.holding]} {label}{ground.sentence}"
    for part in ground.parts:
        yield from _ground(part, words, indent + "  ")
    for item in ground.speaks_against[:_SHOWN]:
        where = " ".join(part for part in (item.url, words.viewport(item.viewport) if item.viewport else "") if part)
        yield f"{indent}    {where} {item.sentence}".rstrip()
