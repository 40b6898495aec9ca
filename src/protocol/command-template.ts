import { AttuneError, type SourcePosition } from "../errors.ts";
import { RESERVED_NAMES } from "../space/parameter-name.ts";
import type { CommandInput } from "../trial/command-input.ts";
import type { CommandTemplate } from "../trial/study-definition.ts";
import { findDeclaration } from "./declaration-text.ts";
import { inputFiles } from "./input-files.ts";
import { matchFilePlace, matchUse } from "./use-text.ts";

/** A parameter declared inside a command: `{lr: 1e-5..1e-1 log}`. */
export interface Declaration {
  readonly name: string;
  /** What stands behind the colon, without the spaces around it. */
  readonly text: string;
  /** Index of the argument it stands in, from 0; 0 in a shell string. */
  readonly argument: number;
  /** Where `text` begins inside that argument. */
  readonly position: SourcePosition;
}

/** A stretch of plain text, or a place where the value of `name`, or the path of a file, goes (`source` is what the user wrote there). */
export type TemplatePiece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "declaration" | "use" | "file"; readonly name: string; readonly source: string };

/** One argument of a list, or the whole of a shell string. */
export type TemplateArgument = readonly TemplatePiece[];

/** A command read once, ready to be rendered with values. */
export interface ParsedCommand {
  readonly form: "argv" | "shell";
  readonly arguments: readonly TemplateArgument[];
  /** Each declared name once, in order of appearance. */
  readonly declarations: readonly Declaration[];
  /** Names found in `${…}`, each once; those that name no parameter belong to the shell or the program. */
  readonly uses: readonly string[];
  /** Names of files written for each trial whose path the command gets (`${file:config.yaml}`). */
  readonly files: readonly string[];
  /** How else parameters reach the program. */
  readonly input: CommandInput;
}

/**
 * Finds the parameters a command declares (`{name: …}`) and uses (`${name}`).
 *
 * An argument that declares nothing is left byte for byte as it is, `${…}` excepted; in one that declares, `{{` and `}}` are
 * plain braces. `{name: …}` is a declaration when what follows the colon says how to search: a range with `..`, choices with
 * `|`, an order with `<`, a fixed value with `=`, or two numbers or a type word meant as such (the text form's reader then says
 * what is wrong). One plain value searches nothing, so `{a: 1}`, `{a: 1, b: 2}` (YAML, jq, Hydra) and `{"a": 1}` are plain text.
 * Throws AttuneError `invalid-space` for a reserved name, an unclosed declaration, or a name declared twice differently.
 *
 * @example
 * readCommandTemplate({ argv: ["train", "--lr={lr: 1e-5..1e-1 log}"] }).declarations[0]?.text; // "1e-5..1e-1 log"
 */
export function readCommandTemplate(command: CommandTemplate): ParsedCommand {
  const texts = "shell" in command ? [command.shell] : command.argv;
  if (texts.length === 0 || texts[0] === "") {
    throw new AttuneError("invalid-argument", "The command is empty; give a program and its arguments.");
  }
  const declarations = new Map<string, Declaration>();
  const uses = new Set<string>();
  const input = command.input ?? {};
  const written = new Set(inputFiles(input));
  const parsed = texts.map((text, index) => readArgument(text, index, { declarations, uses, written }));
  return {
    form: "shell" in command ? "shell" : "argv",
    arguments: parsed,
    declarations: [...declarations.values()],
    uses: [...uses],
    files: [...new Set(parsed.flat().flatMap((piece) => (piece.kind === "file" ? [piece.name] : [])))],
    input,
  };
}

/** What is gathered from all arguments, and the files that have a path to give. */
interface Gathered {
  readonly declarations: Map<string, Declaration>;
  readonly uses: Set<string>;
  readonly written: ReadonlySet<string>;
}

function readArgument(text: string, argument: number, { declarations, uses, written }: Gathered): TemplateArgument {
  const declares = declaresSomething(text);
  const pieces: TemplatePiece[] = [];
  let plain = "";
  const add = (piece: TemplatePiece): void => {
    if (plain !== "") pieces.push({ kind: "text", text: plain });
    plain = "";
    pieces.push(piece);
  };
  let at = 0;
  while (at < text.length) {
    const use = matchUse(text, at);
    const file = use === null ? matchFilePlace(text, at, written) : null;
    const found = declares && use === null ? findDeclaration(text, at) : null;
    if (file !== null) {
      add({ kind: "file", ...file });
      at += file.source.length;
    } else if (use !== null) {
      uses.add(use.name);
      add({ kind: "use", name: use.name, source: use.source });
      at += use.source.length;
    } else if (found !== null) {
      const position = { file: null, line: 1, column: found.textStart + 1 };
      declare(declarations, { name: found.name, text: found.text, argument, position });
      add({ kind: "declaration", name: found.name, source: text.slice(at, found.end) });
      at = found.end;
    } else {
      const doubled = declares && (text.startsWith("{{", at) || text.startsWith("}}", at));
      plain += text[at];
      at += doubled ? 2 : 1;
    }
  }
  if (plain !== "" || pieces.length === 0) pieces.push({ kind: "text", text: plain });
  return pieces;
}

/** Walks as {@link readArgument} does, so that `{{lr: 1..2}}` alone counts as plain braces. */
function declaresSomething(text: string): boolean {
  let at = text.indexOf("{");
  while (at >= 0) {
    const use = at > 0 ? matchUse(text, at - 1) : null;
    if (use === null && !text.startsWith("{{", at) && findDeclaration(text, at) !== null) return true;
    at = text.indexOf("{", at + (text.startsWith("{{", at) ? 2 : 1));
  }
  return false;
}

function declare(declarations: Map<string, Declaration>, next: Declaration): void {
  if (RESERVED_NAMES.includes(next.name)) {
    throw new AttuneError(
      "invalid-space",
      `\`{${next.name}: …}\` declares a parameter named ${next.name}, which is reserved (as are ${RESERVED_NAMES.join(", ")}); give it another name.`,
      { position: next.position, data: { name: next.name } },
    );
  }
  const before = declarations.get(next.name);
  if (before === undefined) {
    declarations.set(next.name, next);
  } else if (squeeze(before.text) !== squeeze(next.text)) {
    throw new AttuneError(
      "invalid-space",
      `${next.name} is declared twice: as \`${before.text}\` and as \`${next.text}\`. Declare it once and write \${${next.name}} at the other place.`,
      { position: next.position, data: { name: next.name } },
    );
  }
}

function squeeze(text: string): string {
  return text.replace(/\s+/gu, " ");
}
