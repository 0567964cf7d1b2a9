"""What GitHub shows of a check: annotations on the build, and the step's summary in Markdown.

A step shows ten annotations of a kind, and a summary holds at most 1 MiB (GitHub's documentation, 2026): so the worst
ten new problems become annotations, and the table stands in the summary.
"""

import html
import re
from collections.abc import Iterator

from auditor.model.build import Checked
from auditor.model.report import ReportFinding
from auditor.model.vocabulary import Severity
from auditor.reporting.build import SHOWN, facts, safe_line
from auditor.reporting.places import Where, made_up
from auditor.reporting.words import Words

_MOST = 10
_KINDS = {Severity.CRITICAL: "error", Severity.SERIOUS: "error", Severity.MODERATE: "warning", Severity.MINOR: "notice"}
_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|~>@])")


def annotations(checked: Checked, fail_on: Severity, where: Where = made_up) -> Iterator[str]:
    """The worst new problems as workflow commands, a line each; those that stop the build are errors."""
    blocking = {finding.key for finding in checked.blocking(fail_on)}
    for finding in checked.new[:_MOST]:
        kind = "error" if finding.key in blocking else min(_KINDS[finding.severity], "warning", key=_mildness)
        first = finding.places[0] if finding.places else None
        file, line = where(first.url, first.html) if first else where("", "")
        told = safe_line(" ".join(filter(None, [finding.sentence or finding.title, first.url if first else ""])))
        properties = f"file={_property(file)},line={line},title={_property(finding.rule)}"
        yield f"::{kind} {properties}::{_data(told)}"


def _mildness(kind: str) -> int:
    return ("notice", "warning", "error").index(kind)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def step_summary(checked: Checked, fail_on: Severity) -> str:
    """The check in Markdown: a verdict in one line, a table of what is new, and what else a reader must know."""
    words = Words(checked.report.language)
    blocking = checked.blocking(fail_on)
    lines = [
        f"## {_text(checked.report.site_name or checked.report.start)}",
        "",
        f"**{_verdict(checked, blocking, words)}**",
    ]
    if checked.new:
        head = [words(f"ci.column.{name}") for name in ("severity", "what", "where", "pages", "rule")]
        lines += ["", f"| {' | '.join(head)} |", "|---|---|---|---:|---|"]
        lines += [_row(finding, words) for finding in checked.new[:SHOWN]]
        if len(checked.new) > SHOWN:
            lines += ["", words("more", len(checked.new) - SHOWN)]
    lines += ["", f"- {words('ci.known', len(checked.known))}", f"- {words('ci.fixed', len(checked.fixed))}"]
    if checked.not_retested:
        lines.append(f"- {words('ci.not_retested', len(checked.not_retested))}")
    lines += [f"- {_text(sentence)}" for sentence in facts(checked, words)]
    return "\n".join(lines) + "\n"


def _verdict(checked: Checked, blocking: tuple[ReportFinding, ...], words: Words) -> str:
    if checked.too_little:
        return words("ci.too_little")
    return words("ci.stops", len(blocking)) if blocking else words("ci.nothing")


def _row(finding: ReportFinding, words: Words) -> str:
    first = finding.places[0].url if finding.places else ""
    cells = (
        words.severity(finding.severity),
        finding.sentence or finding.title,
        first,
        str(finding.page_count),
        finding.rule,
    )
    return f"| {' | '.join(_text(cell) for cell in cells)} |"


def _text(text: str) -> str:
    """*text* as Markdown that says just that: no links, no images, no HTML, no mentions."""
    return _MARKS.sub(r"\\\1", html.escape(safe_line(text), quote=False)).replace("http", "http&#8203;")
