"""A second try for programs that cannot do without writing before their parser: what they write goes to a passing folder."""
import builtins
import io
import os


def install(guard):
    shadow = _Shadow(guard)
    _swap(builtins, "open", shadow.open)
    io.open = builtins.open
    _swap(os, "open", shadow.os_open)
    _swap(os, "mkdir", shadow.mkdir)
    _swap(os, "rename", shadow.rename)
    _swap(os, "replace", shadow.rename)


def _swap(module, name, wrap):
    original = getattr(module, name)

    def call(*args, **named):
        return wrap(original, *args, **named)

    setattr(module, name, call)


class _Shadow(object):
    def __init__(self, guard):
        self.guard = guard
        self.folder = os.path.join(guard.scratch, "shadow")
        self.original_mkdir = os.mkdir

    def place(self, path):
        """Where a path is kept instead; None where it may be written as it is."""
        if isinstance(path, int) or not self.guard.refuses(path):
            return None
        place = self.folder + os.path.abspath(os.fsdecode(path))
        self.make(os.path.dirname(place))
        return place

    def make(self, folder):
        if not os.path.isdir(folder):
            self.make(os.path.dirname(folder))
            self.original_mkdir(folder)

    def open(self, original, file, mode="r", *args, **named):
        place = self.place(file) if any(c in mode for c in "wax") else self.written(file)
        return original(file if place is None else place, mode.replace("x", "w") if place else mode, *args, **named)

    def written(self, file):
        """What was written before and is read now."""
        if isinstance(file, int) or os.path.exists(file):
            return None
        place = self.folder + os.path.abspath(os.fsdecode(file))
        return place if os.path.exists(place) else None

    def os_open(self, original, path, flags, *args, **named):
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        place = self.place(path) if writes and "dir_fd" not in named else None
        return original(path if place is None else place, flags & ~os.O_EXCL if place else flags, *args, **named)

    def mkdir(self, original, path, *args, **named):
        place = None if "dir_fd" in named else self.place(path)
        if place is None:
            return original(path, *args, **named)
        if os.path.isdir(path):
            raise FileExistsError(17, os.strerror(17), os.fsdecode(path))
        return self.make(place)

    def rename(self, original, source, target, **named):
        return original(self.written(source) or source, self.place(target) or target, **named)
