"""Puts a report together from what a run came to."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from auditor.catalogue.load import Catalogue
from auditor.catalogue.requirements import in_profile, requirement
from auditor.derive.depths import depth_figures
from auditor.forked import begun, cores
from auditor.garbage import searched_seldom
from auditor.model.axe import FOUND, LOOK
from auditor.model.config import SiteConfig
from auditor.model.decision import Decision
from auditor.model.figures import Figure
from auditor.model.finding import Finding, IssueState, Occurrence
from auditor.model.outcome import Value
from auditor.model.profile import Profile
from auditor.model.reasons import sentence
from auditor.model.report import (
    SCHEMA_VERSION,
    Change,
    Crop,
    DecisionRow,
    Overruled,
    PageRow,
    Place,
    Report,
    ReportFinding,
    RuleRow,
    Untested,
)
from auditor.model.rule import OVERRULED, Rule, RuleText
from auditor.model.score import RuleTally
from auditor.model.state import STATES
from auditor.model.vocabulary import Area, Language, OutcomeKind, Viewport
from auditor.pipeline import inventories
from auditor.pipeline.context import day_of
from auditor.pipeline.criteria import criterion_rows
from auditor.pipeline.decisions import decided
from auditor.pipeline.findability import read_findability
from auditor.pipeline.issues import Followed, follow
from auditor.pipeline.lost import lost_pages
from auditor.pipeline.pictures import PICTURES, Pictures, task_crops
from auditor.pipeline.sample import kept_sample
from auditor.pipeline.searches import read_quality
from auditor.pipeline.trend import run_row, score_changes, scores_without, series
from auditor.pipeline.words import remark, settings, state
from auditor.reporting.crops import make_crops
from auditor.reporting.files import MANY
from auditor.scoring import counts_of, tallies
from auditor.store.history import History, RunRecord
from auditor.store.runs import RunStore, StoredPage

_SHOWN_PAGES = 1000
_EXAMPLES = 5
_AREAS = list(Area)


@searched_seldom()
def build_report(
    *,
    config: SiteConfig,
    history: History,
    run: RunRecord,
    catalogue: Catalogue,
    followed: Followed | None = None,
    language: Language,
    command: str,
    folder: Path,
) -> Report:
    """The report of *run* in *language*; its pictures are put into *folder*.

    Args:
        config: the site.
        history: where the run is kept.
        run: the run, concluded.
        catalogue: the rules of the run.
        followed: the run's findings as issues; recognised anew if left out.
        language: the report's language.
        command: what repeats the run.
        folder: the report's folder.

    Raises:
        OSError: pictures cannot be written.
    """
    store = history.run(run.id)
    pages = list(store.pages())
    tally = store.tally()
    counts = counts_of(tally)
    followed = followed or follow(history, run, store, [page.summary for page in pages], store.statuses())
    previous, states = followed.previous, store.states()
    today = day_of(store) or config.date or date.fromisoformat(run.started_at[:10])
    pictures = Pictures(store, pages, folder)
    tasks = {target for task in config.tasks for target in task.targets}
    known = [found for found in followed.findings if found.rule in catalogue.rules]

    def crop_of(found: Finding) -> Crop | None:
        places = _as_shown(_places(found, catalogue.rules[found.rule].text(language), language))
        return make_crops(places, pictures.shot, folder, f"{PICTURES}/{found.id}.webp")

    with begun(crop_of, known, cores() if len(pages) >= MANY else 1) as crops:
        shown = [
            _finding(
                found,
                catalogue.rules[found.rule],
                language,
                config.profile,
                states,
                followed.first_seen[found.id],
                tasks,
            )
            for found in known
        ]
        shown.sort(key=lambda found: (found.kind is not OutcomeKind.FAILED, -found.harm, found.rule, found.key))
        on_page: dict[str, list[str]] = defaultdict(list)
        for found in shown:
            for url in found.pages:
                on_page[url].append(found.key)
        told = decided(history, run.site, config.decisions)
        shown = [replace(one, decision=_decision(told.standing.get(one.key), today)) for one in shown]
        findability = read_findability(store.folder)
        depths = depth_figures((page.summary for page in pages), store.statuses())
        rules = tuple(_rule_rows(catalogue, list(tallies(counts)), language, config.profile))
        ways, way_pages = inventories.contacts(config, [page.summary for page in pages])
        summaries = [page.summary for page in pages]
        runs = [(run.started_at, summaries)]
        if previous:
            runs.insert(0, (previous.started_at, list(followed.earlier_pages)))
        rows = tuple(map(run_row, series(history, run, catalogue)))  # judges earlier runs again: used by what follows
        report = Report(
            schema=SCHEMA_VERSION,
            language=language,
            site_name=run.site_name,
            start=config.start,
            run_id=run.id,
            run_state=run.state,
            remarks=tuple(remark(stored, language) for stored in run.remarks),
            started_at=run.started_at,
            finished_at=run.finished_at,
            audit_date=today.isoformat(),
            command=command,
            versions=run.versions,
            settings=settings(config, language),
            scores=store.scores(),
            previous_scores=history.run(previous.id).scores() if previous else (),
            previous_at=previous.started_at if previous else "",
            findings=tuple(shown),
            changes=tuple(_changes(followed.before, states, catalogue, language)),
            rules=rules,
            pages=tuple(_page_row(page, on_page, pictures, language, depths) for page in pages),
            untested=tuple(_untested(store, pages, language)),
            history=rows,
            score_changes=score_changes(history, previous, run, catalogue, (followed.earlier_pages, summaries))
            if previous
            else (),
            scores_without=scores_without(store, catalogue, followed.issue_of, told.aside(today)),
            outcome_counts=_kinds(tally),
            findability=findability,
            search_quality=read_quality(store.folder),
            task_crops=task_crops(findability, pictures.shot, folder) if findability else {},
            profile=config.profile,
            criteria=tuple(criterion_rows(config.profile, rules, language)),
            contacts=ways,
            contact_pages=way_pages,
            reading=tuple(inventories.reading(runs)),
            overruled=tuple(_overruled(store, catalogue, language)),
            sample=kept_sample(store),
            failed_pages=tuple(lost_pages(pages)),
        )
        cut = dict(zip((found.id for found in known), crops(), strict=True))
    return replace(report, findings=tuple(replace(found, crop=cut[found.key]) for found in report.findings))


def told(text: RuleText, message: str, values: Mapping[str, Value]) -> str:
    """A message of a rule as a sentence; one whose key the card does not know comes back as it is."""
    pattern = text.messages.get(message)
    if pattern is None:
        return message
    return pattern.format_map(defaultdict(str, values))


def _finding(
    found: Finding,
    rule: Rule,
    language: Language,
    profile: Profile,
    states: Mapping[str, IssueState],
    first_seen: str,
    tasks: set[str],
) -> ReportFinding:
    text = rule.text(language)
    places = _places(found, text, language)
    pages = found.pages
    touched = len(pages) + 2 * sum(any(page.endswith(task) for task in tasks) for page in pages)
    return ReportFinding(
        key=found.id,
        rule=rule.id,
        area=rule.area,
        kind=found.kind,
        severity=rule.severity,
        title=text.title,
        sentence=Counter(place.sentence for place in places).most_common(1)[0][0],
        why_markdown=text.why,
        repair_markdown=text.repair,
        requirements=tuple(requirement(name, language, profile) for name in rule.requirements),
        recommendation=_is_recommendation(rule, profile),
        page_count=len([page for page in pages if page]),
        target_count=found.count,
        viewports=found.viewports,
        pages=pages[:_SHOWN_PAGES],
        places=places,
        state=states.get(found.id, IssueState.NEW),
        first_seen=first_seen,
        harm=float(rule.severity.weight * max(1, touched) * min(2, len(found.viewports))),
    )


def _as_shown(places: Sequence[Place]) -> list[Place]:
    """*places* with a viewport each, so that a screenshot can be chosen; the desktop where it does not matter."""
    return [place if place.viewport else replace(place, viewport=Viewport.DESKTOP) for place in places]


def _places(found: Finding, text: RuleText, language: Language) -> tuple[Place, ...]:
    return tuple(_place(occurrence, text, language) for occurrence in found.occurrences)


def _place(occurrence: Occurrence, text: RuleText, language: Language) -> Place:
    target = occurrence.target
    return Place(
        url=target.url,
        viewport=target.viewport,
        selector=target.selector,
        text=target.text,
        html=target.html,
        sentence=told(text, occurrence.message, occurrence.values),
        detail=str(occurrence.values.get("summary", "")) if occurrence.message in (FOUND, LOOK) else "",
        box=target.box if not target.state else None,  # the picture shows the page at rest
        state=state(target.state, language),
    )


def _changes(
    before: Iterable[Finding],
    states: Mapping[str, IssueState],
    catalogue: Catalogue,
    language: Language,
) -> Iterable[Change]:
    ended = (IssueState.FIXED, IssueState.NOT_RETESTED, IssueState.GONE)
    for finding in before:
        rule = catalogue.rules.get(finding.rule)
        if rule and finding.kind is OutcomeKind.FAILED and (state := states.get(finding.id)) in ended:
            assert state is not None
            yield Change(
                key=finding.id,
                rule=rule.id,
                area=rule.area,
                title=rule.text(language).title,
                state=state,
                page_count=len(finding.pages),
            )


def _is_recommendation(rule: Rule, profile: Profile) -> bool:
    """Whether the standard that the report is read against does not ask for what *rule* does."""
    return rule.recommendation and not all(in_profile(name, profile) for name in rule.requirements)


def _rule_rows(
    catalogue: Catalogue, counted: Sequence[RuleTally], language: Language, profile: Profile
) -> Iterable[RuleRow]:
    of: dict[str, list[RuleTally]] = defaultdict(list)
    for tally in counted:
        of[tally.rule].append(tally)
    for rule in sorted(catalogue.rules.values(), key=lambda rule: (_AREAS.index(rule.area), rule.id)):
        yield RuleRow(
            rule=rule.id,
            area=rule.area,
            title=rule.text(language).title,
            severity=rule.severity,
            requirements=tuple(requirement(name, language, profile) for name in rule.requirements),
            recommendation=_is_recommendation(rule, profile),
            tallies=tuple(of[rule.id]),
        )


def _page_row(
    page: StoredPage,
    on_page: Mapping[str, list[str]],
    pictures: Pictures,
    language: Language,
    depths: Mapping[str, tuple[Figure, ...]],
) -> PageRow:
    summary = page.summary
    return PageRow(
        url=summary.url,
        title=summary.title,
        status=summary.status,
        content_type=summary.content_type,
        depth=min(summary.depth, 99),
        rendered=summary.rendered,
        is_handoff=summary.is_handoff,
        query=summary.query,
        screenshots=pictures.page(summary.url),
        findings=tuple(on_page.get(summary.url, ())),
        untested={part: sentence(reason, language) for part, reason in page.untested.items()},
        figures=() if summary.is_handoff else (*depths.get(summary.url, ()), *summary.figures),
    )


def _untested(store: RunStore, pages: Iterable[StoredPage], language: Language) -> Iterable[Untested]:
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for page in pages:
        for part, reason in page.untested.items():
            if not reason.startswith(("redirect", "download")) and page.summary.status not in (404, 410):
                grouped[reason, part].append(page.summary.url)
    for url, reason in store.skipped():
        grouped[reason, "page"].append(url)
    for rule, outcome in store.outcomes((OutcomeKind.UNTESTED,)):
        if outcome.message.startswith(("check-raised", "pdf-", "link-")):
            grouped[outcome.message, rule].append(outcome.target.url)
    for (reason, part), urls in sorted(grouped.items(), key=lambda item: -len(item[1])):
        yield Untested(reason=sentence(reason, language), what=part, count=len(urls), examples=tuple(urls[:_EXAMPLES]))


def _decision(decision: Decision | None, today: date) -> DecisionRow | None:
    if decision is None:
        return None
    return DecisionRow(
        kind=decision.kind,
        who=decision.who,
        when=decision.when,
        why=decision.why,
        until=decision.until,
        assignee=decision.assignee,
        expired=decision.expired(today),
        sets_aside=decision.sets_aside(today),
    )


def _overruled(store: RunStore, catalogue: Catalogue, language: Language) -> Iterable[Overruled]:
    grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
    for rule, outcome in store.outcomes((OutcomeKind.INAPPLICABLE,)):
        by = str(outcome.values.get("by", ""))
        if outcome.message == OVERRULED and rule in catalogue.rules and by in catalogue.rules:
            grouped[rule, by].append(outcome.target.url)
    for (rule, by), urls in sorted(grouped.items()):
        yield Overruled(
            rule=rule,
            title=catalogue.rules[rule].text(language).title,
            by=by,
            reason=told(catalogue.rules[by].text(language), OVERRULED, {}),
            count=len(urls),
            examples=tuple(dict.fromkeys(urls))[:_EXAMPLES],
        )


def _kinds(tally: Mapping[tuple[str, Viewport | None, OutcomeKind], int]) -> dict[OutcomeKind, int]:
    kinds: Counter[OutcomeKind] = Counter()
    for (rule, _, kind), number in tally.items():
        kinds[kind] += number if rule != STATES else 0
    return {kind: kinds[kind] for kind in OutcomeKind}
