"""Runs a command of the auditor in this process, and prints what that took as a last line of JSON.

python -m benchmarks.one_command audit SITE --output FOLDER --database FILE
"""

import json
import resource
import sys

from auditor.cli import main as command
from benchmarks.processes import Watch


def main() -> None:
    """Prints seconds of processor time of this process and of what it started, its peak memory in MB, and its code."""
    code: object = 0
    with Watch() as watch:
        try:
            command(sys.argv[1:], prog_name="auditor")
        except SystemExit as ended:
            code = ended.code
        used = watch.used()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"own": used.own, "others": used.others, "peak": peak, "code": code}))


if __name__ == "__main__":
    main()
