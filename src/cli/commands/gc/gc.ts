import { existsSync, rmdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type { Command } from "commander";
import { AttuneError } from "../../../errors.ts";
import { formatBytes } from "../../../executor/format-bytes.ts";
import type { CliContext } from "../../context.ts";
import { jsonText } from "../../json-text.ts";
import type { Output } from "../../output.ts";
import { readCount } from "../../settings/given-setting.ts";
import { storageOption, studyOption } from "../../settings/options.ts";
import { requireStorage, storageFile, storageLocation } from "../../study/storage-location.ts";
import { namesIn, type StudyRemoval } from "./plan-removal.ts";

interface GcOptions {
  readonly study?: string;
  readonly storage?: string;
  readonly keep: string;
  readonly logs?: boolean;
  readonly checkpoints?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

const HELP = `
Logs and checkpoints stay of trials that are not finished, of the best, and of the newest failure of each kind.
Trials and their values stay in any case.

Examples:
  attune gc                          # what can go, and how much that is
  attune gc digits --checkpoints --keep 1 --yes`;

/** `attune gc`: removes logs and checkpoints that are of no more use, after showing what. */
export function configure(command: Command, context: CliContext): void {
  command
    .argument("[study]", "only this study (default: all of the storage, and what deleted ones left)")
    .addOption(studyOption("the same as an option"))
    .addOption(storageOption())
    .option("--keep <number>", "trials, counted from the best, that keep their files", "5")
    .option("--logs", "only logs")
    .option("--checkpoints", "only checkpoints")
    .option("-y, --yes", "remove it; without, it is only shown")
    .option("--json", "print one JSON object a study")
    .addHelpText("after", HELP)
    .action(async (word: string | undefined, options: GcOptions) => await collect(word, options, context));
}

async function collect(
  word: string | undefined,
  options: GcOptions,
  { output, environment }: CliContext,
): Promise<void> {
  const keep = readCount({ value: options.keep, label: "--keep", position: null }, 0);
  const both = options.logs === options.checkpoints;
  const location = storageLocation(options.storage, environment);
  const study = options.study ?? word ?? null;
  const [{ openStorage }, { planRemoval, planWithoutStorage }] = await Promise.all([
    import("../../../storage/registry.ts"),
    import("./plan-removal.ts"),
  ]);
  const file = storageFile(location);
  if (both && study === null && file !== null && !existsSync(file)) {
    const left = planWithoutStorage(location);
    if (left.length > 0) return carryOut(left, options, output);
  }
  requireStorage(location);
  const storage = await openStorage(location);
  try {
    const kinds = { logs: both || options.logs === true, checkpoints: both || options.checkpoints === true };
    const plan = await planRemoval(storage, { study, keep, ...kinds });
    if (study !== null && plan.length === 0)
      throw new AttuneError("unknown-study", `There is no study "${study}" in ${location}.`);
    carryOut(plan, options, output);
  } finally {
    await storage.close();
  }
}

function carryOut(plan: readonly StudyRemoval[], options: GcOptions, output: Output): void {
  if (options.yes) for (const removal of plan) remove(removal);
  if (options.json) for (const removal of plan) output.out(jsonLine(removal, options.yes === true), "exact");
  else for (const line of lines(plan, options.yes === true)) output.out(line);
}

function remove({ files }: StudyRemoval): void {
  for (const { path } of files) {
    rmSync(path, { recursive: true, force: true });
    if (namesIn(dirname(path)).length === 0) rmdirSync(dirname(path));
  }
}

function lines(plan: readonly StudyRemoval[], removed: boolean): readonly string[] {
  const all = plan.reduce((sum, removal) => sum + bytesOf(removal), 0);
  const each = plan.map((removal) => {
    const { study, trials, kept } = removal;
    const size = formatBytes(bytesOf(removal));
    if (study === null) return `deleted studies and removed storages: ${size}`;
    return `study ${study}: ${size} of ${trials - kept} trials, the files of ${kept} stay`;
  });
  if (removed) return [...each, `removed ${formatBytes(all)}`];
  return [...each, `${formatBytes(all)} can go; nothing is removed yet: attune gc --yes removes it`];
}

function jsonLine(removal: StudyRemoval, removed: boolean): string {
  const { study, trials, kept, files } = removal;
  return jsonText({
    study,
    trials,
    kept,
    bytes: bytesOf(removal),
    files: files.map(({ path }) => path),
    removed,
  });
}

function bytesOf({ files }: StudyRemoval): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
