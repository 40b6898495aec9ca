import { AttuneError } from "../errors.ts";
import type { JsonValue, Params } from "../space/json.ts";
import type { ParsedCommand, TemplateArgument, TemplatePiece } from "./command-template.ts";
import { formatValue } from "./format-value.ts";
import { renderShell } from "./render-shell.ts";

/** What the places of a command are filled with. */
export interface RenderValues {
  /** Names of all parameters of the space, active or not; `${x}` of any other name stays as it is. */
  readonly parameters: ReadonlySet<string>;
  /** Values of the active parameters. */
  readonly params: Params;
  readonly seed: number;
  readonly trial: number;
  readonly fold: number | null;
}

/** A list runs without a shell, a string is for `/bin/sh -c`. */
export type RenderedCommand = { readonly argv: readonly string[] } | { readonly shell: string };

/** What stands at a place: a value, several arguments, nothing (inactive), or the user's own text. */
export type PlaceValue =
  | { readonly kind: "value"; readonly text: string }
  | { readonly kind: "arguments"; readonly list: readonly string[] }
  | { readonly kind: "inactive" }
  | { readonly kind: "own"; readonly text: string };

/**
 * Puts values into a command. In a list, an argument that holds an inactive parameter is left out; when it begins with that
 * parameter, the flag directly before it (`--momentum`) goes too. `${args}` becomes one `--name=value` for each active
 * parameter. In a shell string every value is quoted for the place it stands in. Throws AttuneError `invalid-argument` where
 * a value cannot be put (`${args}` inside a longer argument, a parameter in backticks or a here-document).
 *
 * @example
 * renderCommand(readCommandTemplate({ argv: ["train", "--lr={lr: 0..1}"] }), {
 *   parameters: new Set(["lr"]), params: { lr: 0.5 }, seed: 1, trial: 0, fold: null,
 * }); // { argv: ["train", "--lr=0.5"] }
 */
export function renderCommand(command: ParsedCommand, values: RenderValues): RenderedCommand {
  const lookUp = (piece: TemplatePiece): PlaceValue => placeValue(piece, values);
  if (command.form === "shell") return { shell: renderShell(command.arguments[0]!, lookUp) };
  const argv: string[] = [];
  for (const [index, argument] of command.arguments.entries()) {
    const rendered = renderArgument(argument, lookUp);
    if (rendered !== null) {
      argv.push(...rendered);
      continue;
    }
    const before = command.arguments[index - 1];
    if (argument[0]!.kind !== "text" && before !== undefined && isFlag(before)) argv.pop();
  }
  if (argv.length === 0) {
    throw new AttuneError("invalid-argument", "Nothing is left of the command: the program itself is inactive.");
  }
  return { argv };
}

/** `--name=value` for each parameter, in the order of `params`. */
export function argumentsOf(params: Params): readonly string[] {
  return Object.entries(params).map(([name, value]) => `--${name}=${formatValue(value)}`);
}

function placeValue(piece: TemplatePiece, values: RenderValues): PlaceValue {
  if (piece.kind === "text") return { kind: "own", text: piece.text };
  switch (piece.name) {
    case "args":
      return { kind: "arguments", list: argumentsOf(values.params) };
    case "seed":
      return { kind: "value", text: String(values.seed) };
    case "trial":
      return { kind: "value", text: String(values.trial) };
    case "fold":
      return values.fold === null ? { kind: "inactive" } : { kind: "value", text: String(values.fold) };
  }
  const value: JsonValue | undefined = Object.hasOwn(values.params, piece.name) ? values.params[piece.name] : undefined;
  if (value !== undefined) return { kind: "value", text: formatValue(value) };
  const known = piece.kind === "declaration" || values.parameters.has(piece.name);
  return known ? { kind: "inactive" } : { kind: "own", text: piece.source };
}

function renderArgument(
  argument: TemplateArgument,
  lookUp: (piece: TemplatePiece) => PlaceValue,
): readonly string[] | null {
  let text = "";
  for (const piece of argument) {
    const value = lookUp(piece);
    if (value.kind === "inactive") return null;
    if (value.kind === "arguments") {
      if (argument.length === 1) return value.list;
      throw new AttuneError(
        "invalid-argument",
        "`${args}` stands inside a longer argument; make it an argument of its own (it becomes one --name=value for each parameter).",
      );
    }
    text += value.text;
  }
  return [text];
}

/** `-m`, `--momentum`: a flag that waits for its value; not `-1`, `--` or `--a=b`. */
function isFlag(argument: TemplateArgument): boolean {
  const [piece, ...rest] = argument;
  return rest.length === 0 && piece?.kind === "text" && /^--?[\p{L}][^=\s]*$/u.test(piece.text);
}
