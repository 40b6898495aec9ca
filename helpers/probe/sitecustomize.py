"""Python loads this file at its start when `attune init` asks a program for its options: the folder is on PYTHONPATH."""
import os
import sys

_HERE = os.path.dirname(os.path.abspath(__file__))


def _chain():
    """Runs the sitecustomize that this one stands in front of."""
    from importlib.machinery import PathFinder
    from importlib.util import module_from_spec

    spec = PathFinder.find_spec("sitecustomize", sys.path)
    if spec is None or spec.loader is None:
        return
    module = module_from_spec(spec)
    sys.modules["sitecustomize"] = module
    spec.loader.exec_module(module)


def _begin():
    report = os.environ.get("ATTUNE_PROBE")
    if report and sys.version_info >= (3, 8):
        from _attune_probe import begin

        begin(report)
    sys.path[:] = [folder for folder in sys.path if os.path.abspath(folder or ".") != _HERE]
    _chain()


_begin()
