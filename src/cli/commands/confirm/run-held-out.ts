import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { HeldOutCandidate, StudyReport, Winner } from "../../../analysis/index.ts";
import { CommandExecutor } from "../../../executor/command/command-executor.ts";
import type { JobControl } from "../../../executor/executor.ts";
import { readCommandTemplate } from "../../../protocol/index.ts";
import { schedulerAbilities } from "../../../scheduler/index.ts";
import { defaultParams, withDerived } from "../../../space/index.ts";
import type { Study } from "../../../study/index.ts";
import { trialSeed } from "../../../study/run-job.ts";
import { decodeNumber } from "../../../trial/encoded-number.ts";
import type { HeldOutRun } from "../../../trial/held-out-run.ts";
import type { CommandTemplate } from "../../../trial/study-definition.ts";
import { defaultOf, type RunSettings } from "../../settings/table.ts";
import { heldOutFolder, heldOutLog } from "../../study/storage-location.ts";
import { programNames, valueWriterOf } from "../../study/winning-command.ts";
import { executorMetrics, executorSafety } from "../run/executor-settings.ts";
import type { HeldOutQuestion } from "./held-out-question.ts";

/** What `${trial}` and ATTUNE_TRIAL are for a configuration that no trial has. */
const NO_TRIAL = -1;

/** What is run how, and who hears of it. */
export interface HeldOutTask {
  readonly question: HeldOutQuestion;
  readonly candidates: readonly SeededCandidate[];
  readonly settings: RunSettings;
  readonly environment: NodeJS.ProcessEnv;
  /** A sentence why no run may begin any more, or null. */
  readonly mayStart: () => Promise<string | null>;
  /** Told of each run that is written down, and of each that ended without being one, with the reason. */
  readonly onEnd: (candidate: SeededCandidate, run: HeldOutRun | null, why: string | null) => void;
}

/** Runs each candidate once, with the limits of trials, and keeps each run with the study as soon as it has ended. */
export async function runHeldOut(study: Study, task: HeldOutTask, control: JobControl): Promise<void> {
  const { settings, question, environment } = task;
  const folders = new Map<number, number>();
  const place = (trial: number, name: string): string =>
    join(heldOutFolder(study.location, study.id, folders.get(trial)!), name);
  const executor = new CommandExecutor({
    command: question.command,
    parameters: programNames(study.space),
    writer: valueWriterOf(study),
    environment,
    inputFolder: ({ trial }) => place(trial, "input"),
    logFile: ({ trial }) => heldOutLog(study.location, study.id, folders.get(trial)!),
    stopFile: ({ trial }) => place(trial, "stop"),
    reportFile: ({ trial }) => place(trial, "reports"),
    ...executorSafety(settings, settings.grace ?? defaultOf("grace"), environment),
    metrics: await executorMetrics(question.reading, [question.metric]),
  });
  const waiting = [...task.candidates];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const refused = control.stop.aborted ? "the run was stopped" : await task.mayStart();
      if (refused !== null) task.onEnd(next, null, refused);
      else {
        const number = newFolder(study);
        folders.set(next.trial ?? NO_TRIAL, number);
        await runOne(study, task, executor, next, number, control);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(settings.workers ?? 1, waiting.length) }, work));
  } finally {
    await executor.close();
  }
}

async function runOne(
  study: Study,
  { question, onEnd }: HeldOutTask,
  executor: CommandExecutor,
  candidate: SeededCandidate,
  number: number,
  control: JobControl,
): Promise<void> {
  const { role, trial, params, seed } = candidate;
  const { command, metric, reading } = question;
  const startedAt = Date.now();
  const begun = performance.now();
  const kept = (reading.keep ?? []).filter((name) => name !== metric.name);
  const job = { study: study.name, trial: trial ?? NO_TRIAL, segment: 0, attempt: 0, until: null, resumeFrom: null };
  const staged = schedulerAbilities(study.settings.scheduler.name)?.promotes === true;
  const { state, values, end } = await executor.run(
    { ...job, params, seed, metrics: [metric.name], ...(staged && { staged }) },
    { report: () => undefined, room: () => null, ask: () => null },
    control,
  );
  if (state === null) {
    onEnd(candidate, null, end.message);
    return;
  }
  const found = Object.fromEntries(
    Object.entries(values).filter(([name]) => name === metric.name || kept.includes(name)),
  );
  const run: HeldOutRun = {
    ...{ number, role, trial, params, seed, command, metric: metric.name },
    ...{
      reading: { ...reading },
      values: found,
      end,
      startedAt,
      endedAt: startedAt + Math.round(performance.now() - begun),
    },
  };
  await study.recordHeldOut(run);
  onEnd(candidate, run, null);
}

/** The first number whose folder nobody has, also not a run that was killed or one that goes on beside this. */
function newFolder(study: Study): number {
  for (let number = 1 + Math.max(-1, ...study.heldOut.map((run) => run.number)); ; number++) {
    const folder = heldOutFolder(study.location, study.id, number);
    mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
    try {
      mkdirSync(folder, { mode: 0o700 });
      return number;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

/** A configuration with the seed its program gets: the one that its trial had. */
export interface SeededCandidate extends HeldOutCandidate {
  readonly seed: number;
}

/** The configurations to be judged on held-out data, the winner first, and sentences about those that cannot be. */
interface HeldOutCandidates {
  readonly candidates: readonly SeededCandidate[];
  readonly left: readonly string[];
}

/** Winner, runner-up and defaults, each once. */
export function heldOutCandidates(
  study: Study,
  winner: Winner,
  { defaultTrial }: StudyReport,
  command: CommandTemplate,
): HeldOutCandidates {
  const [metric] = study.metrics;
  const { runnerUp } = winner;
  const candidates = [seeded(study, "winner", winner.number, decodeNumber(winner.values[metric!.name]!))];
  if (runnerUp !== null) candidates.push(seeded(study, "runner-up", runnerUp.number, runnerUp.value));
  const tried = winner.default;
  if (tried !== null) {
    const known = candidates.find(({ trial }) => trial === tried.number);
    if (known !== undefined) return { candidates, left: [`The defaults are the ${known.role}.`] };
    return { candidates: [...candidates, seeded(study, "default", tried.number, tried.value)], left: [] };
  }
  const defaults = defaultParams(study.space);
  if (defaults === null) return { candidates, left: [] };
  if (defaultTrial?.state === "failed")
    return { candidates, left: [`The defaults failed in trial ${defaultTrial.number} and are not run.`] };
  if (readCommandTemplate(command).uses.includes("trial"))
    return {
      candidates,
      left: ["The defaults have no finished trial, so there is no ${trial} to put into the command."],
    };
  const params = withDerived(study.space, defaults);
  const untried = { role: "default", trial: null, params, seen: null, seed: trialSeed(study.seed, 0) } as const;
  return { candidates: [...candidates, untried], left: [] };
}

function seeded(study: Study, role: SeededCandidate["role"], trial: number, seen: number): SeededCandidate {
  const { replicate } = study.trial(trial);
  const seed = replicate?.seed ?? trialSeed(study.seed, trial);
  return { role, trial, params: study.programParams(trial), seen, seed };
}
