"""What the function or the annotation of an option takes: asked with a few values, because names of functions say little."""
import enum
import typing


def kind_of_function(function, default=None):
    """`int`, `float`, `bool` (`Bool` where it has to be `True`), `truthy`, `text` or `other` for what turns a word into a value."""
    if function is None or function is str:
        return "text"
    if function is bool:
        return "truthy"
    if function in (int, float):
        return function.__name__
    if isinstance(function, type) and issubclass(function, enum.Enum):
        return "choice"
    if not callable(function):
        return "other"
    return _asked(function, default)


def _asked(function, default):
    if _answer(function, "true") is True and _answer(function, "false") is False:
        return "bool"
    if _answer(function, "True") is True and _answer(function, "False") is False:
        return "Bool"
    tried = ["1", "2", "0.5", "0", "10", "-1", "100", "1.5"]
    if isinstance(default, (int, float)) and not isinstance(default, bool):
        tried.insert(0, repr(default))
    answers = [(word, _answer(function, word)) for word in tried]
    numbers = [(word, value) for word, value in answers if _is_number(value)]
    if any(isinstance(value, str) for _, value in answers) or not numbers:
        return "text" if any(isinstance(value, str) for _, value in answers) else "other"
    if any(isinstance(value, float) for _, value in numbers):
        return "float"
    return "int"


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _answer(function, word):
    try:
        return function(word)
    except BaseException:
        return None


def kind_of_annotation(hint):
    """The kind and the choices of a type hint; (None, []) when it is no single value."""
    origin = getattr(hint, "__origin__", None)
    arguments = [a for a in getattr(hint, "__args__", ()) or () if a is not type(None)]
    if hint is bool:
        return "bool", []
    if hint in (int, float):
        return hint.__name__, []
    if hint is str:
        return "text", []
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return "choice", [member.name for member in hint]
    if getattr(typing, "Literal", None) is not None and origin is getattr(typing, "Literal", None):
        return "choice", [a for a in arguments]
    if (origin is typing.Union or type(hint).__name__ == "UnionType") and arguments:
        kinds = [kind_of_annotation(a) for a in arguments]
        if len(kinds) == 1:
            return kinds[0]
        if {kind for kind, _ in kinds} == {"int", "float"}:
            return "float", []
        return None, []
    # jsonargparse's restricted numbers are subclasses of the plain ones.
    for base in (int, float, str):
        if isinstance(hint, type) and issubclass(hint, base):
            return "text" if base is str else base.__name__, []
    return None, []
