"""Keeps a run as evidence: a WACZ that replays, can be judged again, and shows when a byte of it was changed."""

from auditor.archive.check import Damage, check_archive
from auditor.archive.unpack import unpacked
from auditor.archive.wacz import ArchiveInfo, pack
from auditor.archive.warc import Recording

__all__ = ["ArchiveInfo", "Damage", "Recording", "check_archive", "pack", "unpacked"]
