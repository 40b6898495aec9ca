"""absl.flags: what `app.run` and `FLAGS(argv)` parse."""
from . import asks, report

# Flags that absl itself adds.
_OWN = ("absl.app", "absl.logging", "absl.flags", "absl.testing", "absl.testing.absltest")
_KINDS = {"integer": "int", "int": "int", "float": "float", "boolean": "bool", "bool": "bool", "string": "text"}


def install(module):
    original = module.FlagValues.__call__

    def parse(self, argv, known_only=False):
        words = list(argv)[1:]
        if not asks(words):
            return original(self, argv, known_only=known_only)
        _meet(self, len(words) - 1)
        return original(self, argv, known_only=known_only)

    module.FlagValues.__call__ = parse


def _meet(values, tail):
    options = []
    for name, flags in values.flags_by_module_dict().items():
        if not name.startswith(_OWN):
            options.extend(_option(flag) for flag in flags if flag.name not in ("help", "helpfull", "helpshort", "helpxml"))
    report.write({"parser": "absl", "final": True, "tail": tail, "options": options, "commands": [], "help": ""})
    report.finish()


def _option(flag):
    kind = _KINDS.get(str(flag.parser.flag_type() if flag.parser is not None else ""), "other")
    choices = getattr(flag.parser, "enum_values", None)
    if choices:
        kind = "choice"
    many = bool(getattr(flag, "multi", False)) or type(flag.parser).__name__ in ("ListParser", "WhitespaceSeparatedListParser", "CsvListSerializer")
    bounds = [getattr(flag.parser, "lower_bound", None), getattr(flag.parser, "upper_bound", None)]
    entry = {
        "flags": ["--" + flag.name] + (["-" + flag.short_name] if flag.short_name else []),
        "off": ["--no" + flag.name] if kind == "bool" else [],
        "dest": flag.name,
        "kind": "pair" if kind == "bool" else kind,
        "many": many,
        "required": bool(getattr(flag, "required", False)),
        "default": {"secret": True} if report.is_secret(flag.name) else report.plain(flag.default),
        "help": report.text(flag.help),
        "hidden": False,
        "metavar": None,
        "excludes": [],
        "joined": True,
    }
    if choices:
        entry["choices"] = [report.plain(getattr(choice, "name", choice)) for choice in choices]
    if kind in ("int", "float") and any(isinstance(bound, (int, float)) for bound in bounds):
        entry["bounds"] = bounds
    return entry
