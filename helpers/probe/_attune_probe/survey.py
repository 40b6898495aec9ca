"""Says what a Python program is made of, without running it: `python survey.py KIND TARGET`, KIND script, entry, module or code.

Prints one JSON object: the signs of an option parser in the source and in what it imports of its own, the calls that parse,
and the constants at its top.
"""
import ast
import json
import os
import sys
import time

_LIBRARIES = set(
    "argparse click typer fire absl optparse getopt docopt docopt_ng hydra jsonargparse tyro simple_parsing configargparse plac cyclopts"
    " cleo clize defopt tap rich_click asyncclick cloup gflags argh cliff cement knack begin baker invoke sacred ml_collections"
    " datargs pydantic_settings pydantic_cli argparse_dataclass lightning.cli".split()
)
_NAMES = {"HfArgumentParser", "LightningCLI", "ArgumentParser", "CliApp"}
_PARSING = {"parse_args", "parse_known_args", "parse_intermixed_args", "parse_args_into_dataclasses", "parse_known_intermixed_args"}
_MOST_FILES = 300
_MOST_SECONDS = 10


class _Survey(object):
    def __init__(self, own):
        self.own = own
        self.libraries = set()
        self.parse_calls = 0
        self.argv = False
        self.seen = set()
        self.queue = []
        self.cut = False

    def follow(self, path, package):
        real = os.path.realpath(path)
        if real not in self.seen:
            self.seen.add(real)
            self.queue.append((path, package))

    def run(self):
        start = time.time()
        while self.queue:
            if len(self.seen) > _MOST_FILES or time.time() - start > _MOST_SECONDS:
                self.cut = True
                return
            path, package = self.queue.pop(0)
            source = _source(path)
            if source is not None:
                self.read(source, package)

    def read(self, source, package):
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError):
            return
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    self.imported(alias.name, ())
            elif isinstance(node, ast.ImportFrom):
                self.imported(_absolute(node, package), [alias.name for alias in node.names])
            elif isinstance(node, ast.Attribute):
                if node.attr == "argv" and getattr(node.value, "id", "") == "sys":
                    self.argv = True
            elif isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                self.parse_calls += name in _PARSING
                if name in ("load_entry_point", "entry_points"):
                    self.libraries.add("an entry point")
            elif isinstance(node, ast.Constant) and node.value == "--help":
                self.argv = True

    def imported(self, name, names):
        if not name:
            return
        top = name.split(".")[0]
        if top in _LIBRARIES or name in _LIBRARIES:
            self.libraries.add(top)
        for found in _NAMES.intersection(names):
            self.libraries.add(found)
        for candidate in [name] + [name + "." + n for n in names if n != "*"]:
            self.resolve(candidate)

    def resolve(self, name):
        """Follows a module of the program's own, found without importing anything."""
        parts = name.split(".")
        path = _find(parts[0], None)
        if path is None or not self.is_own(parts[0], path):
            return
        for depth in range(1, len(parts) + 1):
            if path is None:
                return
            self.follow(path, ".".join(parts[:depth]) if path.endswith("__init__.py") else ".".join(parts[: depth - 1]))
            if depth < len(parts):
                path = _find(parts[depth], os.path.dirname(path)) if path.endswith("__init__.py") else None

    def is_own(self, top, path):
        if self.own is not None:
            return top in self.own
        folders = os.path.realpath(path).split(os.sep)
        return not {"site-packages", "dist-packages"}.intersection(folders) and not _is_standard(path)


def _is_standard(path):
    return os.path.realpath(path).startswith(os.path.realpath(os.path.dirname(os.__file__)) + os.sep)


def _find(name, folder):
    """The source of a module or package: in a folder, or anywhere on the path."""
    if folder is not None:
        for path in (os.path.join(folder, name, "__init__.py"), os.path.join(folder, name + ".py")):
            if os.path.isfile(path):
                return path
        return None
    for place in sys.path:
        found = _find(name, place or os.getcwd())
        if found is not None:
            return found
    try:
        from importlib.util import find_spec

        spec = find_spec(name)
    except Exception:
        return None
    origin = getattr(spec, "origin", None)
    return origin if origin and origin.endswith(".py") else None


def _absolute(node, package):
    if not node.level:
        return node.module
    parts = package.split(".") if package else []
    parts = parts[: len(parts) - node.level + 1]
    return ".".join(parts + ([node.module] if node.module else []))


def _source(path):
    try:
        with open(path, "rb") as file:
            return file.read(4000000)
    except OSError:
        return None


def _module_file(name):
    """What `-m` runs: (path, package), or (None, "")."""
    path, parts = None, name.split(".")
    for depth, part in enumerate(parts):
        path = _find(part, None if depth == 0 else os.path.dirname(path))
        if path is None:
            return None, ""
    if path.endswith("__init__.py"):
        inner = os.path.join(os.path.dirname(path), "__main__.py")
        return (inner, name) if os.path.isfile(inner) else (None, "")
    return path, ".".join(parts[:-1])


def _imports_of(source):
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return set()
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def main(kind, target):
    package, path = "", target
    sys.path[0] = os.getcwd() if kind in ("module", "code") else os.path.dirname(os.path.realpath(target))
    if kind == "module":
        path, package = _module_file(target)
    source = target.encode("utf-8") if kind == "code" else _source(path) if path else None
    own = None
    if kind == "module":
        own = {target.split(".")[0]}
    elif kind == "entry" and source is not None:
        own = {name for name in _imports_of(source) if not _is_standard(_find(name, None) or os.__file__)}
    survey = _Survey(own)
    found = {"version": list(sys.version_info[:2]), "executable": sys.executable, "file": path, "found": source is not None}
    if source is not None:
        if path and kind != "code":
            survey.seen.add(os.path.realpath(path))
        survey.read(source, package)
        from constants import constants
        from report import is_secret

        found.update(constants(source.decode("utf-8", "replace")))
        found["constants"] = [constant for constant in found["constants"] if not is_secret(constant["name"])]
        survey.run()
    found.update(libraries=sorted(survey.libraries), parseCalls=survey.parse_calls, argv=survey.argv, cut=survey.cut)
    print("\n" + json.dumps(found))


if __name__ == "__main__":
    sys.path.append(os.path.dirname(os.path.abspath(__file__)))
    main(sys.argv[1], sys.argv[2])
