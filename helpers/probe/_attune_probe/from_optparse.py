"""optparse, which older programs use."""
from . import asks, own_words, report

_original = {}


def install(optparse):
    _original["parse_args"] = optparse.OptionParser.parse_args
    _original["no_default"] = optparse.NO_DEFAULT
    optparse.OptionParser.parse_args = _parse_args


def _parse_args(self, args=None, values=None):
    words = own_words() if args is None else list(args)
    if not asks(words):
        return _original["parse_args"](self, args, values)
    groups = [self] + list(self.option_groups)
    options = [_option(self, option) for group in groups for option in group.option_list]
    tail = len(words) - 1
    entry = {"parser": "optparse", "final": True, "tail": tail, "commands": []}
    entry["options"] = [option for option in options if option is not None]
    try:
        entry["help"] = report.text(self.format_help(), 400000)
    except Exception:
        entry["help"] = ""
    report.write(entry)
    report.finish()


def _option(parser, option):
    if option.action in ("help", "version"):
        return None
    flags = option._long_opts + option._short_opts
    default = parser.defaults.get(option.dest)
    if isinstance(default, str) and option.type in ("int", "long", "float"):
        default = float(default) if option.type == "float" else int(default, 0)
    entry = {
        "flags": flags,
        "off": [],
        "dest": str(option.dest),
        "many": option.action == "append" or (option.nargs or 1) > 1,
        "required": False,
        "default": {"secret": True} if report.is_secret(option.dest, *flags) else report.plain(default),
        "help": _help_text(parser, option, default),
        "hidden": option.help == "SUPPRESSHELP",
        "metavar": report.text(option.metavar) if option.metavar else None,
        "excludes": [],
    }
    entry.update(_kind(option))
    return entry


def _help_text(parser, option, default):
    help = report.text(option.help) if option.help and option.help != "SUPPRESSHELP" else ""
    return help.replace("%default", str(default))


def _kind(option):
    if option.action in ("store_true", "store_false"):
        return {"kind": "switch", "sets": option.action == "store_true"}
    if option.action in ("store_const", "append_const"):
        return {"kind": "switch", "sets": report.plain(option.const)}
    if option.action == "count":
        return {"kind": "count"}
    if option.type is None:
        return {"kind": "action"}
    if option.type == "choice":
        return {"kind": "choice", "choices": [report.plain(choice) for choice in option.choices]}
    return {"kind": {"int": "int", "long": "int", "float": "float", "string": "text"}.get(option.type, "other")}
