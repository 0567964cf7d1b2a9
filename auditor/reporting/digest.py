"""What a night came to: one screen for a terminal, and a letter for those who need to act."""

from collections.abc import Iterable, Iterator
from typing import Any

from auditor.model.night import Changed, Night, SiteNight
from auditor.model.nightly import NightlyConfig
from auditor.model.vocabulary import Language
from auditor.reporting.build import safe_line
from auditor.reporting.text import cut
from auditor.reporting.words import Words

ROWS = 18
"""Sites on a screen of 24 lines, with its head and what follows."""
_CHANGES = 10
_NAME = 32


def screen(night: Night, language: Language) -> Iterator[str]:
    """The night on one screen: what failed first, then what changed, then the rest; never more than 24 lines."""
    words = Words(language)
    head = [words(f"night.head.{name}") for name in ("site", "pages", "problems", "new", "back", "fixed", "missed")]
    yield f"{head[0]:{_NAME}}" + "".join(f"{one:>8}" for one in head[1:])
    ordered = sorted(night.sites, key=lambda site: (not site.error, not site.changed))
    for site in ordered[:ROWS]:
        name = f"{cut(safe_line(site.name or site.target), _NAME - 2):{_NAME}}"
        if site.error:
            yield name + cut(safe_line(site.error), 160)
        elif site.skipped:
            yield f"{name}{site.pages:>8}{site.problems:>8}  {words('night.skipped')}"
        else:
            changes = (site.new, site.back, site.fixed, site.not_retested)
            yield f"{name}{site.pages:>8}{site.problems:>8}" + "".join(f"{len(one) or '–':>8}" for one in changes)
    if len(ordered) > ROWS:
        yield words("night.more", len(ordered) - ROWS)
    if thinned := sum(site.thinned for site in night.sites):
        yield words("night.thinned", thinned)


def letter(night: Night, config: NightlyConfig, folders: dict[str, str]) -> tuple[str, str]:
    """Subject and text of the letter about *night*.

    Args:
        night: what happened.
        config: whose language and address of reports are used.
        folders: run id → path of its report within the folder of reports.
    """
    words = Words(config.language)
    day = words.date(night.day)
    told = [site for site in night.sites if site.changed or _tells_failure(night, site)]
    lines: list[str] = []
    for site in told:
        lines += [*_site(night, site, words), *_where(config, folders.get(site.run_id, ""), words), ""]
    rest = len(night.sites) - len(told)
    if rest:
        lines += [words("night.unchanged", rest), ""]
    if config.base_url:
        lines += [words("night.overview", where=config.base_url), ""]
    lines += ["-- ", words("night.footer")]
    changed = sum(site.changed for site in night.sites)
    if changed:
        subject = words("night.subject", changed, day=day)
    elif night.failed_anew:
        subject = words("night.subject_failed", len(night.failed_anew), day=day)
    else:
        subject = words("night.subject_recovered", day=day)
    return subject.replace("\N{NO-BREAK SPACE}", " "), "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ") + "\n"


def letter_data(night: Night, config: NightlyConfig, folders: dict[str, str]) -> dict[str, Any]:
    """The same for programs."""
    return {
        "day": night.day,
        "sites": [
            {
                "site": site.site,
                "name": site.name,
                "run": site.run_id,
                "error": site.error,
                "pages": site.pages,
                "problems": site.problems,
                "new": [change.key for change in site.new],
                "back": [change.key for change in site.back],
                "fixed": [change.key for change in site.fixed],
                "not_retested": [change.key for change in site.not_retested],
                "report": config.base_url + folders[site.run_id] if config.base_url and site.run_id in folders else "",
            }
            for site in night.sites
        ],
    }


def _tells_failure(night: Night, site: SiteNight) -> bool:
    return site.target in (*night.failed_anew, *night.recovered)


def _site(night: Night, site: SiteNight, words: Words) -> Iterator[str]:
    name = safe_line(site.name or site.target, 100)
    yield name
    yield "=" * len(name)
    if site.error:
        yield words("night.failed", why=safe_line(site.error))
        return
    if site.target in night.recovered:
        yield words("night.recovered")
    if site.first:
        yield words("night.first", site.problems)
    for key, changes in (("new", site.new), ("back", site.back), ("fixed", site.fixed)):
        yield from _changes(words(f"night.{key}", len(changes)), changes, words)
    if site.not_retested:
        yield words("night.not_retested", len(site.not_retested))
    if site.lost_pages:
        yield words("night.lost", site.lost_pages)


def _changes(head: str, changes: tuple[Changed, ...], words: Words) -> Iterable[str]:
    if not changes:
        return
    yield f"{head}:"
    for change in changes[:_CHANGES]:
        severity = f" ({words.severity(change.severity)})" if change.severity else ""
        yield f"  - {safe_line(change.title, 200)}{severity}, {words('count.pages', change.pages)} [{change.key}]"
    if len(changes) > _CHANGES:
        yield f"  {words('night.more', len(changes) - _CHANGES)}"


def _where(config: NightlyConfig, folder: str, words: Words) -> Iterator[str]:
    if config.base_url and folder:
        yield words("night.report", where=config.base_url + folder)
