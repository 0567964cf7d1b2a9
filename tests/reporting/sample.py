"""A report of a municipality that does not exist, as real as reports are."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw

from auditor.model.decision import DecisionKind
from auditor.model.facts import Box
from auditor.model.figures import Figure, FigureKind
from auditor.model.findability import Findability
from auditor.model.finding import IssueState
from auditor.model.profile import Profile
from auditor.model.report import (
    SCHEMA_VERSION,
    Change,
    ContactRow,
    DecisionRow,
    Overruled,
    PageRow,
    ReadingRow,
    Report,
    ReportFinding,
    RuleRow,
    RunRow,
    Untested,
)
from auditor.model.score import AreaScore, RuleTally, Score
from auditor.model.sitesearch import SearchQuality
from auditor.model.trend import Measure, ScoreChange
from auditor.model.vocabulary import Area, Language, OutcomeKind, Severity, Viewport
from auditor.pipeline.criteria import criterion_rows
from auditor.reporting.crops import Shot, make_crop
from tests.reporting.sample_findings import BOTH, LANGUAGE, PATHS, START, findings, url
from tests.reporting.sample_searches import sample_searches
from tests.reporting.sample_tasks import sample_tasks


def score(value: float | None, coverage: float = 0.93, rules: int = 12) -> Score:
    return Score(value=value, coverage=coverage if value is not None else 0.0, rules=rules if value is not None else 0)


def area_scores(values: Sequence[tuple[float | None, float | None]]) -> tuple[AreaScore, ...]:
    made = []
    for number, (area, pair) in enumerate(zip(Area, values, strict=True)):
        for viewport, value in zip(BOTH, pair, strict=True):
            coverage = 1.0 - 0.023 * number
            high = None if value is None else min(100.0, value + 4)
            low = None if value is None or area is Area.CONTACT else max(0.0, value - 6)
            made.append(
                AreaScore(
                    area=area,
                    viewport=viewport,
                    every=score(value, coverage, 14 + number),
                    requirement=score(low, coverage, 9),
                    good_practice=score(high, coverage, 5 + number),
                )
            )
    return tuple(made)


def measures(
    coverage: float, tasks: tuple[int, int], lix: float, issues: tuple[int, int, int, int]
) -> dict[Measure, float]:
    """The figures of one run; tasks are of twelve."""
    return {
        Measure.COVERAGE_PHONE: coverage,
        Measure.COVERAGE_DESKTOP: min(1.0, coverage + 0.03),
        Measure.CRITICAL: issues[0],
        Measure.SERIOUS: issues[1],
        Measure.MODERATE: issues[2],
        Measure.MINOR: issues[3],
        Measure.TASKS_PHONE: tasks[0] / 12,
        Measure.TASKS_DESKTOP: tasks[1] / 12,
        Measure.LIX: lix,
        Measure.CONTACTS: 4,
    }


def states(new: int, back: int, still: int, fixed: int, missed: int, gone: int) -> dict[IssueState, int]:
    """What became of the findings of one run."""
    return {
        IssueState.NEW: new,
        IssueState.REOPENED: back,
        IssueState.OPEN: still,
        IssueState.FIXED: fixed,
        IssueState.NOT_RETESTED: missed,
        IssueState.GONE: gone,
    }


def decided(found: tuple[ReportFinding, ...]) -> tuple[ReportFinding, ...]:
    """The findings with what was decided about three of them, as hostile as what people write may be."""
    accepted = DecisionRow(
        kind=DecisionKind.ACCEPTED,
        who="Anna Berg",
        when="2026-11-16T09:12:00+00:00",
        why="Byts ut när den nya e-tjänsten kommer. <i>Se</i> {ärende} 14.",
        until="2027-03-31",
        sets_aside=True,
    )
    assigned = DecisionRow(
        kind=DecisionKind.ASSIGNED, who="Bo <Ek>", when="2026-11-17", why="", assignee="Webb{redaktionen} <b>"
    )
    expired = DecisionRow(
        kind=DecisionKind.WONT_FIX,
        who="Anna Berg",
        when="2026-05-01",
        why="Sidan skulle tas bort.",
        until="2026-10-31",
        expired=True,
    )
    rows = dict(zip((2, 3, 4), (accepted, assigned, expired), strict=True))
    return tuple(replace(one, decision=rows.get(number)) for number, one in enumerate(found))


def changed(area: Area, viewport: Viewport, before: float, **parts: float) -> ScoreChange:
    """A change of score that its parts sum to."""
    return ScoreChange(area=area, viewport=viewport, before=before, after=before + sum(parts.values()), **parts)


NOW = ((71.6, 77.2), (83.1, 88.0), (92.4, 92.4), (64.0, 66.5), (58.3, 94.7), (48.9, 50.2), (79.5, None))
BEFORE = ((66.0, 74.1), (83.4, 84.2), (96.1, 96.0), (64.0, 66.5), (71.0, 94.7), (52.2, 52.2), (None, None))
SUMMER = ((60.2, 70.0), (80.0, 81.0), (90.0, 91.5), (None, None), (70.2, 90.0), (40.0, 41.0), (72.0, 75.0))


def rule_rows(found: Sequence[ReportFinding]) -> tuple[RuleRow, ...]:
    rows = []
    for one in {one.rule: one for one in found}.values():
        failed, judged = (one.page_count, 0) if one.kind is OutcomeKind.FAILED else (0, one.page_count)
        tallies = tuple(
            RuleTally(
                rule=one.rule,
                viewport=viewport,
                passed=15 - one.page_count,
                failed=failed,
                cant_tell=judged,
                untested=1,
            )
            for viewport in BOTH
        )
        rows.append(
            RuleRow(
                rule=one.rule, area=one.area, title=one.title, severity=one.severity, requirements=one.requirements,
                recommendation=one.recommendation, tallies=tallies,
            )
        )  # fmt: skip
    for area in Area:
        held = f"{area}/held"
        rows.append(
            RuleRow(
                rule=held, area=area, title="Sidan har ett angivet språk", severity=Severity.SERIOUS,
                requirements=(LANGUAGE,), recommendation=False,
                tallies=tuple(RuleTally(rule=held, viewport=viewport, passed=15) for viewport in BOTH),
            )
        )  # fmt: skip
    lost = "search/sort-order"
    rows.append(
        RuleRow(
            rule=lost, area=Area.SEARCH, title="Träffar går att sortera efter datum", severity=Severity.MINOR,
            requirements=(), recommendation=False,
            tallies=tuple(RuleTally(rule=lost, viewport=viewport, untested=3) for viewport in BOTH),
        )
    )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: row.rule))


def page_rows(found: Sequence[ReportFinding]) -> tuple[PageRow, ...]:
    rows = []
    for number, (_, title) in enumerate(PATHS):
        gone = number == len(PATHS) - 1
        rows.append(
            PageRow(
                url=url(number),
                title=title,
                status=0 if gone else 200,
                content_type="" if gone else "text/html",
                depth=min(number, 3),
                rendered=not gone,
                is_handoff=False,
                query="bidrag" if "q=bidrag" in url(number) else None,
                screenshots={} if gone or number > 4 else {view: f"bilder/{number + 1}-{view}.webp" for view in BOTH},
                findings=tuple(one.key for one in found if url(number) in one.pages),
                untested={"page": "sidan svarade inte inom 30 sekunder"}
                if gone
                else ({"phone:reveal": "fler menyer än vad som hinner öppnas"} if number == 0 else {}),
                figures=() if gone else page_figures(number),
            )
        )
    rows.append(
        PageRow(
            url="https://boka.sjoboda.example/",
            title="Bokning – Sjöboda",
            status=200,
            content_type="text/html",
            depth=3,
            rendered=True,
            is_handoff=True,
            query=None,
        )
    )
    return tuple(rows)


def page_figures(number: int) -> tuple[Figure, ...]:
    """Figures that grow with the page's number."""
    return (
        Figure(kind=FigureKind.SMALL_TEXT, viewport=Viewport.PHONE, value=0.05 * number),
        Figure(kind=FigureKind.FIXED_SHARE, viewport=Viewport.PHONE, value=0.125),
        Figure(kind=FigureKind.LAYOUT_SHIFT, viewport=Viewport.DESKTOP, value=0.024 * number),
        Figure(kind=FigureKind.EXTRA_TAPS, viewport=Viewport.PHONE, value=2),
    )


def sample(language: Language = Language.SWEDISH) -> Report:
    """The second year's third run of Sjöboda kommun. Its texts are Swedish whatever the language."""
    found = decided(findings())
    scores, before, summer = area_scores(NOW), area_scores(BEFORE), area_scores(SUMMER)
    versions = {"product": "0.1.0", "axe": "4.10.3", "browser": "Chromium 142", "formula": "1", "catalogue": "7f3a91"}
    old = versions | {"axe": "4.9.1"}
    return Report(
        schema=SCHEMA_VERSION,
        language=language,
        site_name="Sjöboda kommun",
        start=START,
        run_id="2026-11-22-0200-7c1e",
        run_state="complete",
        remarks=("Kakrutan avvisades på alla sidor innan de provades.",),
        started_at="2026-11-22T02:00:09+01:00",
        finished_at="2026-11-22T02:31:45+01:00",
        audit_date="2026-11-22",
        command="auditor audit sjoboda.yaml --seed 7",
        versions=versions,
        settings={
            "Värdar": "www.sjoboda.example",
            "Antal sidor": "högst 200",
            "Skärmar": "mobil 390 × 844, dator 1280 × 900, smal 320 pixlar",
            "Hänsyn": "en hämtning i sekunden, robots.txt följs",
            "Slumpfrö": "7",
        },
        scores=scores,
        previous_scores=before,
        previous_at="2026-11-14T02:00:12+01:00",
        findings=found,
        changes=(
            Change(
                key="60c4e8d4a995",
                rule="axe/link-name",
                area=Area.ACCESSIBILITY,
                title="Länkar har text",
                state=IssueState.FIXED,
                page_count=12,
            ),
            Change(
                key="71d5f9e5b006",
                rule="structure/one-main-heading",
                area=Area.STRUCTURE,
                title="Sidan har en huvudrubrik",
                state=IssueState.FIXED,
                page_count=1,
            ),
            Change(
                key="82e6a0f6c117",
                rule="contact/phone-link",
                area=Area.CONTACT,
                title="Telefonnummer går att trycka på",
                state=IssueState.FIXED,
                page_count=5,
            ),
            Change(
                key="93f7b107d228",
                rule="information/old-date",
                area=Area.INFORMATION,
                title="Datum och årtal är aktuella",
                state=IssueState.NOT_RETESTED,
                page_count=1,
            ),
            Change(
                key="a408c218e339",
                rule="navigation/broken-link",
                area=Area.NAVIGATION,
                title="Länkar leder till en sida som finns",
                state=IssueState.GONE,
                page_count=1,
            ),
        ),
        rules=rule_rows(found),
        pages=page_rows(found),
        untested=(
            Untested(reason="sidan svarade inte inom 30 sekunder", what="page", count=1, examples=(url(15),)),
            Untested(reason="fler menyer än vad som hinner öppnas", what="phone:reveal", count=1, examples=(url(0),)),
            Untested(
                reason="sökningen har inget val för sortering", what="search/sort-order", count=3, examples=(url(14),)
            ),
        ),
        overruled=(
            Overruled(
                rule="axe/frame-focusable-content",
                title="Ramar med länkar går att nå med tangentbordet",
                by="accessibility/frame-in-tab-order",
                reason="Ramen ligger bakom en öppen dialogruta.",
                count=2,
                examples=(url(3), url(4)),
            ),
        ),
        history=(
            RunRow(
                id="2026-06",
                started_at="2026-06-20T02:00:00+02:00",
                state="complete",
                pages=14,
                scores=summer,
                findings=17,
                versions=old,
                measures=measures(0.81, (6, 7), 48.2, (2, 6, 7, 2)),
            ),
            RunRow(
                id="2026-09",
                started_at="2026-09-12T02:00:11+02:00",
                state="partial",
                pages=9,
                scores=before,
                findings=13,
                versions=versions,
                one_yardstick=True,
                measures=measures(0.62, (6, 8), 44.0, (1, 4, 6, 2)),
                states=states(3, 1, 9, 7, 4, 0),
            ),
            RunRow(
                id="2026-11-14",
                started_at="2026-11-14T02:00:12+01:00",
                state="complete",
                pages=15,
                scores=before,
                findings=11,
                versions=versions,
                one_yardstick=True,
                measures=measures(0.91, (7, 9), 42.3, (1, 3, 5, 2)),
                states=states(1, 0, 10, 3, 0, 1),
            ),
            RunRow(
                id="2026-11-22",
                started_at="2026-11-22T02:00:09+01:00",
                state="complete",
                pages=15,
                scores=scores,
                findings=10,
                versions=versions,
                one_yardstick=True,
                measures=measures(0.93, (9, 10), 41.6, (0, 3, 5, 2)),
                states=states(2, 1, 7, 3, 1, 1),
            ),
        ),
        score_changes=(
            changed(Area.ACCESSIBILITY, Viewport.PHONE, 66.0, content=4.9, pages=-0.6, engine=1.3),
            changed(Area.ACCESSIBILITY, Viewport.DESKTOP, 74.1, content=3.1),
            changed(Area.STRUCTURE, Viewport.PHONE, 96.1, content=-2.2, rules=-1.5),
            changed(Area.RESPONSIVE, Viewport.PHONE, 71.0, content=-14.2, pages=0.4, blocked=1.1),
            changed(Area.SEARCH, Viewport.PHONE, 64.0),
        ),
        scores_without=area_scores([*((71.6, 77.2), (83.1, 88.0), (94.1, 94.1)), *NOW[3:]]),
        criteria=tuple(criterion_rows(Profile.EN_3_2_1, rule_rows(found), language)),
        outcome_counts={
            OutcomeKind.FAILED: 118,
            OutcomeKind.UNTESTED: 31,
            OutcomeKind.CANT_TELL: 6,
            OutcomeKind.PASSED: 1404,
            OutcomeKind.INAPPLICABLE: 2210,
        },
        findability=sample_tasks(),
        search_quality=sample_searches(),
        contacts=(
            way("phone", "0980-319 200", "Servicecenter", 24, in_frame=True),
            way("phone", "0980-319 230", "Föreningsservice", 9),
            way("mail", "forening@sjoboda.example", "<b>Förening</b>", 1),
            way("form", "Felanmälan", "", 1),
        ),
        contact_pages=24,
        failed_pages=(url(15),),
        reading=(reading("2026-10-14T03:00:00+00:00", 44.0), reading("2026-11-14T03:00:00+00:00", 41.6)),
    )


def way(kind: str, shown: str, label: str, count: int, *, in_frame: bool = False) -> ContactRow:
    return ContactRow(
        kind=kind,
        value=shown,
        shown=shown,
        label=label,
        in_frame=in_frame,
        page_count=count,
        pages=tuple(url(number) for number in range(min(count, 5))),
    )


def reading(started_at: str, lix: float) -> ReadingRow:
    return ReadingRow(
        started_at=started_at,
        pages=48,
        lix=lix,
        lix_low=lix - 5.5,
        lix_high=lix + 6,
        sentence_length=13.4,
        long_words=0.29,
    )


def partial(report: Report) -> Report:
    """*report*, stopped early."""
    remark = "Körningen stannade vid 200 sidor av omkring 640, så stora delar av webbplatsen är inte provade."
    return replace(report, run_state="partial", remarks=(remark,))


def first_run(report: Report) -> Report:
    """*report* without a run before it."""
    fresh = tuple(replace(one, state=IssueState.NEW, first_seen=report.started_at) for one in report.findings)
    return replace(report, previous_at="", previous_scores=(), changes=(), findings=fresh, history=report.history[-1:])


def empty(report: Report) -> Report:
    """*report* of a run that could test nothing."""
    nothing = area_scores(((None, None),) * len(Area))
    reason = "webbplatsen svarade med 503 på alla frågor"
    return replace(
        first_run(report),
        run_state="interrupted",
        remarks=("Webbplatsen svarade inte, och körningen avbröts efter tio försök.",),
        scores=nothing,
        findings=(),
        rules=(),
        pages=tuple(
            replace(page, rendered=False, status=503, findings=(), screenshots={}) for page in report.pages[:1]
        ),
        untested=(Untested(reason=reason, what="page", count=10, examples=(START,)),),
        history=(replace(report.history[-1], state="interrupted", pages=0, findings=0, scores=nothing),),
        outcome_counts={},
        findability=Findability(untested="interrupted"),
        search_quality=SearchQuality(untested="no-search"),
    )


def draw_pictures(report: Report, folder: Path) -> None:
    """Screenshots and crops that *report* names, drawn as a plain page."""
    (folder / "bilder").mkdir(parents=True, exist_ok=True)
    for viewport, width, height in ((Viewport.PHONE, 585, 1900), (Viewport.DESKTOP, 1280, 1500)):
        shot = _drawn_page(width, height)
        for page in report.pages:
            if viewport in page.screenshots:
                shot.save(folder / page.screenshots[viewport], "WEBP", quality=60)
    source = folder / "bilder" / f"1-{Viewport.PHONE}.webp"
    for one in report.findings:
        if one.crop:
            make_crop(Shot(source, 1.5), Box(24, 330, 210, 30), folder / one.crop.file)


def _drawn_page(width: int, height: int) -> Image.Image:
    image = Image.new("RGB", (width, height), "#ffffff")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width, 90), fill="#17405c")
    draw.text((28, 34), "Sjoboda kommun", fill="#ffffff", font_size=24)
    draw.rectangle((0, 90, width, 360), fill="#cfdde4")
    draw.text((28, 392), "Bidrag till foreningar", fill="#1d232b", font_size=32)
    for line in range(24):
        y = 460 + 42 * line
        draw.rectangle((28, y, width - 60 - (line * 53) % 200, y + 12), fill="#dcdfe2")
    draw.rectangle((28, 494, 360, 542), fill="#ffffff")
    draw.text((36, 502), "Las mer", fill="#0b4f6c", font_size=26)
    return image
