import sys
from ast import literal_eval

for arg in sys.argv[1:]:
    key, _, text = arg.removeprefix("--").partition("=")
    if key not in config_keys:
        raise ValueError(f"Unknown config key: {key}")
    try:
        globals()[key] = literal_eval(text)
    except (SyntaxError, ValueError):
        globals()[key] = text
