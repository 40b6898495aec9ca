"""argparse, and what is built on it: configargparse, plac, simple_parsing, HfArgumentParser, tyro, jsonargparse, Hydra."""
import argparse
import enum
import os
import sys
import threading
import time

from . import asks, own_words, report, without_question
from .value_type import kind_of_annotation, kind_of_function

_PARSING = {"parse_args", "parse_intermixed_args", "parse_known_intermixed_args"}
# Libraries that ask for the known arguments in place of all.
_LAST = {"tyro", "transformers", "tap"}
_WAIT_SECONDS = 20
_original = {}
_walking = []
# Parsers met before, which go on with the question among their words.
_passing = []


class _Met(BaseException):
    """Carries a walk out of the program's own parse."""


def install():
    parser = argparse.ArgumentParser
    for name in ("parse_args", "parse_intermixed_args", "parse_known_args", "error"):
        _original[name] = getattr(parser, name)
    parser.parse_args = _parse_args
    parser.parse_intermixed_args = _parse_intermixed_args
    parser.parse_known_args = _parse_known_args
    parser.error = _error
    _original["help"] = argparse._HelpAction.__call__
    _original["core"] = parser._parse_known_args
    argparse._HelpAction.__call__ = _help
    parser._parse_known_args = _core


def _parse_args(self, args=None, namespace=None):
    words = own_words() if args is None else list(args)
    if not _walking and asks(words):
        _meet(self, words, final=True)
    return _original["parse_args"](self, args, namespace)


def _parse_intermixed_args(self, args=None, namespace=None):
    words = own_words() if args is None else list(args)
    if not _walking and asks(words):
        _meet(self, words, final=True)
    return _original["parse_intermixed_args"](self, args, namespace)


def _parse_known_args(self, args=None, namespace=None, **more):
    words = own_words() if args is None else list(args)
    if _walking or not asks(words):
        return _original["parse_known_args"](self, args, namespace, **more)
    final = _is_final(self)
    _meet(self, words, final)
    question = [word for word in words if word not in without_question(words)]
    if not isinstance(self._option_string_actions.get(question[0]), argparse._HelpAction):
        _passing.append(self)
        try:
            return _original["parse_known_args"](self, args, namespace, **more)
        finally:
            _passing.pop()
    # Its own help would end the program here.
    found, rest = _original["parse_known_args"](self, without_question(words), namespace, **more)
    return found, list(rest) + question


def _is_final(parser):
    """Called by a parse_args of its own, or the only call that the sources hold."""
    if os.environ.get("ATTUNE_PROBE_ONE_PARSE") == "1":
        return True
    frame = sys._getframe(2)
    if str(frame.f_globals.get("__name__")).split(".")[0] in _LAST:
        return True
    while frame is not None:
        if frame.f_code.co_name in _PARSING and frame.f_locals.get("self") is parser:
            return True
        frame = frame.f_back
    return False


def _meet(parser, words, final, parse=None):
    chain = _walk(parser, words, parse or (lambda: _original["parse_known_args"](parser, list(words), argparse.Namespace())))
    for depth, (met, tail) in enumerate(chain):
        report.write(_entry(met, tail, final and depth == len(chain) - 1))
    if final:
        report.finish()
    _wait()


def _walk(parser, words, parse):
    """The parser and the subparsers that the words choose, each with the number of words that are left for it."""
    chain = [(parser, len(without_question(words)))]
    _walking.append(chain)
    try:
        parse()
    except (_Met, SystemExit, Exception):
        pass
    finally:
        _walking.pop()
    return chain


def _core(self, arg_strings, namespace, *more, **named):
    """All parsers come here, those of classes with a parse_args of their own (jsonargparse) with the question among the words."""

    def parse():
        return _original["core"](self, arg_strings, namespace, *more, **named)

    if _walking:
        if _walking[-1][-1][0] is not self:
            _walking[-1].append((self, len(without_question(arg_strings))))
    elif asks(arg_strings) and self not in _passing:
        _meet(self, arg_strings, True, parse)
    return parse()


def _help(self, parser, namespace, values, option_string=None):
    if _walking:
        raise _Met()
    return _original["help"](self, parser, namespace, values, option_string)


def _error(self, message):
    if _walking:
        raise _Met()
    return _original["error"](self, message)


_waits = []


def _wait():
    """A parser that need not be the last: whatever follows gets some time to build another, and no more."""
    if _waits:
        return
    _waits.append(True)

    def end():
        time.sleep(_WAIT_SECONDS)
        report.finish()

    thread = threading.Thread(target=end)
    thread.daemon = True
    thread.start()


def _entry(parser, tail, final):
    groups = {}
    for group in getattr(parser, "_mutually_exclusive_groups", []):
        members = [a.option_strings for a in group._group_actions if a.option_strings]
        for action in group._group_actions:
            groups[id(action)] = [names[-1] for names in members if names is not action.option_strings]
    options = []
    commands = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            commands = [str(name) for name in action.choices][:50]
        elif not isinstance(action, (argparse._HelpAction, argparse._VersionAction)):
            options.append(_option(parser, action, groups.get(id(action), [])))
    entry = {"parser": _family(parser), "final": final, "tail": tail, "options": options, "commands": commands}
    try:
        entry["help"] = report.text(parser.format_help(), 400000)
    except Exception:
        entry["help"] = ""
    return entry


def _family(parser):
    strings = getattr(parser, "_option_string_actions", {})
    if "--hydra-help" in strings and "--cfg" in strings:
        return "hydra"
    if "--print_config" in strings and type(parser).__module__.split(".")[0] in ("jsonargparse", "lightning", "pytorch_lightning"):
        return "jsonargparse"
    return "argparse"


def _option(parser, action, excludes):
    default = action.default
    if isinstance(default, str) and action.type is not None and callable(action.type):
        # As argparse does when the option is not given.
        try:
            default = action.type(default)
        except BaseException:
            default = action.default
    if default is argparse.SUPPRESS:
        default = None
    kind, more = _kind(action, default)
    flags = list(action.option_strings)
    off = more.pop("off", [])
    entry = {
        "flags": [flag for flag in flags if flag not in off],
        "off": off,
        "dest": str(action.dest),
        "kind": kind,
        "many": _is_many(action),
        "required": bool(action.required),
        "default": {"secret": True} if report.is_secret(action.dest, *flags) else report.plain(default),
        "help": "" if action.help is argparse.SUPPRESS else _help_text(parser, action),
        "hidden": action.help is argparse.SUPPRESS,
        "metavar": report.text(action.metavar) if isinstance(action.metavar, str) else None,
        "excludes": excludes,
    }
    entry.update(more)
    return entry


def _help_text(parser, action):
    try:
        return report.text(parser._get_formatter()._expand_help(action)) if action.help else ""
    except Exception:
        return report.text(action.help)


def _is_many(action):
    appends = isinstance(action, argparse._AppendAction) or type(action).__name__ in ("_ExtendAction", "_AppendConstAction")
    return appends or action.nargs not in (None, "?", 0)


def _kind(action, default):
    optional = getattr(argparse, "BooleanOptionalAction", None)
    off = [flag for flag in action.option_strings if flag.startswith("--no-")]
    if optional is not None and isinstance(action, optional):
        return "pair", {"off": off}
    if isinstance(action, argparse._CountAction):
        return "count", {}
    if isinstance(action, argparse._StoreConstAction) or action.nargs == 0:
        const = getattr(action, "const", None)
        on = getattr(action, "default", None)
        is_const = isinstance(action, argparse._StoreConstAction)
        if not is_const and off and len(off) < len(action.option_strings):
            return "pair", {"off": off}
        if isinstance(const, bool) and (isinstance(on, bool) or on in (None, argparse.SUPPRESS)):
            return "switch", {"sets": const}
        return ("switch", {"sets": report.plain(const)}) if const is not None else ("action", {})
    hint = getattr(action, "_typehint", None)
    if hint is not None:
        kind, choices = kind_of_annotation(hint)
        return (kind or "other"), ({"choices": [report.plain(c) for c in choices]} if choices else {})
    return _stored(action, default)


def _stored(action, default):
    kind = kind_of_function(action.type, default)
    if action.choices is not None:
        return _chosen(action, kind)
    if kind == "choice":
        return "choice", {"choices": [report.plain(member.value) for member in action.type]}
    if kind == "text" and action.type is None and isinstance(default, (int, float)) and not isinstance(default, bool):
        # Nothing turns the text into a number, yet numbers are what the program works with.
        return type(default).__name__, {"untyped": True}
    if kind == "text" and action.type is None and isinstance(default, bool):
        return "truthy", {}
    return kind, {}


def _chosen(action, kind):
    choices = action.choices
    if isinstance(choices, range) and choices.step == 1 and len(choices) > 8:
        return "int", {"bounds": [choices.start, choices.stop - 1]}
    try:
        values = list(choices)
    except TypeError:
        return kind, {}
    if len(values) > 200:
        return kind, {}
    texts = [_choice_text(action, value) for value in values]
    return ("choice" if kind not in ("int", "float") else kind), {"choices": texts}


def _choice_text(action, value):
    if isinstance(value, enum.Enum):
        for text in (value.value, value.name, str(value)):
            try:
                if action.type(str(text)) == value:
                    return report.plain(str(text))
            except BaseException:
                continue
    return report.plain(value)
