"""Python Fire: options are the parameters of a function, told by its signature."""
import inspect

from . import asks, own_words, report, without_question
from .value_type import kind_of_annotation


def install(module):
    original = module.Fire

    def fire(component=None, command=None, name=None, **more):
        words = own_words() if command is None else (command.split() if isinstance(command, str) else list(command))
        if asks(words):
            frame = inspect.currentframe()
            _meet(component if component is not None else dict(frame.f_back.f_globals), without_question(words))
        return original(component=component, command=command, name=name, **more)

    module.Fire = fire


def _meet(component, words):
    options, commands = [], []
    left = list(words)
    tail = len(left)
    while True:
        function = component if callable(component) else None
        if function is not None:
            options.append((tail, _options(function)))
        members = _members(component)
        chosen = next((i for i, word in enumerate(left) if word.replace("-", "_") in members), None)
        if chosen is None or (function is not None and not inspect.isclass(component)):
            commands = [] if function is not None and not inspect.isclass(component) else sorted(members)[:50]
            break
        component = members[left[chosen].replace("-", "_")]
        left = left[chosen + 1 :]
        tail = len(left)
    for depth, (at, found) in enumerate(options):
        last = depth == len(options) - 1
        entry = {"parser": "fire", "final": last, "tail": at, "options": found, "help": ""}
        report.write(dict(entry, commands=commands if last else []))
    if not options:
        report.write({"parser": "fire", "final": True, "tail": tail, "options": [], "commands": commands, "help": ""})
    report.finish()


def _members(component):
    if isinstance(component, dict):
        return {str(name): value for name, value in component.items() if not str(name).startswith("_")}
    if inspect.isroutine(component):
        return {}
    return {name: getattr(component, name, None) for name in dir(component) if not name.startswith("_")}


def _options(function):
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return []
    found = []
    for parameter in signature.parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD) or parameter.name == "self":
            continue
        found.append(_option(parameter))
    return found


def _option(parameter):
    missing = parameter.default is inspect.Parameter.empty
    default = None if missing else parameter.default
    kind, choices = kind_of_annotation(parameter.annotation)
    if kind is None and not missing:
        kind = {bool: "bool", int: "int", float: "float", str: "text"}.get(type(default))
    kind = "Bool" if kind == "bool" else kind
    entry = {
        "flags": ["--" + parameter.name],
        "off": [],
        "dest": parameter.name,
        "kind": kind or "other",
        "many": isinstance(default, (list, tuple, dict)),
        "required": missing,
        "default": {"secret": True} if report.is_secret(parameter.name) else report.plain(default),
        "help": "",
        "hidden": False,
        "metavar": None,
        "excludes": [],
        "joined": True,
    }
    return dict(entry, choices=[report.plain(choice) for choice in choices]) if choices else entry
