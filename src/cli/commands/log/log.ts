import type { Command } from "commander";
import { AttuneError } from "../../../errors.ts";
import { logParts } from "../../../executor/command/log-parts.ts";
import { failureCause } from "../../../record/failure-cause.ts";
import { heldOutLog, logFile } from "../../../record/study-files.ts";
import type { Study } from "../../../study/index.ts";
import type { Trial } from "../../../trial/trial.ts";
import { type CliContext, EXIT_CODES } from "../../context.ts";
import { quietly } from "../../output.ts";
import { readCount } from "../../settings/given-setting.ts";
import { addStudyTarget } from "../../settings/table.ts";
import { type StudyTarget, withStudy } from "../../study/study-target.ts";
import { LogWriter } from "./follow-log.ts";

interface LogOptions extends StudyTarget {
  readonly attempt?: string;
  readonly follow?: boolean;
  readonly holdout?: boolean;
  readonly raw?: boolean;
  readonly quiet?: boolean;
}

const CUT = "--- only the newest output was kept (--log-limit) ---";

const EXAMPLES = `
Examples:
  attune log 17 digits
  attune log 17 --follow        # goes on as it prints, until the trial has ended
  attune log 17 --raw           # with the program's own colours
  attune log 2 --holdout        # run 2 of attune confirm --holdout`;

/** `attune log N`: what a trial's program printed, all attempts or one. */
export function configure(command: Command, context: CliContext): void {
  addStudyTarget(command.argument("<trial>", "the trial's number"))
    .option("--attempt <number>", "only this attempt, counted from 0 (default: all of them)")
    .option("-f, --follow", "go on as it prints, until the trial has ended")
    .option("--holdout", "the number is that of a run on held-out data (attune confirm --holdout)")
    .option("--raw", "every byte as the program printed it: colours, cursor moves, all a terminal would obey")
    .option("--quiet", "print only the result and errors")
    .addHelpText("after", EXAMPLES)
    .action(async (number: string, word: string | undefined, options: LogOptions) => {
      const trial = readCount({ value: number, label: "The trial's number", position: null }, 0);
      await withStudy(context, word, options, async (study) => {
        if (options.holdout) return await printHeldOut(study, trial, options, context);
        if (options.follow && options.attempt !== undefined) {
          throw new AttuneError("invalid-argument", "--follow shows every attempt; leave out --attempt.");
        }
        if (options.follow) await follow(study, trial, options, quietly(context, options));
        else await printLog(study, study.trial(trial), options, context);
      });
    });
}

async function printHeldOut(study: Study, number: number, options: LogOptions, context: CliContext): Promise<void> {
  if (options.follow || options.attempt !== undefined)
    throw new AttuneError("invalid-argument", "A held-out run has one attempt; leave out --follow and --attempt.");
  if (study.heldOut.every((run) => run.number !== number)) {
    const numbers = study.heldOut.map((run) => run.number);
    const there = numbers.length === 0 ? "it has none yet" : `there are ${numbers.join(", ")}`;
    throw new AttuneError("invalid-argument", `Study ${study.name} has no held-out run ${number}; ${there}.`);
  }
  const { files, cut } = logParts(heldOutLog(study.location, study.id, number));
  if (files.length === 0) {
    context.output.err(
      `attune: no log is kept of held-out run ${number}: it printed nothing, or ran on another machine.`,
    );
    context.exitWith(EXIT_CODES.negative);
    return;
  }
  if (cut) quietly(context, options).output.err(CUT);
  await new LogWriter(options.raw === true).copy(files);
}

async function follow(study: Study, number: number, options: LogOptions, { output }: CliContext): Promise<void> {
  const { followLog } = await import("./follow-log.ts");
  study.trial(number);
  let writer = new LogWriter(options.raw === true);
  const begin = async (attempt: number): Promise<void> => {
    await writer.end();
    writer = new LogWriter(options.raw === true);
    output.err(`--- attempt ${attempt} ---`);
  };
  await followLog(study, number, (bytes) => writer.write(bytes), begin);
  await writer.end();
  const { state, message, outcome } = study.trial(number);
  const cause = state === "failed" ? `: ${failureCause(message ?? outcome ?? "")}` : "";
  output.err(`trial ${number} of ${study.name} is ${state}${cause}`);
}

async function printLog(study: Study, trial: Trial, options: LogOptions, context: CliContext): Promise<void> {
  const count = trial.segments.reduce((sum, { attempts }) => sum + attempts.length, 0);
  const all = Array.from({ length: count }, (_, index) => index);
  const wanted = options.attempt === undefined ? all : [chosenAttempt(options.attempt, trial, count)];
  const kept = wanted
    .map((attempt) => ({ attempt, ...logParts(logFile(study.location, study.id, trial.number, attempt)) }))
    .filter(({ files }) => files.length > 0);
  if (kept.length === 0) {
    context.output.err(`attune: no log is kept of trial ${trial.number} (${trial.state}): ${why(trial, count)}.`);
    context.exitWith(EXIT_CODES.negative);
    return;
  }
  const { output } = quietly(context, options);
  for (const { attempt, files, cut } of kept) {
    if (kept.length > 1) output.err(`--- attempt ${attempt} ---`);
    if (cut) output.err(CUT);
    await new LogWriter(options.raw === true).copy(files);
  }
}

function chosenAttempt(text: string, trial: Trial, count: number): number {
  const attempt = readCount({ value: text, label: "--attempt", position: null }, 0);
  if (attempt < count) return attempt;
  const there = count === 0 ? "it was not started yet" : `it has ${count}, counted from 0`;
  throw new AttuneError("invalid-argument", `Trial ${trial.number} has no attempt ${attempt}; ${there}.`);
}

function why(trial: Trial, attempts: number): string {
  if (attempts === 0) return "it was not started";
  const owner = trial.segments.at(-1)?.attempts.at(-1)?.owner;
  return owner?.kind === "leased"
    ? "it printed nothing, ran on another machine or as a function"
    : "it was run by hand";
}
