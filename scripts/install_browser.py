"""Makes sure that there is a browser: the configured one, else Playwright's own, else the system's, else from apt."""

import os
import shutil
import subprocess
import sys

from auditor.errors import AuditorError
from auditor.gather.check_up import check_up
from auditor.model.config import AxeConfig, BrowserConfig


def browser_starts() -> str:
    """Empty if a browser starts; else why not."""
    try:
        check_up(BrowserConfig(), AxeConfig())
    except AuditorError as error:
        return str(error)
    return ""


def install_from_apt() -> bool:
    """Installs Debian's Chromium where root or a password-free sudo allows, without a surface if there is such."""
    if not shutil.which("apt-get"):
        return False
    if os.geteuid() == 0:
        prefix = []
    elif shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
        prefix = ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive"]
    else:
        return False
    print("Installing Chromium from the system's packages", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}

    def apt(*command: str) -> bool:
        said = subprocess.run([*prefix, "apt-get", *command], capture_output=True, env=environment)
        return said.returncode == 0

    install = ("install", "-y", "-qq", "--no-install-recommends", "fonts-dejavu-core")
    return apt("update", "-qq") and (apt(*install, "chromium-headless-shell") or apt(*install, "chromium"))


def main() -> int:
    """0 if a browser starts in the end."""
    reason = browser_starts()
    if not reason:
        return 0
    if install_from_apt():
        reason = browser_starts()
    if reason:
        print(reason, file=sys.stderr)
    return 2 if reason else 0


if __name__ == "__main__":
    sys.exit(main())
