"""Runs a patch when a module has been loaded, and not before: the program's own imports decide."""
import importlib
import sys


class _Finder(object):
    def __init__(self, patches):
        self.patches = patches

    def find_spec(self, name, path=None, target=None):
        patch = self.patches.pop(name, None)
        if patch is None:
            return None
        spec = None
        for finder in sys.meta_path:
            if finder is not self and hasattr(finder, "find_spec"):
                spec = finder.find_spec(name, path, target)
                if spec is not None:
                    break
        if spec is not None and spec.loader is not None and hasattr(spec.loader, "exec_module"):
            spec.loader = _Loader(spec.loader, patch)
        return spec


class _Loader(object):
    def __init__(self, loader, patch):
        self.loader = loader
        self.patch = patch

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = self.loader
        module.__loader__ = self.loader
        self.loader.exec_module(module)
        file, function = self.patch
        try:
            getattr(importlib.import_module("_attune_probe." + file), function)(module)
        except Exception as error:  # A version nobody has seen: its help is read instead.
            sys.stderr.write("attune: %s could not be watched: %r\n" % (module.__name__, error))

    def __getattr__(self, name):
        return getattr(self.loader, name)


def install(patches):
    sys.meta_path.insert(0, _Finder(dict(patches)))
