"""The few lines that a run ends with on the screen."""

from collections.abc import Iterator

from auditor.model.finding import IssueState
from auditor.model.report import Report
from auditor.model.score import AreaScore, whole
from auditor.model.vocabulary import Area, Language, Viewport
from auditor.reporting.words import Words

_AREAS = {
    Area.ACCESSIBILITY: ("Tillgänglighet", "Accessibility"),
    Area.NAVIGATION: ("Navigation", "Navigation"),
    Area.STRUCTURE: ("Struktur", "Structure"),
    Area.SEARCH: ("Sök", "Search"),
    Area.RESPONSIVE: ("Mobil och följsam design", "Phone and responsive design"),
    Area.CONTACT: ("Kontaktvägar", "Ways of contact"),
    Area.INFORMATION: ("Informationskvalitet", "Quality of information"),
}


def headline(report: Report) -> Iterator[str]:
    """The headline figures of *report*, a line each, in its language."""
    swedish = report.language is Language.SWEDISH
    pages = sum(page.rendered and not page.is_handoff for page in report.pages)
    failed = report.failed
    judge = len(report.findings) - len(failed)
    new = sum(finding.state is IssueState.NEW for finding in failed)
    fixed = sum(change.state is IssueState.FIXED for change in report.changes)
    missed = sum(change.state is IssueState.NOT_RETESTED for change in report.changes)
    before = Words(report.language).date(report.previous_at).replace("\N{NO-BREAK SPACE}", " ")
    if swedish:
        yield f"{report.site_name}: {pages} sidor granskade i mobil och på dator"
        yield f"{len(failed)} problem, {judge} som en person behöver bedöma"
        if report.previous_at:
            yield f"Sedan {before}: {new} nya, {fixed} åtgärdade, {missed} kunde inte provas igen"
    else:
        yield f"{report.site_name}: {pages} pages looked at on phone and desktop"
        yield f"{len(failed)} problems, {judge} for a person to judge"
        if report.previous_at:
            yield f"Since {before}: {new} new, {fixed} fixed, {missed} not retested"
    aside = sum(finding.set_aside for finding in report.findings)
    if aside and swedish:
        yield f"{aside} av dem har ni beslutat att låta vara; poängen räknar med dem"
    elif aside:
        yield f"{aside} of them are set aside by decisions; the scores count them"
    yield from report.remarks
    yield ""
    columns = ("Mobil", "Dator", "Prövat") if swedish else ("Phone", "Desktop", "Covered")
    yield f"{'':28}{columns[0]:>8}{columns[1]:>9}{columns[2]:>9}"
    for area in Area:
        phone, desktop = (_score(report, area, viewport) for viewport in (Viewport.PHONE, Viewport.DESKTOP))
        coverage = (phone.every.coverage + desktop.every.coverage) / 2 if phone and desktop else 0.0
        shares = f"{_number(phone):>8}{_number(desktop):>9}{whole(100 * coverage):>8}%"
        yield f"{_AREAS[area][0 if swedish else 1]:28}{shares}"


def _score(report: Report, area: Area, viewport: Viewport) -> AreaScore | None:
    return next((score for score in report.scores if score.area is area and score.viewport is viewport), None)


def _number(score: AreaScore | None) -> str:
    return "–" if score is None or score.every.value is None else str(whole(score.every.value))
