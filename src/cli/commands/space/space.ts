import type { Command } from "commander";
import { keyedStreams } from "../../../numeric/random/keyed-streams.ts";
import { sampleUniform, spaceToJson, spaceTree, spellParams } from "../../../space/index.ts";
import type { CliContext } from "../../context.ts";
import { jsonText, rawValue } from "../../json-text.ts";
import { paramsLine } from "../../render/words.ts";
import { readCount } from "../../settings/given-setting.ts";
import { summarizeSpace, summaryLines } from "./describe-space.ts";
import { configureEdit } from "./edit-study-space.ts";
import { readSpaceFile } from "./read-space-file.ts";

interface SampleOptions {
  readonly count: string;
  readonly seed: string;
  readonly json?: boolean;
}

const FILE_KINDS = "a study file, a space alone, or a JSON file from ConfigSpace or Optuna";

const HELP = `
FILE is a study file, a space alone (YAML or JSON), or a JSON file from ConfigSpace or with Optuna's
distributions by name.

Examples:
  attune space describe study.yaml
  attune space sample study.yaml --count 300 --json
  attune space edit digits --set 'lr: 1e-6..1.0 log'`;

/** `attune space`: looks into a space before anything is run, and changes the one of a study. */
export function configure(command: Command, context: CliContext): void {
  const { output } = context;
  command
    .usage("check|describe|sample FILE [options]\n       attune space edit STUDY [options]")
    .addHelpText("after", HELP);
  command
    .command("check")
    .description("Says what is wrong with a space, or how large it is and how much of it is feasible.")
    .argument("<file>", FILE_KINDS)
    .option("--json", "print one JSON object")
    .action(async (file: string, options: { readonly json?: boolean }) => {
      const { kind, space } = await readSpaceFile(file);
      const summary = summarizeSpace(space, kind);
      if (options.json) output.out(jsonText(summary), "exact");
      else for (const line of [`${file} is a good space.`, ...summaryLines(summary)]) output.out(line);
    });
  command
    .command("describe")
    .description("Draws the space as a tree, with its size and how much of it is feasible.")
    .argument("<file>", FILE_KINDS)
    .option("--json", "print one JSON object, the space in canonical form included")
    .action(async (file: string, options: { readonly json?: boolean }) => {
      const { kind, space } = await readSpaceFile(file);
      const summary = summarizeSpace(space, kind);
      if (options.json) output.out(jsonText({ ...summary, space: spaceToJson(space) }), "exact");
      else for (const line of [...spaceTree(space), "", ...summaryLines(summary)]) output.out(line);
    });
  command
    .command("sample")
    .description("Prints random configurations, uniform on each parameter's scale given the constraints.")
    .argument("<file>", FILE_KINDS)
    .option("--count <number>", "how many", "10")
    .option("--seed <number>", "the same seed gives the same configurations", "0")
    .option("--json", "print one JSON object a line")
    .action(async (file: string, options: SampleOptions) => {
      const count = readCount({ value: options.count, label: "--count", position: null }, 0);
      const seed = readCount({ value: options.seed, label: "--seed", position: null }, 0);
      const { space } = await readSpaceFile(file);
      for (let n = 0; n < count; n++) {
        const params = sampleUniform(space, keyedStreams(seed, n));
        if (options.json) output.out(jsonText(rawValue(spellParams(space, params))), "exact");
        else output.out(paramsLine(params));
      }
    });
  configureEdit(command.command("edit"), context);
}
