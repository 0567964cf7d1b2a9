"""Everything that can go wrong for a reason that a user can mend.

* AuditorError
  * ConfigError          a site file or an option is wrong
  * CardError            a rule card is wrong (path, line, why)
  * GatherError          the site cannot be audited
    * Unreachable        no answer from the start page
    * ForbiddenByRobots  robots.txt forbids the start page
    * BrowserMissing     no browser was found
  * StoreError           the database or the artifact folder cannot be used
  * ArchiveError         an archive of a run cannot be used
  * NotifyError          a message could not be delivered

A page that fails is data, not an exception: it is recorded as untested with its reason.
"""

import re
from pathlib import Path

_UNTOLD = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Ends of lines, what a terminal obeys, what turns the direction of writing, and half characters."""


class AuditorError(Exception):
    """A problem told in one line: what, where, and what to do.

    What it quotes may come from anywhere; whatever would not stay on that line, or act on a terminal, is a question
    mark.
    """

    def __init__(self, told: str) -> None:
        super().__init__(_UNTOLD.sub("?", told))


class ConfigError(AuditorError):
    """A site file, or an option, that cannot be used."""


class CardError(AuditorError):
    """A rule card that cannot be used."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}")
        self.path = path
        self.line = line
        self.why = why


class GatherError(AuditorError):
    """The site cannot be audited at all."""


class Unreachable(GatherError):
    """The start page gave no usable answer."""


class ForbiddenByRobots(GatherError):
    """The site's robots.txt forbids the start page."""


class BrowserMissing(GatherError):
    """No browser was found on this machine."""


class StoreError(AuditorError):
    """The database or the folder of artifacts cannot be read or written."""


class ArchiveError(AuditorError):
    """An archive of a run is damaged, or not one."""


class NotifyError(AuditorError):
    """A message could not be delivered. It waits for the next run."""
