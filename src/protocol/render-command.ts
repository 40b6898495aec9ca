import { AttuneError } from "../errors.ts";
import type { Spelled, SpelledParams } from "../space/spelled.ts";
import type { CommandInput } from "../trial/command-input.ts";
import type { ParsedCommand, TemplateArgument, TemplatePiece } from "./command-template.ts";
import { formatArguments } from "./format-arguments.ts";
import { formatPlaced } from "./format-placed.ts";
import { formatValue } from "./format-value.ts";
import type { PlaceRole } from "./place-role.ts";
import { placeRoles } from "./place-roles.ts";
import type { PlaceValue } from "./place-value.ts";
import { renderShell } from "./render-shell.ts";
import { switchFlag } from "./switch-flag.ts";

/** What the places of a command are filled with. */
export interface RenderValues {
  /** Names of all parameters of the space, active or not; `${x}` of any other name stays as it is. */
  readonly parameters: ReadonlySet<string>;
  /** Values of the active parameters. */
  readonly params: SpelledParams;
  /** Values at places are written plainly whatever the style of arguments, as in studies of writing 1. */
  readonly plainPlaces?: boolean;
  readonly seed: number;
  readonly trial: number;
  readonly fold: number | null;
  /** The step to run up to, null for the program's own end; left out where no scheduler gives any: `${until}` is no place of ours then. */
  readonly until?: number | null;
  /** The path of a file written for the trial, by its name; default: the name itself. */
  readonly filePath?: (name: string) => string;
}

/** A list runs without a shell, a string is for `/bin/sh -c`. */
export type RenderedCommand = { readonly argv: readonly string[] } | { readonly shell: string };

/**
 * Puts values into a command. In a list, an argument that holds an inactive parameter is left out; when it begins with that
 * parameter, the flag directly before it (`--momentum`) goes too. `${args}` becomes one `--name=value` for each active
 * parameter, or what the command's input says; the style of arguments also says how a value at a place is written. In a shell string every value is quoted for the place it stands in. Throws AttuneError `invalid-argument` where
 * a value cannot be put (`${args}` inside a longer argument, a parameter in backticks or a here-document).
 *
 * @example
 * renderCommand(readCommandTemplate({ argv: ["train", "--lr={lr: 0..1}"] }), {
 *   parameters: new Set(["lr"]), params: { lr: 0.5 }, seed: 1, trial: 0, fold: null,
 * }); // { argv: ["train", "--lr=0.5"] }
 */
export function renderCommand(command: ParsedCommand, values: RenderValues): RenderedCommand {
  const isStyled = command.input.argsStyle !== undefined && values.plainPlaces !== true;
  const roles = isStyled ? placeRoles(command) : new Map<TemplatePiece, PlaceRole>();
  const lookUp = (piece: TemplatePiece): PlaceValue =>
    placeValue(piece, roles.get(piece) ?? "part", values, command.input);
  if (command.form === "shell") return { shell: renderShell(command.arguments[0]!, lookUp, command.input.booleans) };
  const argv: string[] = [];
  for (const [index, argument] of command.arguments.entries()) {
    const before = command.arguments[index - 1];
    const flagged = before !== undefined && isFlag(before);
    const switched = switchedFlag(argument, flagged ? argv.at(-1)! : null, lookUp);
    const rendered = switched === null ? renderArgument(argument, lookUp) : null;
    if (switched !== null) {
      if (argument.length === 1) argv.pop();
      argv.push(...switchFlag(switched.flag, switched.on, command.input.booleans));
    } else if (rendered !== null) argv.push(...rendered);
    else if (argument[0]!.kind !== "text" && flagged) argv.pop();
  }
  if (argv.length === 0) {
    throw new AttuneError("invalid-argument", "Nothing is left of the command: the program itself is inactive.");
  }
  return { argv };
}

/** The boolean in `--flag ${b}` or `--flag=${b}` with its flag, when booleans are flags; else null. */
function switchedFlag(
  [first, second, ...more]: TemplateArgument,
  before: string | null,
  lookUp: (piece: TemplatePiece) => PlaceValue,
): { readonly flag: string; readonly on: boolean } | null {
  if (first === undefined || more.length > 0) return null;
  const flag = second === undefined ? before : joinedFlag(first);
  const place = second ?? first;
  if (flag === null || place.kind === "text") return null;
  const value = lookUp(place);
  return value.kind === "value" && value.on !== undefined ? { flag, on: value.on } : null;
}

function joinedFlag(piece: TemplatePiece): string | null {
  return piece.kind === "text" ? (/^(--?[\p{L}][^=\s]*)=$/u.exec(piece.text)?.[1] ?? null) : null;
}

function placeValue(piece: TemplatePiece, role: PlaceRole, values: RenderValues, input: CommandInput): PlaceValue {
  if (piece.kind === "text") return { kind: "own", text: piece.text };
  if (piece.kind === "file") return { kind: "value", text: values.filePath?.(piece.name) ?? piece.name };
  switch (piece.name) {
    case "args":
      return { kind: "arguments", list: formatArguments(values.params, input) };
    case "seed":
      return { kind: "value", text: String(values.seed) };
    case "trial":
      return { kind: "value", text: String(values.trial) };
    case "fold":
      return values.fold === null ? { kind: "inactive" } : { kind: "value", text: String(values.fold) };
  }
  // Studies of before have parameters of that name.
  if (piece.name === "until" && piece.kind === "use" && values.until !== undefined && !values.parameters.has("until"))
    return values.until === null ? { kind: "inactive" } : { kind: "value", text: String(values.until) };
  const value: Spelled | undefined = Object.hasOwn(values.params, piece.name) ? values.params[piece.name] : undefined;
  if (typeof value === "boolean" && (input.booleans ?? "value") !== "value") {
    return { kind: "value", text: formatValue(value), on: value };
  }
  if (value !== undefined) return { kind: "value", text: formatPlaced(value, input.argsStyle ?? "equals", role) };
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
