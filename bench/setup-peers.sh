#!/bin/sh
# Makes the Python environments of the peers that the benchmarks measure against: bench/.venv (Optuna, CMA-ES, scikit-learn), which
# must succeed, and one for each of the others (bench/.venv-NAME), which may fail: that peer is then missing, nothing else.
# bench/setup-peers.sh [NAME...]: only these of the others (smac3, ax, hebo, rustuna, objectives; "none" for none).
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)

# What stands in requirements-NAME-alone.txt is installed without what it asks for.
environment() {
    pip="$here/.venv$1/bin/pip"
    python3 -m venv "$here/.venv$1" && "$pip" install --quiet --requirement "$here/peers/requirements$1.txt" || return 1
    alone="$here/peers/requirements$1-alone.txt"
    [ ! -e "$alone" ] || "$pip" install --quiet --no-deps --requirement "$alone"
}

environment ""
"$here/.venv/bin/python" -c 'import optuna; print("optuna", optuna.__version__)'
for name in ${*:-smac3 ax hebo rustuna objectives}; do
    [ "$name" = none ] && continue
    if environment "-$name"; then echo "$name installed"; else echo "$name could not be installed" >&2; fi
done
