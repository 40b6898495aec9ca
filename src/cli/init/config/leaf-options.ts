import type { BooleanWriting, ProgramOption } from "../program-option.ts";
import type { ConfigLeaf } from "./config-leaf.ts";

/** How a value of a config reaches the program. */
export interface LeafWriting {
  /** The spelling for a path: `--model.lr`, `model.lr`. */
  readonly flag: (path: string) => string;
  readonly joined: boolean;
  /** The file it is replaced in, null for an argument. */
  readonly file: string | null;
  readonly on?: string;
  readonly off?: string;
}

/** The options that the values of a config are. */
export function leafOptions(leaves: readonly ConfigLeaf[], writing: LeafWriting): readonly ProgramOption[] {
  return leaves.map((leaf) => leafOption(leaf, writing));
}

function leafOption(leaf: ConfigLeaf, { flag, joined, file, on = "true", off = "false" }: LeafWriting): ProgramOption {
  const { path, value, float, many, comment, start, end } = leaf;
  const word: BooleanWriting = { kind: "word", on, off };
  const kind = typeof value === "number" ? (float ? "float" : "int") : typeof value === "boolean" ? "boolean" : "text";
  const isSecret = /(?:password|passwd|secret|token|api[_-]?key|credential)/i.test(path);
  return {
    flag: flag(path),
    flags: [flag(path)],
    called: path.split(".").at(-1)!,
    kind,
    boolean: kind === "boolean" ? word : null,
    default: isSecret ? null : value,
    choices: [],
    numbered: null,
    bounds: null,
    joined,
    many,
    description: comment,
    obstacle: isSecret ? "a secret" : obstacleOf(leaf),
    behind: 0,
    shown: isSecret || value === null ? null : String(value),
    place: file === null ? null : { file, start, end },
  };
}

function obstacleOf({ value, path }: ConfigLeaf): string | null {
  if (typeof value === "string" && /\$\{/.test(value)) return "follows another value";
  if (path.endsWith("class_path") || path.endsWith("_target_")) return "names a class";
  return null;
}
