"""Refuses, as a read-only disk and a machine without network would, whatever leaves a trace (PEP 578)."""
import errno
import os
import sys

from . import report

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_NOT_THERE = "os.exec os.posix_spawn os.spawn os.startfile subprocess.Popen pty.spawn webbrowser.open".split()
_NO_FORK = "os.fork os.forkpty".split()
_NO_NETWORK = (
    "socket.connect socket.bind socket.sendto socket.sendmsg socket.getaddrinfo socket.gethostbyname socket.gethostbyaddr "
    "http.client.connect urllib.Request ftplib.connect smtplib.connect imaplib.open poplib.connect telnetlib.Telnet.open "
    "nntplib.connect"
).split()
# Event: which of its arguments are paths, and where the folder that a relative one starts from stands.
_CHANGES = {
    "os.mkdir": ((0,), 2),
    "os.rmdir": ((0,), 1),
    "os.remove": ((0,), 1),
    "os.rename": ((0, 1), 2),
    "os.link": ((0, 1), 2),
    "os.symlink": ((1,), 2),
    "os.truncate": ((0,), None),
    "os.chmod": ((0,), 2),
    "os.chown": ((0,), 3),
    "os.lchown": ((0,), None),
    "os.chflags": ((0,), None),
    "os.utime": ((0,), 3),
    "os.setxattr": ((0,), None),
    "os.removexattr": ((0,), None),
}


class _Guard(object):
    def __init__(self, scratch):
        self.scratch = os.path.realpath(scratch)
        self.inside = False
        self.events = {"open": self.open, "os.system": self.start, "os.kill": self.kill, "os.killpg": self.kill}
        self.events["sqlite3.connect"] = self.database
        for names, refuse in ((_NOT_THERE, self.start), (_NO_FORK, self.fork), (_NO_NETWORK, self.connect)):
            self.events.update(dict.fromkeys(names, refuse))
        for name in _CHANGES:
            self.events[name] = self.change

    def __call__(self, event, args):
        refuse = self.events.get(event)
        if refuse is None or self.inside:
            return
        self.inside = True
        try:
            refuse(event, args)
        finally:
            self.inside = False

    def open(self, event, args):
        path, mode, flags = (tuple(args) + (None, None, None))[:3]
        writes = flags & _WRITES if isinstance(flags, int) else any(c in str(mode) for c in "wax+")
        if writes and not isinstance(path, int):
            self.write(path, -1)

    def change(self, event, args):
        places, folder = _CHANGES[event]
        start = args[folder] if folder is not None and len(args) > folder else -1
        for place in places:
            self.write(args[place], start)

    def write(self, path, folder):
        if self.refuses(path, folder):
            text = path if isinstance(path, int) else os.fsdecode(path)
            report.refused("write", str(text))
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), text)

    def refuses(self, path, folder=-1):
        """Whether a path lies outside the passing folder; a relative one starts from the open folder, if there is one."""
        if isinstance(path, int):
            path, folder = "/proc/self/fd/%d" % path, -1
        text = os.fsdecode(path)
        if text in (os.devnull, "/dev/tty", "/dev/stdout", "/dev/stderr"):
            return False
        if isinstance(folder, int) and folder >= 0 and not os.path.isabs(text):
            text = os.path.join("/proc/self/fd/%d" % folder, text)
        real = os.path.realpath(text)
        return real != self.scratch and not real.startswith(self.scratch + os.sep)

    def start(self, event, args):
        program = args[0] if args else event
        if isinstance(program, bytes):
            program = os.fsdecode(program)
        report.refused("start", str(program))
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(program))

    def fork(self, event, args):
        report.refused("start", "a copy of itself")
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    def connect(self, event, args):
        report.refused("connect", event)
        raise OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH))

    def kill(self, event, args):
        if len(args) > 1 and args[1] == 0:
            return
        report.refused("signal", str(args[0]))
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    def database(self, event, args):
        name = args[0]
        if isinstance(name, (str, bytes)) and os.fsdecode(name) not in ("", ":memory:"):
            self.write(name, -1)


def begin(scratch):
    guard = _Guard(scratch)
    _close_side_doors(guard)
    if os.environ.get("ATTUNE_PROBE_SHADOW") == "1":
        from . import shadow

        shadow.install(guard)
    sys.addaudithook(guard)


def _close_side_doors(guard):
    """What starts programs or makes files without an audit event."""

    def no_start(*args, **_):
        guard.start("fork_exec", args[1:2])

    def no_node(path, *_, **__):
        guard.write(path, -1)

    try:
        import _posixsubprocess

        _posixsubprocess.fork_exec = no_start
    except ImportError:
        pass
    for name in ("mkfifo", "mknod"):
        if hasattr(os, name):
            setattr(os, name, no_node)
    # Programs look at its answer and expect no exception: 127 is the shell's word for "not found".
    os.system = lambda command: report.refused("start", str(command)) or 127 << 8
