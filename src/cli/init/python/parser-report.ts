/** A default as the watch writes it down: JSON, or what stands for what JSON has not. */
export type ReportedValue =
  | null
  | boolean
  | number
  | string
  | readonly ReportedValue[]
  | { readonly secret: true }
  | { readonly number: string }
  | { readonly other: string };

/** An option as a Python parser has it. */
export interface ReportedOption {
  /** Empty for an argument that is told by its place. */
  readonly flags: readonly string[];
  /** The flags that turn a pair off. */
  readonly off: readonly string[];
  readonly dest: string;
  readonly kind: string;
  readonly many: boolean;
  readonly required: boolean;
  readonly default: ReportedValue;
  readonly help: string;
  readonly hidden: boolean;
  /** Flags of the same exclusive group. */
  readonly excludes: readonly string[];
  readonly choices?: readonly ReportedValue[];
  readonly bounds?: readonly [number | null, number | null];
  /** What a switch sets. */
  readonly sets?: ReportedValue;
  readonly joined?: boolean;
}

/** A parser that a Python program came to. */
export interface ParserReport {
  /** `argparse`, `click`, `optparse`, `absl`, `fire`, `hydra`, `jsonargparse`. */
  readonly parser: string;
  /** Words of the command that stand behind its own options: those of the subcommand and after it. */
  readonly tail: number;
  /** Whether the program's command line ends with it. */
  readonly final: boolean;
  readonly options: readonly ReportedOption[];
  /** Subcommands to choose from. */
  readonly commands: readonly string[];
  readonly help: string;
}

/** What the watch refused before the parser. */
export interface Refusal {
  readonly refused: "write" | "start" | "connect" | "signal";
  readonly what: string;
}

/** Reads the lines that the watch wrote. */
export function readParserReport(text: string): {
  readonly parsers: readonly ParserReport[];
  readonly refusals: readonly Refusal[];
} {
  const entries = text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as ParserReport | Refusal | { readonly done: true });
  return {
    parsers: entries.filter((entry) => "parser" in entry),
    refusals: entries.filter((entry) => "refused" in entry),
  };
}
