"""Puts the engine (the built JavaScript) into the package, and into the sdist, of which the wheel is made without Node."""

from __future__ import annotations

import os
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PARTS = ("bin", "dist", "helpers", "package.json", "LICENSE")
LEFT_OUT = (".d.ts", ".map")


class EngineHook(BuildHookInterface):
    """Carries `bin`, `dist` and what they need from the repository, or from the sdist."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        carried = os.path.join(self.root, "engine")
        source = carried if os.path.isdir(carried) else os.path.join(self.root, "..", "..")
        target = "engine" if self.target_name == "sdist" else "attune_hpo/_engine"
        if not os.path.isfile(os.path.join(source, "dist", "bin", "attune.js")) and not os.path.isdir(
            os.path.join(source, "dist", "bin")
        ):
            raise RuntimeError("The engine is not built: run `npm run build` in the repository first.")
        for part in PARTS:
            for file in files_of(os.path.join(source, part)):
                name = os.path.relpath(file, source).replace(os.sep, "/")
                if not name.endswith(LEFT_OUT) and name != "dist/browser.js":
                    build_data["force_include"][os.path.abspath(file)] = f"{target}/{name}"


def files_of(path: str) -> list[str]:
    """All files below a folder, or the file itself."""
    if os.path.isfile(path):
        return [path]
    return sorted(os.path.join(folder, name) for folder, _, names in os.walk(path) for name in names)
