import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { AttuneError } from "../../errors.ts";
import { didYouMean } from "../../space/index.ts";
import type { CliContext } from "../context.ts";
import { helperPath } from "../helper-path.ts";

/** The helper of each language, in the package's folder `helpers`. */
const HELPERS: Readonly<Record<string, string>> = {
  python: "attune_trial.py",
  node: "attune-trial.mjs",
  shell: "attune-trial.sh",
};

const HELP = `
One file without dependencies, to keep beside your program: params, report, should_stop.

Examples:
  attune helper python > attune_trial.py
  attune helper node > attune-trial.mjs
  attune helper shell > attune-trial.sh`;

/** `attune helper`: prints the file that a program of that language talks with the tuner through. */
export function configure(command: Command, { output }: CliContext): void {
  command
    .argument("<language>", "python, node or shell")
    .addHelpText("after", HELP)
    .action(async (language: string) => {
      const file = Object.hasOwn(HELPERS, language) ? HELPERS[language] : undefined;
      if (file === undefined) {
        const names = Object.keys(HELPERS);
        const message = `There is no helper for ${JSON.stringify(language)}; there is one for ${names.join(", ")}.${didYouMean(language, names)}`;
        throw new AttuneError("invalid-argument", message);
      }
      output.out((await helperText(file)).trimEnd(), "exact");
    });
}

/** The text of a file in the package's folder `helpers`. */
async function helperText(file: string): Promise<string> {
  return await readFile(helperPath(file), "utf8");
}
