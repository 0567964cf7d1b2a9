"""Files what verdicts rest on as a Swedish supervisory case does: case/date/{Dokument, Skärmbilder, Webbsidor}."""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from auditor.derive.file_name import file_name
from auditor.model.verification import EvidenceItem, ReportGround, VerificationReport
from auditor.pipeline.artifacts import gathered_page
from auditor.pipeline.claims_report import file_hash
from auditor.reporting.files import write_text
from auditor.store.runs import RunStore

DOCUMENTS, PICTURES, PAGES = "Dokument", "Skärmbilder", "Webbsidor"
SUMS = "SHA256SUMS.txt"
REPORT_PICTURES = "bilder"


def bring_pictures(report: VerificationReport, store: RunStore, folder: Path) -> None:
    """Puts the pictures of the pages that verdicts rest on into ``bilder`` in the report's folder.

    Raises:
        OSError: one cannot be written.
    """
    target = folder / REPORT_PICTURES
    target.mkdir(parents=True, exist_ok=True)
    for name in sorted({item.screenshot for item in _items(claim.ground for claim in report.claims)} - {""}):
        source = store.folder / "shots" / name
        if source.is_file():
            shutil.copyfile(source, target / name)


def export_evidence(report: VerificationReport, store: RunStore, folder: Path, documents: Mapping[str, Path]) -> Path:
    """Writes the evidence behind *report* and gives the folder that holds it.

    Pages are kept as the text of their source, so that nothing in them runs when a file is opened; the archive replays
    them. A list of checksums stands beside the folders.

    Args:
        report: the verdicts.
        store: the run that they rest on.
        folder: where; the case and the date become folders in it.
        documents: name → file, for what else belongs to the case: report, register, archive.

    Raises:
        OSError: something cannot be written.
    """
    target = folder / _safe(report.case or report.site_name or "granskning") / report.written_at[:10]
    for name in (DOCUMENTS, PICTURES, PAGES):
        (target / name).mkdir(parents=True, exist_ok=True)
    for name, path in documents.items():
        shutil.copyfile(path, target / DOCUMENTS / name)
    seen: set[str] = set()
    for item in _items(claim.ground for claim in report.claims):
        if item.screenshot and item.screenshot not in seen:
            source = store.folder / "shots" / item.screenshot
            if source.is_file():
                shutil.copyfile(source, target / PICTURES / item.screenshot)
        if item.url and item.url not in seen:
            page = gathered_page(store.folder, item.url)
            if page and page.document:
                write_text(target / PAGES / f"{file_name(item.url)}.html.txt", f"{item.url}\n\n{page.document.html}")
        seen |= {item.screenshot, item.url}
    files = sorted(path for path in target.rglob("*") if path.is_file() and path.name != SUMS)
    lines = [f"{file_hash(path)}  {path.relative_to(target).as_posix()}" for path in files]
    write_text(target / SUMS, "\n".join(lines) + "\n")
    return target


def _items(grounds: Iterable[ReportGround]) -> Iterator[EvidenceItem]:
    for ground in grounds:
        yield from ground.speaks_against
        yield from ground.speaks_for
        yield from _items(ground.parts)


def _safe(name: str) -> str:
    """*name* as the name of a folder on any file system: a reference number may hold a slash."""
    kept = "".join(letter if letter.isalnum() or letter in "-_. " else "-" for letter in name).strip(" .-")
    return kept[:80] or "granskning"
