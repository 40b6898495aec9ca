import { readFileSync } from "node:fs";

/** A tunable option as the program's own parser declares it. */
export interface TunableOption {
  readonly flag: string;
  /** Other spellings; one that begins with `--no` where the flag does not switches it off. */
  readonly aliases?: readonly string[];
  readonly type: "float" | "int" | "bool" | "choice";
  /** Null where the program has none. */
  readonly default: number | string | boolean | null;
  readonly choices?: readonly string[];
}

/** A program, how it is had and called, all its tunable options, and the names under which its objective may be proposed. */
export interface ProgramCase {
  readonly name: string;
  readonly kind: "real" | "stand-in";
  /** What the answers were read from. */
  readonly source: string;
  /** Packages of PyPI, and of Debian with the version tried. */
  readonly pip: readonly string[];
  readonly debian: readonly string[];
  /** Shell commands that make its data. */
  readonly prepare: readonly string[];
  /** The words behind `attune try --`, and behind `attune init --` unless `init` says others. */
  readonly command: readonly string[];
  readonly init?: readonly string[];
  readonly objective: readonly string[];
  readonly options: readonly TunableOption[];
}

/** All programs, in the order of their file. */
export function programCases(): readonly ProgramCase[] {
  const lines = readFileSync(new URL("programs.jsonl", import.meta.url), "utf8")
    .trimEnd()
    .split("\n");
  return lines.map((line) => JSON.parse(line) as ProgramCase);
}
