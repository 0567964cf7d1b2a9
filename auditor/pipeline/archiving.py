"""Keeps a run as an archive: records what the browser receives, and packs it with all that the run came to."""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from auditor.archive import ArchiveInfo, Recording, pack, unpacked
from auditor.archive.redact import redactor
from auditor.errors import ArchiveError
from auditor.gather.timestamp import signed_time
from auditor.model.config import SiteConfig
from auditor.pipeline.decisions import FILED
from auditor.store.history import ENDED, SEEN, History, RunRecord
from auditor.store.runs import RunStore

ARCHIVE = "run.wacz"
_WARCS = "archive"
_DATABASE = "audit/history.db"
_RUN = "run"


def begin_recording(store: RunStore, config: SiteConfig, software: str) -> Recording:
    """What writes the exchanges of a run into its folder.

    Raises:
        ConfigError: a selector of what is to be redacted is none.
        OSError: the folder cannot be written.
    """
    return Recording(store.folder / _WARCS, software, redactor(config.archive.redact))


def archive_of(store: RunStore) -> Path:
    """Where the archive of a run lies, if there is one."""
    return store.folder / ARCHIVE


def write_archive(history: History, record: RunRecord, store: RunStore) -> tuple[Path, str]:
    """Packs a run that has ended; gives the archive's path and the SHA-256 of its list of contents.

    The recording stays where it is, for a run that goes on once more; see `drop_recording`.

    Raises:
        OSError: it cannot be written.
        StoreError: the database cannot be read.
    """
    path = archive_of(store)
    with tempfile.TemporaryDirectory(prefix="auditor-", dir=store.folder) as name:
        database = Path(name) / "history.db"
        history.export(record.id, database)
        files = {_DATABASE: database}
        for file in sorted(store.folder.iterdir()):
            if file.is_file() and file.name not in (ARCHIVE, f"{ARCHIVE}.part", "report-due", FILED):
                files[f"{_RUN}/{file.name}"] = file
            elif file.is_dir() and file.name not in (_WARCS, SEEN) and file != Path(name):
                files |= {f"{_RUN}-{file.name}/{part.name}": part for part in sorted(file.iterdir()) if part.is_file()}
        return path, pack(path, store.folder / _WARCS, files, _info(record, store))


def sign_archive(path: Path, service: str) -> Path:
    """Lets a service sign when the archive's list of contents was there; the answer lies beside it as <archive>.tsr.

    Raises:
        GatherError: the service did not sign. The archive is as it was.
        OSError: the answer cannot be written.
    """
    with zipfile.ZipFile(path) as archive:
        contents = archive.read("datapackage.json")
    target = path.with_name(f"{path.name}.tsr")
    target.write_bytes(signed_time(contents, service))
    return target


def drop_recording(store: RunStore) -> None:
    """Takes away the recording of a run that has come to its end, since its archive holds it."""
    if archive_of(store).is_file():
        for file in (store.folder / _WARCS).glob("data-*"):
            file.unlink()


@contextmanager
def archived_run(path: Path) -> Iterator[tuple[History, RunRecord]]:
    """The run in the archive at *path*, in a history of its own that is gone afterwards.

    Raises:
        ArchiveError: the archive is damaged, holds no run, or is of a version that this one cannot read.
    """
    with unpacked(path) as folder:
        if not (folder / _DATABASE).is_file():
            raise ArchiveError(f"{path}: the archive holds no audit; only those that an audit wrote can be used")
        history = History(folder / _DATABASE)
        try:
            with history.errors():
                record = next((run for site in history.sites() for run in history.runs(site)), None)
            if record is None:
                raise ArchiveError(f"{path}: the archive holds no run")
            target = (folder / _DATABASE).parent / "runs" / record.id
            target.parent.mkdir(parents=True, exist_ok=True)
            for part in sorted(folder.glob(f"{_RUN}*")):
                inner = part.name.removeprefix(_RUN).removeprefix("-")
                part.rename(target / inner if inner else target)
            yield history, record
        finally:
            history.close()


def _info(record: RunRecord, store: RunStore) -> ArchiveInfo:
    return ArchiveInfo(
        title=f"{record.site_name} {record.started_at[:10]}",
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        software="; ".join(f"{name} {version}" for name, version in record.versions.items()),
        pages=tuple(
            (page.summary.url, record.started_at, page.summary.title) for page in store.pages() if page.summary.rendered
        ),
    )


def forget_old_archives(history: History, site: str, config: SiteConfig, now: datetime) -> list[Path]:
    """Deletes archives of *site* that are older than the site file allows; gives what was deleted."""
    if config.archive.keep_days is None:
        return []
    oldest = (now - timedelta(days=config.archive.keep_days)).isoformat()
    deleted = []
    for run in history.runs(site):
        path = archive_of(history.run(run.id))
        if run.state in ENDED and run.started_at < oldest and path.is_file():
            path.unlink()
            deleted.append(path)
    return deleted
