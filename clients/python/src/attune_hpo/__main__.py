"""The command line: `attune-hpo run ...`, `python -m attune_hpo run ...`."""

from __future__ import annotations

import os
import sys

from ._node import engine_script, find_node
from .errors import AttuneError


def main() -> None:
    """Becomes the command line of the engine, with the words given."""
    try:
        node, script = find_node(), engine_script()
    except AttuneError as error:
        print(f"attune: {error}", file=sys.stderr)
        sys.exit(69)
    words = [node, script, *sys.argv[1:]]
    if os.name == "nt":
        import subprocess

        sys.exit(subprocess.call(words))
    os.execv(node, words)


if __name__ == "__main__":
    main()
