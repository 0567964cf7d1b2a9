"""Puts the verdicts on a register of claims into words."""

from collections.abc import Mapping
from typing import Any

from auditor.catalogue.load import Catalogue
from auditor.claims import Ground, Item, Judged
from auditor.model.claim import Register
from auditor.model.outcome import Value
from auditor.model.verification import SCHEMA_VERSION, EvidenceItem, ReportClaim, ReportGround, VerificationReport
from auditor.model.vocabulary import Area, Language, Viewport
from auditor.pipeline.report import told
from auditor.pipeline.verify import Verification
from auditor.reporting.words import Words
from auditor.store.history import History


def claims_report(
    verification: Verification, history: History, catalogue: Catalogue, language: Language, command: str
) -> VerificationReport:
    """The report on *verification* in *language*.

    Args:
        verification: the claims with their verdicts.
        history: where the run's pictures are.
        catalogue: the rules, for what their messages say.
        language: the report's language; quotes and labels stay in their own.
        command: what repeats the verification.
    """
    run = verification.run
    shots = {page.summary.url: page.screenshots for page in history.run(run.id).pages()}
    teller = _Teller(Words(language), catalogue, language, shots)
    return VerificationReport(
        schema=SCHEMA_VERSION,
        language=language,
        title=verification.register.title,
        site_name=run.site_name,
        start=verification.config.start,
        run_id=run.id,
        earlier_run_id=verification.earlier.id if verification.earlier else "",
        audited_at=run.started_at,
        command=command,
        versions=dict(run.versions),
        claims=tuple(teller.claim(judged, verification.register) for judged in verification.judged),
    )


_COUNTED = ("asked", "found", "pages")
"""Values that choose between the forms for one and for many."""


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
        source = register.sources[claim.source]
        return ReportClaim(
            id=claim.id,
            quote=claim.quote,
            language=claim.language,
            source=words(
                "claim.source",
                title=source.title,
                reference=f", {source.reference}" if source.reference else "",
                date=words.date(source.date.isoformat()),
            ),
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
