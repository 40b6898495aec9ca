import { readFile } from "node:fs/promises";
import { text as readAll } from "node:stream/consumers";
import type { Command } from "commander";
import { AttuneError } from "../../../errors.ts";
import type { CliContext } from "../../context.ts";
import { addStudyTarget } from "../../settings/options.ts";
import { type StudyTarget, withStudy } from "../../study/study-target.ts";

interface ImportOptions extends StudyTarget {
  readonly dryRun?: boolean;
  readonly quiet?: boolean;
}

const HELP = `
The file is CSV with a heading: a column for each parameter and for the metric, by their names, and if
need be "state" (complete, pruned, failed; else all are complete). What attune export writes can be read.
Every line is checked against the space before anything is taken in. Samplers learn from imported trials;
no budget counts them. A new study is made first by attune run … --trials 0.

Examples:
  attune import old-trials.csv digits
  attune import old-trials.csv digits --dry-run
  attune export digits | attune import - digits-2`;

/** `attune import`: takes in trials that were made elsewhere, from CSV. */
export function configure(command: Command, context: CliContext): void {
  addStudyTarget(command.argument("<file>", "the CSV file, or - for standard input"))
    .option("--dry-run", "check the file, take nothing in")
    .option("--quiet", "print only errors")
    .addHelpText("after", HELP)
    .action(async (file: string, word: string | undefined, options: ImportOptions) => {
      const text = await readInput(file);
      await withStudy(context, word, options, async (study) => {
        const { readTrials } = await import("./read-trials.ts");
        const { trials, unknown, leftOut } = readTrials(text, file === "-" ? "standard input" : file, study);
        const { err } = context.output;
        const tell = options.quiet ? () => undefined : err;
        if (unknown.length > 0) tell(`note: neither parameter nor metric, left out: ${unknown.join(", ")}`);
        if (leftOut > 0) tell(`note: without an end, or marked invalid, left out: ${trialCount(leftOut)}`);
        const count = trialCount(trials.length);
        if (options.dryRun) {
          tell(
            `${count} ${trials.length === 1 ? "fits" : "fit"} study ${study.name}; nothing was taken in (--dry-run)`,
          );
          return;
        }
        const numbers = trials.length === 0 ? [] : await study.importTrials(trials);
        const place = numbers.length === 0 ? "" : `: ${numbers[0]} to ${numbers.at(-1)}`;
        tell(`${count} imported into ${study.name}${place}`);
      });
    });
}

function trialCount(count: number): string {
  return count === 1 ? "1 trial" : `${count} trials`;
}

async function readInput(file: string): Promise<string> {
  if (file === "-") return await readAll(process.stdin);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why =
      code === "ENOENT"
        ? "there is no such file"
        : code === "ERR_ENCODING_INVALID_ENCODED_DATA"
          ? "it is not UTF-8 text"
          : message;
    throw new AttuneError("invalid-argument", `${file} cannot be read: ${why}.`, { cause });
  }
}
