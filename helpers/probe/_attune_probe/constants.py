"""The constants at the top of a Python file that a program is steered by: `learning_rate = 6e-4`."""
import ast
import io
import math
import operator
import tokenize

_ARITHMETIC = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
_ARITHMETIC[ast.FloorDiv] = operator.floordiv


def constants(source):
    """`constants`: name, value, place (line and columns from 0, in characters) and comment of each; `overrides`: whether the
    file lets `--name=value` replace them (it reads sys.argv and writes into its globals, or runs another file that does)."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return {"constants": [], "overrides": False}
    taking = _overriding_line(tree)
    lines = source.splitlines()
    comments = _comments(source)
    found = {}
    for node in tree.body:
        if taking is not None and node.lineno >= taking:
            break
        target = _target(node)
        if target is None or target.startswith("_"):
            continue
        value = _value(node.value)
        if value is None:
            found.pop(target, None)
            continue
        found[target] = _constant(target, value, node, lines, comments)
    return {"constants": list(found.values()), "overrides": taking is not None}


def _target(node):
    if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
        return node.targets[0].id
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
        return node.target.id
    return None


def _constant(name, value, node, lines, comments):
    one_line = node.value.lineno == node.value.end_lineno
    line = lines[node.value.lineno - 1]
    entry = {"name": name, "value": value, "type": type(value).__name__, "comment": comments.get(node.value.lineno, "")}
    if one_line:
        columns = [len(line.encode("utf-8")[:at].decode("utf-8")) for at in (node.value.col_offset, node.value.end_col_offset)]
        entry.update(line=node.value.lineno - 1, columns=columns)
    return entry


def _value(node):
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        value = _computed(node)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, (bool, int, float, str)) else None


def _computed(node):
    """`5 * 8`, which people write to say how a number came about."""
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        return node.value
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        left, right = _computed(node.left), _computed(node.right)
        if left is None or right is None:
            return None
        try:
            return _ARITHMETIC[type(node.op)](left, right)
        except ArithmeticError:
            return None
    return None


def _overriding_line(tree):
    """The line of the first statement at the top that reads overrides."""
    for node in tree.body:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Call) and getattr(inner.func, "id", "") == "exec" and _reads_file(inner):
                return node.lineno
            if isinstance(inner, ast.Subscript) and isinstance(inner.ctx, ast.Store) and _is_globals(inner.value):
                return node.lineno
            if isinstance(inner, ast.Call) and getattr(inner.func, "attr", "") == "update" and _is_globals(inner.func.value):
                return node.lineno
    return None


def _reads_file(call):
    return any(isinstance(n, ast.Call) and getattr(n.func, "id", "") == "open" for n in ast.walk(call))


def _is_globals(node):
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "globals"


def _comments(source):
    found = {}
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                found[token.start[0]] = token.string.lstrip("# ")[:200]
    except (tokenize.TokenError, IndentationError, SyntaxError):
        pass
    return found
