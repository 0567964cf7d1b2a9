"""Puts the verdicts on a register of claims into words."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from auditor.catalogue.load import Catalogue
from auditor.claims import Ground, Item, Judged
from auditor.model.claim import Register, Source
from auditor.model.outcome import Value
from auditor.model.state import STATES
from auditor.model.verification import (
    SCHEMA_VERSION,
    EvidenceFile,
    EvidenceItem,
    Observation,
    ReportClaim,
    ReportGround,
    VerificationReport,
)
from auditor.model.vocabulary import Area, Language, OutcomeKind, Viewport
from auditor.pipeline.report import told
from auditor.pipeline.verify import Verification
from auditor.pipeline.words import settings
from auditor.reporting.words import Words
from auditor.store.history import History
from auditor.store.runs import RunStore


def claims_report(
    verification: Verification,
    history: History,
    catalogue: Catalogue,
    language: Language,
    command: str,
    files: Mapping[str, Path],
    now: datetime,
) -> VerificationReport:
    """The report on *verification* in *language*.

    Args:
        verification: the claims with their verdicts.
        history: where the run's pictures are.
        catalogue: the rules, for what their messages say.
        language: the report's language; quotes and labels stay in their own.
        command: what repeats the verification.
        files: kind of file (register, archive) → a file that the verdicts rest on.
        now: when the verdicts were given.

    Raises:
        OSError: one of the files cannot be read.
    """
    run, register = verification.run, verification.register
    store = history.run(run.id)
    shots = {page.summary.url: page.screenshots for page in store.pages()}
    words = Words(language)
    teller = _Teller(words, catalogue, language, shots)
    return VerificationReport(
        schema=SCHEMA_VERSION,
        language=language,
        title=register.title,
        case=register.case,
        background_markdown=register.background,
        questions=register.questions,
        sources=tuple(source_line(source, words) for source in register.sources.values()),
        site_name=run.site_name,
        start=verification.config.start,
        run_id=run.id,
        run_state=run.state,
        earlier_run_id=verification.earlier.id if verification.earlier else "",
        audited_at=run.started_at,
        written_at=now.isoformat(timespec="seconds"),
        command=command,
        versions=dict(run.versions),
        settings=settings(verification.config, language),
        coverage=min((judged.coverage for judged in verification.judged), default=0.0),
        pages=run.pages,
        observations=tuple(_observations(store, catalogue)),
        evidence=tuple(
            EvidenceFile(name=path.name, what=what, sha256=file_hash(path)) for what, path in sorted(files.items())
        ),
        claims=tuple(teller.claim(judged, verification.register) for judged in verification.judged),
    )


_COUNTED = ("asked", "found", "pages")
"""Values that choose between the forms for one and for many."""


def source_line(source: Source, words: Words) -> str:
    """A document as a reader cites it: title, reference number and date."""
    return words(
        "claim.source",
        title=source.title,
        reference=f", {source.reference}" if source.reference else "",
        date=words.date(source.date.isoformat()),
    )


def file_hash(path: Path) -> str:
    """SHA-256 of a file, as hexadecimal digits.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _observations(store: RunStore, catalogue: Catalogue) -> Iterator[Observation]:
    scores = {(score.area, score.viewport): score.every for score in store.scores()}
    failed: dict[Area, set[str]] = defaultdict(set)
    judged: dict[Area, set[str]] = defaultdict(set)
    for result in store.results():
        if result.rule == STATES:
            continue
        rule = catalogue.rules.get(result.rule)
        area = rule.area if rule else Area.ACCESSIBILITY
        if result.kind in (OutcomeKind.FAILED, OutcomeKind.PASSED):
            judged[area].add(result.rule)
        if result.kind is OutcomeKind.FAILED:
            failed[area].add(result.rule)
    for area in Area:
        phone, desktop = (scores.get((area, viewport)) for viewport in (Viewport.PHONE, Viewport.DESKTOP))
        yield Observation(
            area=area,
            phone=phone.value if phone else None,
            desktop=desktop.value if desktop else None,
            coverage=min((score.coverage for score in (phone, desktop) if score), default=0.0),
            failed_rules=len(failed[area]),
            judged_rules=len(judged[area]),
        )


class _Teller:
    def __init__(
        self,
        words: Words,
        catalogue: Catalogue,
        language: Language,
        shots: Mapping[str, Mapping[Viewport, str]],
    ) -> None:
        self._words = words
        self._catalogue = catalogue
        self._language = language
        self._shots = shots

    def claim(self, judged: Judged, register: Register) -> ReportClaim:
        claim, words = judged.claim, self._words
        return ReportClaim(
            id=claim.id,
            quote=claim.quote,
            language=claim.language,
            source=source_line(register.sources[claim.source], words),
            verdict=judged.verdict,
            sentences=tuple(self._beside(judged)),
            conflicts=judged.conflicts,
            ground=self._ground(judged.ground),
        )

    def _beside(self, judged: Judged) -> list[str]:
        words, claim = self._words, judged.claim
        covered = words.percent(judged.coverage)
        said = [
            words("claim.too_little", coverage=covered, wanted=words.percent(claim.coverage))
            if judged.too_little
            else words("claim.covered", coverage=covered)
        ]
        if judged.conflicts:
            said.append(words("claim.conflicts", others=words.joined(judged.conflicts)))
        if claim.settled_by:
            said.append(words("claim.settled", what=claim.settled_by))
        return said

    def _ground(self, ground: Ground) -> ReportGround:
        return ReportGround(
            holding=ground.holding,
            label=ground.label,
            sentence=self._sentence(ground),
            speaks_for=tuple(self._item(item) for item in ground.speaks_for),
            speaks_against=tuple(self._item(item) for item in ground.speaks_against),
            parts=tuple(self._ground(part) for part in ground.parts),
        )

    def _sentence(self, ground: Ground) -> str:
        if ground.kind in ("all", "any", "not"):
            return self._words(f"claim.{ground.kind}")
        values = self._shown(ground.values)
        message = "orders-missing" if ground.message == "orders" and ground.values.get("missing") else ground.message
        return self._words(f"claim.ground.{message}", _number(ground.values, _COUNTED), **values)

    def _item(self, item: Item) -> EvidenceItem:
        target = item.target
        shots = self._shots.get(target.url, {})
        shown = target.viewport or next(iter(sorted(shots)), None)
        return EvidenceItem(
            url=target.url,
            viewport=target.viewport,
            selector=target.selector,
            text=target.text,
            sentence=self._item_sentence(item),
            screenshot=shots.get(shown, "") if shown else "",
        )

    def _item_sentence(self, item: Item) -> str:
        if not item.message:
            return ""
        if item.message.startswith("rule:"):
            _, rule, message = item.message.split(":", 2)
            known = self._catalogue.rules.get(rule)
            return told(known.text(self._language), message, item.values) if known else ""
        return self._words(f"claim.item.{item.message}", _number(item.values, ("pages",)), **self._shown(item.values))

    def _shown(self, values: Mapping[str, Value]) -> dict[str, Any]:
        """*values* as a reader should see them: shares as percents, scores as whole numbers, areas by name."""
        shown: dict[str, Any] = {}
        for name, value in values.items():
            if name == "area":
                shown[name] = self._words.area(Area(str(value)))
            elif name in ("before", "after") and isinstance(value, float):
                shown[name] = self._words.score(value)
            elif isinstance(value, float):
                shown[name] = self._words.percent(value)
            else:
                shown[name] = value
        return shown


def _number(values: Mapping[str, Value], names: tuple[str, ...]) -> int | None:
    return next((value for name in names if isinstance(value := values.get(name), int)), None)
