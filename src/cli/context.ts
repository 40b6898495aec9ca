import type { ExitCode } from "./exit-codes.ts";
import type { Output } from "./output.ts";

/** What every command gets: where to write, the environment, and the words behind `--`. */
export interface CliContext {
  readonly output: Output;
  readonly environment: NodeJS.ProcessEnv;
  /** The words behind the first `--` of `attune run`, or null when there was none. */
  readonly program: readonly string[] | null;
  /** Sets the code the process ends with. */
  readonly exitWith: (code: ExitCode) => void;
}
