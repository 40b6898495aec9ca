"""`python -m attune_hpo.optuna script.py [arguments]`: runs a script written for Optuna as it is."""

from __future__ import annotations

import os
import runpy
import sys

from ._install import install

_USAGE = "python -m attune_hpo.optuna script.py [arguments]   or   python -m attune_hpo.optuna -m module [arguments]"


def main() -> None:
    """Runs the script that the words name."""
    words = sys.argv[1:]
    if not words or words[0] in ("-h", "--help"):
        print(_USAGE, file=sys.stderr if not words else sys.stdout)
        sys.exit(64 if not words else 0)
    install()
    if words[0] == "-m":
        if len(words) < 2:
            sys.exit(f"attune: -m is given no module; write {_USAGE}")
        sys.argv = words[1:]
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
        return
    script = words[0]
    if not os.path.isfile(script):
        print(f"attune: there is no script {script}; write {_USAGE}", file=sys.stderr)
        sys.exit(66)
    sys.argv = words
    sys.path[0] = os.path.dirname(os.path.abspath(script))
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main()
