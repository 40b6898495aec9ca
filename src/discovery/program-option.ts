/** What an option takes. */
export type OptionKind = "int" | "float" | "choice" | "text" | "boolean" | "other";

/** How a boolean is told to a program: by a flag alone, by a flag or its opposite, or by a word behind the flag. */
export type BooleanWriting =
  | { readonly kind: "flag" }
  | { readonly kind: "pair"; readonly off: string }
  | { readonly kind: "word"; readonly on: string; readonly off: string };

/** A place in a file, in characters from 0, the end not included. */
interface OptionPlace {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** An option of a program, as its parser, its help or its config file tells. */
export interface ProgramOption {
  /** The spelling to use: the longest. The dotted path for a place in a file. */
  readonly flag: string;
  readonly flags: readonly string[];
  /** The name that says what it is: of `-c cost` it is `cost`. */
  readonly called: string;
  readonly kind: OptionKind;
  /** How a boolean is written; null for all others. */
  readonly boolean: BooleanWriting | null;
  /** A number for numbers, one of the choices for a choice, true or false for a boolean; null when none is known. */
  readonly default: number | string | boolean | null;
  /** The words that a choice may be; numbers as they are written. */
  readonly choices: readonly string[];
  /** What the numbers of a numbered list mean (`0 -- C-SVC`); null for all others. */
  readonly numbered: readonly (readonly [number: number, meaning: string])[] | null;
  /** Bounds that the program states, infinite where it states one; null for none. */
  readonly bounds: readonly [number, number] | null;
  /** True when the value stands behind an equals sign: `--flag=value`. */
  readonly joined: boolean;
  /** True when it takes several values. */
  readonly many: boolean;
  readonly description: string;
  /** Why a study cannot set it (it is counted, excludes another, is a secret); null when it can. */
  readonly obstacle: string | null;
  /** How many of the user's words stand behind its place in the command: those of the subcommand. */
  readonly behind: number;
  /** Where it stands in a file that is written for each trial; null for what the command says. */
  readonly place: OptionPlace | null;
  /** The default in words where `default` cannot hold it (a list); null for none. */
  readonly shown: string | null;
}

/** The words of a name in small letters: `maxDepth`, `max-depth` and `--MAX_DEPTH` are `max`, `depth`. */
export function wordsOf(name: string): readonly string[] {
  const spaced = name.replace(/^-+/, "").replace(/([a-z])([A-Z])/g, "$1 $2");
  return spaced
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}
