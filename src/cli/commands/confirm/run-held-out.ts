import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { CommandExecutor } from "../../../executor/command/command-executor.ts";
import type { Job, JobControl } from "../../../executor/executor.ts";
import { heldOutFolder, heldOutLog } from "../../../record/study-files.ts";
import { schedulerAbilities } from "../../../scheduler/index.ts";
import type { Study } from "../../../study/index.ts";
import type { HeldOutRun } from "../../../trial/held-out-run.ts";
import type { Metric } from "../../../trial/metric.ts";
import { defaultOf, type RunSettings } from "../../settings/table.ts";
import { executorMetrics, executorSafety } from "../../study/collect-settings.ts";
import { programNames, valueWriterOf } from "../../study/winning-command.ts";
import type { SeededCandidate } from "./held-out-candidates.ts";
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
    metrics: await executorMetrics(question.reading, question.metrics),
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
  const { command, metrics, reading } = question;
  const names = metrics.map(({ name }) => name);
  const startedAt = Date.now();
  const begun = performance.now();
  const wanted = new Set([...names, ...(reading.keep ?? [])]);
  const job = { study: study.name, trial: trial ?? NO_TRIAL, segment: 0, attempt: 0, until: null, resumeFrom: null };
  const staged = schedulerAbilities(study.settings.scheduler.name)?.promotes === true;
  const { state, values, end } = await executor.run(
    { ...job, params, seed, metrics: names, ...unitsOf(study, names), ...(staged && { staged }) },
    { report: () => undefined, room: () => null, ask: () => null },
    control,
  );
  if (state === null) {
    onEnd(candidate, null, end.message);
    return;
  }
  const found = Object.fromEntries(Object.entries(values).filter(([name]) => wanted.has(name)));
  const run: HeldOutRun = {
    ...{ number, role, trial, params, seed, command, metric: names[0]!, ...(names.length > 1 && { metrics: names }) },
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

/** Held-out values are compared with those that the study has, in the units of these. */
function unitsOf(study: Study, names: readonly string[]): Pick<Job, "units" | "unitsSaid"> {
  const by = <T>(of: (objective: Metric) => T | undefined): Readonly<Record<string, T>> =>
    Object.fromEntries(
      study.metrics.flatMap((objective, at) => {
        const unit = of(objective);
        return unit === undefined ? [] : [[names[at]!, unit] as const];
      }),
    );
  return { units: by(({ name }) => study.unitOf(name)), unitsSaid: by(({ unit }) => unit) };
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
