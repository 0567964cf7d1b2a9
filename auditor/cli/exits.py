"""Exit codes."""

from enum import IntEnum


class Exit(IntEnum):
    """What the command's exit code says."""

    NOTHING_FOUND = 0
    """Nothing at or above --fail-on."""
    FOUND = 1
    """Findings at or above --fail-on."""
    COULD_NOT_AUDIT = 2
    """Could not audit, or audited too little to say. Click's own usage errors are 2 as well."""
