import { AttuneError, StorageConflict } from "../errors.ts";
import { AwakeTimer } from "../executor/awake-timer.ts";
import type { Executor, Job, JobControl, JobResult } from "../executor/executor.ts";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import type { SchedulerAbilities } from "../scheduler/registry.ts";
import type { ReportDecision, Scheduler } from "../scheduler/scheduler.ts";
import type { Params } from "../space/json.ts";
import type { Parameter } from "../space/parameter.ts";
import type { ClaimedTrial } from "../trial/command.ts";
import { encodeNumber } from "../trial/encoded-number.ts";
import type { Report, Trial, Values } from "../trial/trial.ts";
import { ReportQueue } from "./report-queue.ts";
import { secondsSince } from "./seconds-since.ts";
import type { StudyLog } from "./study-log.ts";
import { TrialParameters } from "./trial-parameters.ts";

/** Reports of a trial wait this long for company, unless a scheduler wants them at once. */
const REPORT_DELAY_MS = 50;

/** A trial under way in this process. */
export interface RunningJob {
  readonly claimed: ClaimedTrial;
  readonly token: string;
  readonly control: { readonly stop: AbortController; readonly kill: AbortController };
}

/** How a job ended for the study: `finished`, given back (`returned`), `paused`, or taken from us (`fenced`). */
export type JobEnd = "finished" | "returned" | "paused" | "fenced";

/** Seed handed to the program of a trial: in [0, 2^31), from study seed and trial number alone. */
export function trialSeed(studySeed: number, trial: number): number {
  return keyedStreams(studySeed, trial).stream("program-seed").uint32() >>> 1;
}

/** Runs one claimed trial to its end and writes how it ended into the log. */
export class JobRunner {
  readonly #log: StudyLog;
  readonly #executor: Executor;
  readonly #scheduler: Scheduler;
  readonly #abilities: SchedulerAbilities;
  readonly #graceMs: number;

  /** `graceMs` is what a program gets to end once its scheduler stops it. */
  constructor(log: StudyLog, executor: Executor, scheduler: Scheduler, abilities: SchedulerAbilities, graceMs: number) {
    this.#graceMs = graceMs;
    this.#log = log;
    this.#executor = executor;
    this.#scheduler = scheduler;
    this.#abilities = abilities;
  }

  /** Resolves once the program is over; the promise inside resolves once the log has its end. */
  async run(job: RunningJob): Promise<{ readonly committed: Promise<JobEnd> }> {
    const trial = this.#log.trial(job.claimed.trial);
    let decision: ReportDecision = { action: "continue" };
    let killing: AwakeTimer | null = null;
    let over = false;
    const begun = performance.now();
    const parameters = new TrialParameters(this.#log, trial.number, job.token);
    const queue = new ReportQueue(
      () => this.#log.trial(trial.number).reports.length,
      this.#delay,
      async (reports) => {
        const defined = parameters.flush();
        const [news] = await Promise.all([this.#report(job, reports), unlessFenced(defined)]);
        if (decision.action !== "continue" || news.action === "continue") return;
        decision = news;
        // Decided on the last report of a program that has ended by itself: nothing to stop, and no timer that holds the process.
        if (over) return;
        job.control.stop.abort();
        killing = new AwakeTimer(this.#graceMs, () => job.control.kill.abort());
      },
    );
    const ended = await this.#execute(job, trial, queue, parameters).finally(() => {
      over = true;
      killing?.clear();
    });
    const result = { ...ended, end: { ...ended.end, seconds: secondsSince(begun) } };
    // Reports and end go to the storage together; commands of one client keep their order. What waits behind a batch that is
    // still on its way would come after the end, and be refused.
    const behind = queue.busy;
    const defined = unlessFenced(parameters.flush());
    const reported = queue.flush();
    if (behind || this.#abilities.watches) await reported;
    return { committed: this.#end(job, result, () => decision, Promise.all([defined, reported])) };
  }

  async #execute(job: RunningJob, trial: Trial, queue: ReportQueue, parameters: TrialParameters): Promise<JobResult> {
    let params: Params;
    try {
      params = this.#log.programParams(trial);
    } catch (error) {
      if (!(error instanceof AttuneError) || error.code !== "invalid-params") throw error;
      return notStarted(error.message);
    }
    const events = {
      report: (step: number, values: Measured) => void queue.push({ step, values: encode(values) }),
      room: () => queue.room(),
      ask: (parameter: Parameter) => parameters.ask(parameter),
    };
    try {
      return await this.#executor.run(this.#job(trial, params, job.claimed), events, controlOf(job));
    } catch (error) {
      await this.#giveBack(job, error);
      throw error;
    }
  }

  /** The executor itself failed: the trial goes back before the run ends with that error. */
  async #giveBack(job: RunningJob, error: unknown): Promise<void> {
    const message = `The trial could not be run: ${error instanceof Error ? error.message : String(error)}`;
    const end = { outcome: "preempted", message, exitCode: null, signal: null, checkpoint: null } as const;
    const { trial } = job.claimed;
    await this.#log.execute({ type: "return", trial, token: job.token, evidence: "self", end });
  }

  get #delay(): number {
    return this.#abilities.watches ? 0 : REPORT_DELAY_MS;
  }

  #job(trial: Trial, params: Params, claimed: ClaimedTrial): Job {
    const { definition } = this.#log.state;
    return {
      study: definition.name,
      trial: trial.number,
      segment: claimed.segment,
      attempt: trial.segments.reduce((sum, segment) => sum + segment.attempts.length, 0) - 1,
      params,
      seed: trial.replicate?.seed ?? trialSeed(definition.seed, trial.number),
      until: claimed.until,
      resumeFrom: newestCheckpoint(trial),
      metrics: definition.metrics.map((metric) => metric.name),
      ...this.#units(),
    };
  }

  #units(): Pick<Job, "units"> {
    const { state } = this.#log;
    const known = state.definition.metrics.flatMap(({ name }) => {
      const unit = state.unitOf(name);
      return unit === undefined ? [] : [[name, unit] as const];
    });
    return known.length === 0 ? {} : { units: Object.fromEntries(known) };
  }

  async #report(job: RunningJob, reports: readonly Report[]): Promise<ReportDecision> {
    try {
      await this.#log.execute({ type: "report", trial: job.claimed.trial, token: job.token, reports });
    } catch (error) {
      // Fenced: the attempt is no longer ours, its end says so.
      if (error instanceof StorageConflict) return { action: "continue" };
      throw error;
    }
    if (!this.#abilities.watches) return { action: "continue" };
    const view = this.#log.history.view(this.#log.revision);
    const trial = this.#log.trial(job.claimed.trial);
    for (const report of reports) {
      const decision = this.#scheduler.onReport(view, trial, report);
      if (decision.action !== "continue") return decision;
    }
    return { action: "continue" };
  }

  async #end(
    job: RunningJob,
    result: JobResult,
    decided: () => ReportDecision,
    reported: Promise<unknown>,
  ): Promise<JobEnd> {
    try {
      const [end] = await Promise.all([this.#commit(job, result, decided()), reported]);
      return end;
    } catch (error) {
      if (error instanceof StorageConflict) return "fenced";
      throw error;
    }
  }

  async #commit(job: RunningJob, result: JobResult, decision: ReportDecision): Promise<JobEnd> {
    const { trial } = job.claimed;
    const { token } = job;
    const { end } = result;
    if (decision.action === "pause" && result.state !== "failed") {
      const paused = { ...end, outcome: "paused", message: decision.reason } as const;
      await this.#log.execute({ type: "pause", trial, token, end: paused });
      return "paused";
    }
    if (decision.action === "stop" && result.state !== "failed") {
      const stopped = { ...end, outcome: "stopped", message: decision.reason } as const;
      const values = result.state === "complete" ? result.values : this.#lastValues(trial);
      await this.#log.execute({ type: "finish", trial, token, state: "pruned", values, end: stopped });
      return "finished";
    }
    if (result.state === null) {
      // The third loss fails the trial.
      const { state } = await this.#log.execute({ type: "return", trial, token, evidence: "self", end });
      return state === "failed" ? "finished" : "returned";
    }
    await this.#log.execute({ type: "finish", trial, token, state: result.state, values: result.values, end });
    return "finished";
  }

  #lastValues(trial: number): Values {
    const values: Record<string, Values[string]> = {};
    for (const report of this.#log.trial(trial).reports) Object.assign(values, report.values);
    return values;
  }
}

/** What the newest attempt before this one kept: at the end of the segment before, or when it was stopped within this one. */
function newestCheckpoint(trial: Trial): string | null {
  const before = trial.segments.flatMap((segment) => segment.attempts).slice(0, -1);
  return before.findLast((attempt) => attempt.checkpoint !== null)?.checkpoint ?? null;
}

/** A derived value cannot be computed, so that the program cannot be told its values. */
function notStarted(message: string): JobResult {
  const end = { outcome: "not-started", message, exitCode: null, signal: null, checkpoint: null } as const;
  return { state: "failed", values: {}, end };
}

/** Fenced: the attempt is no longer ours, its end says so. */
async function unlessFenced(written: Promise<void>): Promise<void> {
  try {
    await written;
  } catch (error) {
    if (!(error instanceof StorageConflict)) throw error;
  }
}

type Measured = Readonly<Record<string, number>>;

function controlOf(job: RunningJob): JobControl {
  return { stop: job.control.stop.signal, kill: job.control.kill.signal };
}

function encode(values: Measured): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, encodeNumber(value)]));
}
