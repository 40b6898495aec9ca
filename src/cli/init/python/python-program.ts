/** What a Python interpreter runs: a script, the entry point of an installed program, a module (`-m`) or a text (`-c`). */
export type PythonTarget = "script" | "entry" | "module" | "code";

/** A Python program behind whatever launches it. */
export interface PythonProgram {
  /** The interpreter, a path or a name on the PATH. */
  readonly interpreter: string;
  /** Its own options: `-u`, `-X dev`. */
  readonly flags: readonly string[];
  readonly kind: PythonTarget;
  /** The script's path, the module's name or the text. */
  readonly target: string;
  /** The words behind it. */
  readonly words: readonly string[];
  /** True when the interpreter does not look at the environment (`-I`, `-E`, `-S`). */
  readonly isolated: boolean;
  /** Variables that a launcher sets (`env A=1 python …`). */
  readonly env: Readonly<Record<string, string>>;
  /** The launcher that was followed to the script, null for none. */
  readonly launcher: string | null;
}
