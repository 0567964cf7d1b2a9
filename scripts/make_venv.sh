#!/bin/sh
# Makes the virtual environment with the locked dependencies. Usage: make_venv.sh PYTHON FOLDER
set -eu
python=$1
folder=$2

"$python" - <<'CHECK' || exit 2
import sys
if sys.version_info < (3, 11):
    sys.exit(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}; name one with: make PYTHON=python3.11")
CHECK

if ! [ -x "$folder/bin/python" ]; then
    echo "Making the virtual environment $folder"
    if ! "$python" -m venv "$folder" 2>/dev/null; then
        rm -rf "$folder"
        if [ "$(id -u)" = 0 ]; then sudo=""; elif sudo -n true 2>/dev/null; then sudo="sudo"; else
            echo "Python's venv module is missing; install it with: sudo apt-get install python3-venv" >&2
            exit 2
        fi
        $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
        "$python" -m venv "$folder"
    fi
fi
echo "Installing the locked dependencies"
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
"$folder/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
