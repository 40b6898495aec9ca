#!/bin/sh
# Makes bench/.venv with the Python peers that the benchmarks measure against.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
python3 -m venv "$here/.venv"
"$here/.venv/bin/pip" install --quiet --requirement "$here/peers/requirements.txt"
"$here/.venv/bin/python" -c 'import optuna; print("optuna", optuna.__version__)'
