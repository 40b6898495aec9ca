"""click, and what is built on it: typer, rich-click, cloup."""
import enum
import sys

from . import asks, report, without_question
from .value_type import kind_of_annotation, kind_of_function

_original = {}


def install(core):
    # Before 8.2 the method is inherited from BaseCommand.
    base = next(c for c in reversed(core.Command.__mro__) if "make_context" in c.__dict__)
    original = base.make_context

    def make_context(self, info_name, args, parent=None, **extra):
        if parent is None and not extra.get("resilient_parsing") and asks(args):
            try:
                _meet(self, info_name, args, original, extra, core)
            except Exception as error:  # A version nobody has seen: its help is read instead.
                sys.stderr.write("attune: the options of %s could not be read: %r\n" % (info_name, error))
        return original(self, info_name, args, parent=parent, **extra)

    base.make_context = make_context


def _meet(command, name, args, make_context, extra, core):
    words = without_question(args)
    chain = _chain(command, name, words, make_context, dict(extra, resilient_parsing=True))
    for depth, (context, tail) in enumerate(chain):
        report.write(_entry(context, tail, depth == len(chain) - 1, core))
    report.finish()


def _chain(command, name, words, make_context, extra):
    """The contexts of the command and the subcommands that the words choose, without a callback of any."""
    context = make_context(command, name, list(words), **extra)
    chain = [(context, len(words))]
    while True:
        left = list(getattr(context, "_protected_args", None) or getattr(context, "protected_args", [])) + list(context.args)
        if not left or not hasattr(context.command, "resolve_command"):
            return chain
        try:
            name, command, rest = context.command.resolve_command(context, list(left))
        except BaseException:
            return chain
        if command is None:
            return chain
        tail = len(rest)
        context = make_context(command, name, list(rest), parent=context, resilient_parsing=True)
        chain.append((context, tail))


def _entry(context, tail, final, core):
    command = context.command
    options = []
    for parameter in command.params:
        if parameter.param_type_name == "option" and not _is_help(parameter):
            options.append(_option(parameter, context, core))
        elif parameter.param_type_name == "argument":
            options.append(_argument(parameter, context, core))
    commands = []
    if hasattr(command, "list_commands"):
        try:
            commands = [str(name) for name in command.list_commands(context)][:50]
        except Exception:
            commands = []
    entry = {"parser": "click", "final": final, "tail": tail, "options": options, "commands": commands}
    try:
        entry["help"] = report.text(command.get_help(context), 400000)
    except BaseException:
        entry["help"] = ""
    return entry


def _is_help(parameter):
    return parameter.name in ("help", "version") and bool(getattr(parameter, "is_eager", False))


def _option(option, context, core):
    pair = bool(getattr(option, "is_bool_flag", False) and option.secondary_opts)
    default = _default(option, context, core)
    flags = list(option.opts)
    secret = bool(getattr(option, "hide_input", False)) or report.is_secret(option.name, *flags)
    entry = {
        "flags": flags,
        "off": list(option.secondary_opts) if pair else [],
        "dest": str(option.name),
        "many": bool(option.multiple) or option.nargs != 1,
        "required": bool(option.required),
        "default": {"secret": True} if secret else default,
        "help": report.text(getattr(option, "help", None)),
        "hidden": bool(getattr(option, "hidden", False)),
        "metavar": report.text(option.metavar) if option.metavar else None,
        "excludes": [],
    }
    entry.update(_kind(option, pair, context))
    if entry["kind"] in ("switch", "pair") and entry["default"] is None and isinstance(entry.get("sets", True), bool):
        entry["default"] = not entry.get("sets", True)
    return entry


def _argument(argument, context, core):
    entry = {
        "flags": [],
        "off": [],
        "dest": str(argument.name),
        "many": argument.nargs != 1,
        "required": bool(argument.required),
        "default": _default(argument, context, core),
        "help": report.text(getattr(argument, "help", None)),
        "hidden": False,
        "metavar": report.text(argument.metavar) if argument.metavar else None,
        "excludes": [],
    }
    entry.update(_typed(argument, context))
    return entry


def _default(parameter, context, core):
    try:
        value = parameter.get_default(context, call=False)
    except BaseException:
        value = parameter.default
    unset = getattr(core, "UNSET", None)
    if value is None or value is unset or type(value).__name__ in ("Sentinel", "_Missing", "DefaultPlaceholder"):
        return None
    if callable(value) and not isinstance(value, enum.Enum):
        return {"other": "computed"}
    if isinstance(value, (str, int, float)) and not isinstance(value, (bool, enum.Enum)):
        kind = getattr(getattr(parameter, "type", None), "name", "")
        try:
            if kind.startswith(("integer", "float", "boolean")):
                value = parameter.type.convert(value, parameter, context)
        except BaseException:
            pass
    return report.plain(value)


def _kind(option, pair, context):
    if pair:
        return {"kind": "pair"}
    if getattr(option, "count", False):
        return {"kind": "count"}
    if getattr(option, "is_flag", False):
        value = getattr(option, "flag_value", True)
        if getattr(option, "is_bool_flag", False) and not isinstance(value, bool):
            value = True
        return {"kind": "switch", "sets": report.plain(value)}
    return _typed(option, context)


def _typed(parameter, context):
    if hasattr(parameter, "type_descriptor"):
        return _described(parameter)
    kind = parameter.type
    name = str(getattr(kind, "name", ""))
    if hasattr(kind, "choices"):
        return {"kind": "choice", "choices": [_choice(kind, choice) for choice in kind.choices]}
    if hasattr(kind, "min") and hasattr(kind, "max"):
        bounds = [_bound(kind.min), _bound(kind.max)]
        opens = [bool(getattr(kind, "min_open", False)), bool(getattr(kind, "max_open", False))]
        return {"kind": "int" if name.startswith("integer") else "float", "bounds": bounds, "open": opens}
    known = {"integer": "int", "float": "float", "boolean": "bool", "text": "text"}
    if name in known:
        return {"kind": known[name]}
    function = getattr(kind, "func", None)
    if function is not None:
        return {"kind": kind_of_function(function)}
    return {"kind": "text" if name in ("path", "file", "filename", "directory", "uuid") else "other", "type": name}


def _described(parameter):
    """A parameter of a typer that has a click of its own (0.26 and later): it keeps the annotation."""
    descriptor = parameter.type_descriptor
    choices = getattr(descriptor, "choices", None)
    if choices:
        return {"kind": "choice", "choices": [report.plain(choice) for choice in choices]}
    annotation = descriptor.annotation
    many = bool(descriptor.is_list or descriptor.is_tuple)
    kind, listed = kind_of_annotation(annotation)
    found = {"kind": kind or "other", "many": many or bool(getattr(parameter, "multiple", False))}
    if listed:
        found["choices"] = [report.plain(choice) for choice in listed]
    function = getattr(descriptor.parameter_info, "parser", None)
    if function is not None:
        found["kind"] = kind_of_function(function)
    bounds = [_bound(getattr(parameter, "min", None)), _bound(getattr(parameter, "max", None))]
    if kind in ("int", "float") and bounds != [None, None]:
        found["bounds"] = bounds
    return found


def _bound(value):
    return value if isinstance(value, (int, float)) else None


def _choice(kind, choice):
    if isinstance(choice, enum.Enum):
        normal = getattr(kind, "normalize_choice", None)
        try:
            return report.plain(normal(choice, None)) if normal is not None else report.plain(choice)
        except Exception:
            return report.plain(choice.name)
    return report.plain(choice)
