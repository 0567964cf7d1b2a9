"""Takes the run out of an archive, so that it can be judged again."""

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from auditor.archive.check import check_archive
from auditor.errors import ArchiveError

_FORMATS_OWN = ("archive/", "indexes/", "pages/", "datapackage")
_MOST_BYTES = 20 * 1024**3


@contextmanager
def unpacked(path: Path) -> Iterator[Path]:
    """A folder with everything in the archive at *path* but what its format asks for; it is gone afterwards.

    Raises:
        ArchiveError: the archive is damaged, or its names would lead outside the folder.
    """
    _, damages = check_archive(path)
    if damages:
        first = damages[0]
        what = f"{first.path}: {first.what}" if first.path else "bytes of the file are not what they were"
        raise ArchiveError(f"{path}: the archive is damaged ({what}); auditor evidence verify tells all of it")
    with tempfile.TemporaryDirectory(prefix="auditor-") as name:
        folder = Path(name)
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MOST_BYTES:
                raise ArchiveError(f"{path}: the archive is larger than 20 GB unpacked")
            for entry in archive.infolist():
                if not entry.filename.startswith(_FORMATS_OWN) and not entry.is_dir():
                    target = folder / _safe(entry.filename, path)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    with archive.open(entry) as source, target.open("wb") as copy:
                        shutil.copyfileobj(source, copy, 1 << 20)
        yield folder


def _safe(name: str, path: Path) -> str:
    parts = PurePosixPath(name).parts
    if not parts or any(part in ("..", "/") or "\\" in part or ":" in part for part in parts):
        raise ArchiveError(f"{path}: a name in the archive leads outside it; nothing was unpacked from it")
    return "/".join(parts)
