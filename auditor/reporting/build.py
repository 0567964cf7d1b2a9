"""What a check of a build came to, as lines for a terminal."""

from collections.abc import Iterable, Iterator

from auditor.model.baseline import Known
from auditor.model.build import Checked
from auditor.model.report import ReportFinding
from auditor.model.vocabulary import Severity
from auditor.reporting.text import clean, cut
from auditor.reporting.words import Words

SHOWN = 50
_PAGES = 5


def build_lines(checked: Checked, fail_on: Severity) -> Iterator[str]:
    """The check's result, a line each: what is new first, then what is mended, and what could not be tested."""
    words = Words(checked.report.language)
    blocking = {finding.key for finding in checked.blocking(fail_on)}
    yield from _new(words("ci.stops", len(blocking)), [one for one in checked.new if one.key in blocking], "+", words)
    mild = [one for one in checked.new if one.key not in blocking]
    yield from _new(words("ci.mild", len(mild), severity=words.severity(fail_on)), mild, "~", words)
    titles = {row.rule: row.title for row in checked.report.rules}
    yield from _known(words("ci.fixed", len(checked.fixed)), checked.fixed, "-", titles)
    yield from _known(words("ci.not_retested", len(checked.not_retested)), checked.not_retested, "?", titles)
    yield words("ci.known", len(checked.known))
    yield ""
    yield from facts(checked, words)


def facts(checked: Checked, words: Words) -> Iterator[str]:
    """How much was looked at, what was left out, and what makes the comparison uncertain; a sentence each."""
    yield words("ci.tested", checked.tested)
    lost = checked.report.failed_pages
    if lost:
        yield words("ci.lost", len(lost), pages=", ".join(safe_line(url, 200) for url in lost[:_PAGES]))
    if checked.left_out:
        yield words("ci.left_out", what=words.joined(checked.left_out))
    if checked.changed_versions:
        named = words.joined(words.known(f"version.{name}", name) for name in checked.changed_versions)
        yield words("ci.changed_versions", what=named)
    if checked.too_little:
        yield words("ci.too_little")


def safe_line(text: str, length: int = 300) -> str:
    """*text* on one line, cut, and so that no build server takes it for a command.

    GitHub's runner obeys lines that begin with two colons, and ``##[`` anywhere in a line.
    """
    return cut(" ".join(clean(text).replace("##[", "## [").split()), length)


def _new(head: str, findings: list[ReportFinding], mark: str, words: Words) -> Iterator[str]:
    if not findings:
        return
    yield head
    for finding in findings[:SHOWN]:
        count = words("count.pages", finding.page_count)
        yield f"  {mark} {words.severity(finding.severity)}  {safe_line(finding.sentence or finding.title)}"
        yield f"      {finding.rule}  {count}  {words.viewports(finding.viewports)}  [{finding.key}]"
        for place in finding.places[:1]:
            yield f"      {safe_line(f'{place.url} {place.selector}'.strip())}"
    if len(findings) > SHOWN:
        yield f"  {words('more', len(findings) - SHOWN)}"
    yield ""


def _known(head: str, known: Iterable[Known], mark: str, titles: dict[str, str]) -> Iterator[str]:
    listed = list(known)
    if not listed:
        return
    yield head
    for one in listed[:SHOWN]:
        rule = one.finding.rule
        yield f"  {mark} {safe_line(titles.get(rule, rule))}  {rule}  [{one.finding.id}]"
    yield ""
