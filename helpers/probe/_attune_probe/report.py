"""What was found, a JSON object on each line of a file."""
import enum
import json
import math
import os

_path = None
_refusals = 0
_SECRET = ("password", "passwd", "secret", "token", "apikey", "api_key", "api-key", "access_key", "access-key", "credential")
_LONGEST = 2000


def begin(path):
    global _path
    _path = path


def write(entry):
    # Surrogates of undecodable names are escaped, so that the line is valid text whatever it holds.
    data = (json.dumps(entry, ensure_ascii=True) + "\n").encode("ascii")
    file = os.open(_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(file, data)
    finally:
        os.close(file)


def refused(kind, what):
    global _refusals
    _refusals += 1
    if _refusals <= 20:
        write({"refused": kind, "what": what[:200]})


def finish():
    """Ends the program where it stands: nothing behind the parser happens, no handler at the end either."""
    write({"done": True})
    os._exit(0)


def is_secret(*names):
    return any(word in str(name).lower() for name in names if name for word in _SECRET)


def _leaks(text):
    """Whether a text is the value of a secret variable, which programs take as defaults."""
    return len(text) > 3 and any(value == text and is_secret(name) for name, value in os.environ.items())


def plain(value):
    """A default as JSON has it; `{"other": type}` for what JSON has not."""
    if isinstance(value, enum.Enum):
        return plain(value.value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value) if abs(value) < 1 << 53 else {"other": "int"}
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else {"number": repr(float(value))}
    if isinstance(value, (str, bytes)):
        text = value if isinstance(value, str) else value.decode("utf-8", "replace")
        return {"secret": True} if _leaks(text) else text[:_LONGEST]
    if isinstance(value, os.PathLike):
        return plain(os.fspath(value))
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in list(value)[:100]]
    for convert in (_from_numpy,):
        found = convert(value)
        if found is not None:
            return found
    return {"other": type(value).__name__}


def _from_numpy(value):
    if type(value).__module__.split(".")[0] == "numpy" and hasattr(value, "item") and getattr(value, "ndim", 1) == 0:
        return plain(value.item())
    return None


def text(value, longest=_LONGEST):
    return "" if value is None else str(value)[:longest]
