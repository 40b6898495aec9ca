import type { Command } from "commander";
import { type Candidate, confirmation, confirmFront, ignoresSeed } from "../../../analysis/index.ts";
import { AttuneError } from "../../../errors.ts";
import { quoteWord } from "../../../protocol/shell-quote.ts";
import { recordText } from "../../../record/json-text.ts";
import { planConfirmation, queueReplicates } from "../../../study/confirmation-runs.ts";
import { planFrontConfirmation } from "../../../study/front-confirmation-runs.ts";
import type { Study } from "../../../study/index.ts";
import { type CliContext, EXIT_CODES, type ExitCode } from "../../context.ts";
import type { Output } from "../../output.ts";
import { camelCase } from "../../settings/declaration.ts";
import { readCount } from "../../settings/given-setting.ts";
import {
  addSettings,
  addStudyTarget,
  type RunCommandOptions,
  type RunSettings,
  settingsOf,
} from "../../settings/table.ts";
import { collectSettings } from "../../study/collect-settings.ts";
import { storageWords } from "../../study/storage-location.ts";
import { withStudy } from "../../study/study-target.ts";
import { valueWriterOf } from "../../study/winning-command.ts";
import { noProgram, tuneStudy } from "../run/tune-study.ts";
import { frontConfirmationLines, pointToConfirm } from "./confirm-front.ts";
import { confirmHeldOut } from "./confirm-held-out.ts";
import { bestLine, confirmationLines } from "./confirmation-lines.ts";
import { HELD_OUT_GROUPS, type HeldOutOptions } from "./held-out-question.ts";

interface ConfirmOptions extends RunCommandOptions, HeldOutOptions {
  readonly replicates: string;
  readonly holdout?: boolean;
}

/** Fresh runs after which a program that does not use its seed is known. */
const FIRST_RUNS = 2;

const HELD_OUT_METRIC =
  "with --holdout: the metric that it prints, objective=name of several, may be given again (default: the study's)";

const HELP = `
The best of many trials is also the luckiest. This runs the winner, the runner-up, a trial that is better than a
confirmed winner, and the defaults again on fresh seeds that they share, and says from these runs alone whether the
winner is better. The program must use its seed:
\${seed} in its arguments, or the variable ATTUNE_SEED. Runs of earlier calls count towards --replicates.

With --holdout the three run once on data that the search never saw, by the program behind -- (\${name} gives the
values, \${trial} the number of the trial) or by holdout: of a study file. These runs are no trials.

Of a study with several objectives it runs the chosen point (attune choose, else the knee), its neighbours on the front and the defaults again,
and says in which objectives they can be told apart, and how likely each is on the front; with --holdout how the chosen point stands to the others
in each objective, and whether one of them beats it in everything.

Examples:
  attune confirm digits
  attune confirm digits --replicates 10 --workers 4
  attune confirm study.yaml --json
  attune confirm digits --holdout -- python train.py --data held-out.csv --lr '\${lr}' --layers '\${layers}'
  attune confirm digits --holdout --metric test_loss -- python test.py --model 'runs/\${trial}/model.pt'
  attune confirm desk --holdout --metric sharpe=test_sharpe -- python backtest.py --year 2025 --window '\${window}' --stop '\${stop}'

Ends with code 1 when no trial is complete, no fresh run is, or the winner (the chosen point) has no held-out value.`;

/** `attune confirm`: runs the winner and its rivals again on fresh seeds, and says how sure its lead is. */
export function configure(command: Command, context: CliContext): void {
  addStudyTarget(command).option("--replicates <number>", "fresh runs of each in all", "5");
  addSettings(command, "confirm", ["course"])
    .option("--holdout", "run each once on held-out data, by the program behind -- or holdout: of the study file")
    .option("--metric <name>", HELD_OUT_METRIC, (name: string, names: readonly string[] = []) => [...names, name])
    .option("--again", "with --holdout: run again what was run before");
  addSettings(command, "confirm", ["limits", ...HELD_OUT_GROUPS])
    .option("--trust-command", "run a command that was set over a server, from now on; it is shown")
    .option("--json", "print one JSON object: metric, configurations, leads, ignoresSeeds, notMade, best")
    .option("--quiet", "print only errors and the result")
    .addHelpText("after", HELP)
    .action(async (word: string | undefined, options: ConfirmOptions) => {
      const count = readCount({ value: options.replicates, label: "--replicates", position: null }, 2);
      if (options.holdout !== true) refuseHeldOutOptions(options, context);
      const settings = await collectSettings(word === undefined ? [] : [word], null, withoutHeldOut(options));
      await withStudy(context, word, options, async (study) => {
        if (study.summary().winner?.limits?.feasible === false) {
          context.output.err(
            `attune: no configuration of study ${study.name} keeps its limits yet; there is none to confirm.`,
          );
          context.exitWith(EXIT_CODES.negative);
          return;
        }
        const code = options.holdout
          ? await confirmHeldOut(study, settings, options, context)
          : await confirm(study, count, settings, options, context);
        context.exitWith(code);
      });
    });
}

/** The parameters that a trial ended with are not what it was trained with where they changed on its way. */
function requireFixed(study: Study, number: number): void {
  if (study.trial(number).branch === undefined) return;
  const name = quoteWord(study.name);
  const schedule = `"$(attune export ${name}${storageWords(study.location)} --schedule --trial ${number})"`;
  const way = `attune run --study ${quoteWord(`${study.name}-again`)} --scheduler ${schedule} --trials 5, with the same program`;
  throw new AttuneError(
    "invalid-argument",
    `The parameters of trial ${number} changed on its way, so that it cannot be run again by those it ended with: run its schedule by ${way}.`,
  );
}

/** Options that say something of runs on held-out data alone. */
function heldOutNames(): readonly string[] {
  const taken = settingsOf(HELD_OUT_GROUPS).filter(({ commands }) => commands.includes("confirm"));
  return ["again", "metric", ...taken.map(({ name }) => name)];
}

function refuseHeldOutOptions(options: ConfirmOptions, { program }: CliContext): void {
  const given = heldOutNames().find((name) => camelCase(name) in options);
  if (given === undefined && program === null) return;
  const what = given === undefined ? "A program behind --" : `--${given}`;
  throw new AttuneError("invalid-argument", `${what} is for runs on held-out data; add --holdout, or leave it out.`);
}

/** What is said of held-out runs is not said of the study. */
function withoutHeldOut(options: ConfirmOptions): RunCommandOptions {
  const names = new Set(heldOutNames().map(camelCase));
  return Object.fromEntries(Object.entries(options).filter(([name]) => !names.has(name)));
}

async function confirm(
  study: Study,
  count: number,
  settings: RunSettings,
  options: ConfirmOptions,
  context: CliContext,
): Promise<ExitCode> {
  const { winner } = study.summary();
  const point = winner ?? pointToConfirm(study);
  if (point === null) {
    const lacks =
      study.metrics.length > 1 ? "no configuration on its front yet" : "no complete trial with a finite value yet";
    context.output.err(`attune: study ${study.name} has ${lacks} to confirm.`);
    return EXIT_CODES.negative;
  }
  if (study.settings.command === null) throw noProgram(study.name);
  requireFixed(study, point.number);
  if (winner !== null) {
    const planned = await planConfirmation(study, winner);
    return await runAgain(study, planned, showLeads, count, settings, options, context);
  }
  const planned = await planFrontConfirmation(study, point.number);
  return await runAgain(study, planned, showFront, count, settings, options, context);
}

/** Prints what came of a confirmation. */
type Show<R extends string> = (
  study: Study,
  candidates: readonly Candidate<R>[],
  count: number,
  options: ConfirmOptions,
  output: Output,
) => ExitCode;

async function runAgain<R extends string>(
  study: Study,
  planned: readonly Candidate<R>[],
  show: Show<R>,
  count: number,
  settings: RunSettings,
  options: ConfirmOptions,
  context: CliContext,
): Promise<ExitCode> {
  await study.refresh();
  // Two runs of the winner tell a program that does not use its seed.
  const [own] = await queueReplicates(study, planned.slice(0, 1), Math.min(count, FIRST_RUNS));
  const seedless = (): boolean =>
    options.keepGoing !== true && ignoresSeed(study.views(), study.trial(own!.number).configuration);
  const first = await runWaiting(study, settings, options, context, "first", (output, over) =>
    over || seedless() ? show(study, [own!, ...planned.slice(1)], count, options, output) : null,
  );
  if (first !== null) return first;
  const candidates = await queueReplicates(study, planned, count);
  const rest = await runWaiting(study, settings, options, context, "second", (output) =>
    show(study, candidates, count, options, output),
  );
  return rest ?? EXIT_CODES.ok;
}

/** Runs all that waits, unless nothing does; `end` prints what came of it, or, unless all is `over`, answers null for going on. */
async function runWaiting(
  study: Study,
  settings: RunSettings,
  options: ConfirmOptions,
  context: CliContext,
  part: "first" | "second",
  end: (output: Output, over: boolean) => ExitCode | null,
): Promise<ExitCode | null> {
  await study.refresh();
  const views = study.views();
  const waiting = views.filter(({ state }) => state === "waiting").length;
  if (waiting === 0) return end(context.output, false);
  // Those paused at a rung stay so, and have their places in the total.
  const trials =
    study.trialsSpent + views.filter(({ state }) => state === "running" || state === "paused").length + waiting;
  // What ends a study early does not end its confirmation.
  const { timeout: _, budget: __, target: ___, patience: ____, ...rest } = settings;
  const run = { ...rest, trials, keepGoing: true, unscheduled: true };
  const trustCommand = options.trustCommand === true;
  const tuning = { quiet: options.quiet === true, helpers: null, part, trustCommand };
  let goesOn = false;
  const code = await tuneStudy(study, run, tuning, context, ({ summary }, output) => {
    const shown = end(output, summary.reason !== "trials");
    goesOn = shown === null;
    return shown ?? EXIT_CODES.ok;
  });
  return goesOn && code === EXIT_CODES.ok ? null : code;
}

function showFront(
  study: Study,
  candidates: Parameters<Show<"chosen" | "neighbour" | "default">>[1],
  count: number,
  options: ConfirmOptions,
  output: Output,
): ExitCode {
  const result = confirmFront(study.views(), study.metrics, study.limits, candidates);
  const made = result.configurations.map(({ runs, failed }) => Math.min(count, runs + failed));
  const notMade = result.ignoresSeeds ? made.reduce((sum, runs) => sum + count - runs, 0) : 0;
  if (options.json) output.out(recordText({ study: study.name, ...result, notMade }, valueWriterOf(study)), "exact");
  else for (const line of frontConfirmationLines(result, notMade, output.outPaint, output.outWidth)) output.out(line);
  return result.configurations.some(({ runs }) => runs > 0) ? EXIT_CODES.ok : EXIT_CODES.negative;
}

function showLeads(
  study: Study,
  candidates: readonly Candidate[],
  count: number,
  options: ConfirmOptions,
  output: Output,
): ExitCode {
  const result = confirmation(study.views(), study.metrics, candidates);
  const { winner } = study.summary();
  const best = winner === null ? null : study.trial(winner.number).configuration;
  const made = result.configurations.map(({ values, failed }) => Math.min(count, values.length + failed));
  const notMade = result.ignoresSeeds ? made.reduce((sum, runs) => sum + count - runs, 0) : 0;
  const record = { study: study.name, ...result, notMade, best: winner?.number ?? null };
  if (options.json) output.out(recordText(record, valueWriterOf(study)), "exact");
  else {
    for (const line of confirmationLines(result, notMade, output.outPaint, output.outWidth)) output.out(line);
    const line = bestLine(candidates.find(({ number }) => study.trial(number).configuration === best));
    if (line !== null) output.out(line);
  }
  return result.configurations.some(({ values }) => values.length > 0) ? EXIT_CODES.ok : EXIT_CODES.negative;
}
