import { AttuneError, StorageConflict } from "../errors.ts";
import type { Executor, Job, JobControl, JobResult } from "../executor/executor.ts";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import { compileLimits } from "../objective/index.ts";
import type { StepOrigin } from "../protocol/step-origin.ts";
import { readUnit } from "../protocol/units.ts";
import type { Params } from "../space/json.ts";
import type { Parameter } from "../space/parameter.ts";
import type { ClaimedTrial } from "../trial/command.ts";
import { encodeValues } from "../trial/encode-values.ts";
import { checkpointToGoOnFrom } from "../trial/resumable-attempt.ts";
import type { Report, Trial, Values } from "../trial/trial.ts";
import type { FrozenTrials } from "./frozen-trials.ts";
import { lastValues } from "./last-values.ts";
import { stopAskedFor } from "./person-requests.ts";
import { takeWholeRun } from "./ran-in-full.ts";
import { ReportQueue } from "./report-queue.ts";
import type { FreezeWhen } from "./run-options.ts";
import type { ReportDecided, Scheduling } from "./scheduling.ts";
import { secondsSince } from "./seconds-since.ts";
import { StepsPastUntil } from "./steps-past-until.ts";
import { StopRequest, type UntilHabit } from "./stop-request.ts";
import type { StudyLog } from "./study-log.ts";
import { TrialParameters } from "./trial-parameters.ts";

const TIMED = 'is judged by a time, which would go on meanwhile (insist with freeze: "always")';

/** Reports of a trial wait this long for company, unless a scheduler wants them at once. */
const REPORT_DELAY_MS = 50;

/** A trial under way in this process. */
export interface RunningJob {
  readonly claimed: ClaimedTrial;
  readonly token: string;
  readonly control: { readonly [K in "stop" | "kill" | "freeze"]: AbortController };
  /** Looks whether a person stopped the trial; there while its program runs. */
  look?: () => void;
  /** True once an end is on its way to the log with which nobody needs to wait: what is asked from then on is asked after it. */
  isEndSent?: true;
}

/** How a job ended for the study: `finished`, given back (`returned`), `paused`, or taken from us (`fenced`). */
export type JobEnd = "finished" | "returned" | "paused" | "fenced";

/** The end of a job as everybody sees it; `kept` resolves when it may be told, null for at once. */
export interface CommittedEnd {
  readonly end: JobEnd;
  readonly kept: Promise<void> | null;
}

/** Seed handed to the program of a trial: in [0, 2^31), from study seed and trial number alone. */
export function trialSeed(studySeed: number, trial: number): number {
  return keyedStreams(studySeed, trial).stream("program-seed").uint32() >>> 1;
}

export interface JobRunnerSetup {
  readonly log: StudyLog;
  readonly executor: Executor;
  readonly scheduling: Scheduling;
  /** Where programs are kept that stand still while their trials pause. */
  readonly frozen: FrozenTrials;
  /** What a program gets to end once its scheduler stops it. */
  readonly graceMs: number;
  readonly freeze: FreezeWhen;
  /** Told what a user should know. */
  readonly notice: (text: string) => void;
  /** Whether others may go on while the disk is still to get the end of a trial that went well: where no trial's end can end them all. */
  readonly soon: boolean;
}

/** Runs one claimed trial to its end and writes how it ended into the log. */
export class JobRunner {
  readonly #log: StudyLog;
  readonly #executor: Executor;
  readonly #scheduling: Scheduling;
  readonly #graceMs: number;
  readonly #notice: (text: string) => void;
  readonly #frozen: FrozenTrials;
  readonly #freeze: FreezeWhen;
  readonly #soon: boolean;
  readonly #said = new Set<string>();
  readonly #habit: UntilHabit = { heeds: null };

  constructor({ log, executor, scheduling, frozen, graceMs, freeze, notice, soon }: JobRunnerSetup) {
    this.#soon = soon;
    this.#graceMs = graceMs;
    this.#notice = notice;
    this.#frozen = frozen;
    this.#freeze = freeze;
    this.#log = log;
    this.#executor = executor;
    this.#scheduling = scheduling;
  }

  /** Resolves once the program is over; the promise inside resolves once the log has its end. */
  async run(job: RunningJob): Promise<{ readonly committed: Promise<CommittedEnd> }> {
    const trial = this.#log.trial(job.claimed.trial);
    let decided: ReportDecided | null = null;
    const stop = new StopRequest(job.control, this.#graceMs, this.#habit);
    const begun = performance.now();
    // What a program that is given a fidelity reports may count something else.
    const past = new StepsPastUntil(this.#log.space.fidelity === undefined ? job.claimed.until : null);
    const parameters = new TrialParameters(this.#log, trial.number, job.token);
    const seen: Seen = { missing: null, furthest: Number.NEGATIVE_INFINITY };
    const queue = new ReportQueue(
      () => this.#log.state.reportCount(trial.number),
      this.#delay,
      (reports) => {
        const defined = parameters.flush();
        const written = Promise.all([this.#write(job, reports), unlessFenced(defined)]);
        // Not the reports themselves: they would be kept until the storage answers.
        return judged(written, reports[0]!.seq, reports.length);
      },
    );
    const judged = async (written: Promise<unknown>, first: number, count: number): Promise<void> => {
      await written;
      if (stopped !== null) return;
      if (decided === null) {
        decided = await this.#judge(job, first, count);
        if (decided !== null) this.#stop(stop, job, decided, seen.furthest);
      }
      if (decided !== null) stop.reportedOn(seen.furthest, past.wentOn);
    };
    const unfrozen = (why: string | null): void => {
      if (why !== null) this.#sayUnfrozen(trial.number, why);
      stop.unfrozen();
    };
    let stopped: string | null = null;
    job.look = () => {
      if (stopped !== null || decided !== null) return;
      stopped = stopAskedFor(this.#log.state, trial.number);
      if (stopped !== null) stop.ask();
    };
    job.look();
    const run = this.#execute(job, trial, { queue, parameters, past, seen, unfrozen });
    const program = await run.finally(() => stop.end());
    const ended = await this.#admitted(job, takeWholeRun(program, this.#isWhole(seen.furthest), this.#metrics));
    job.look = undefined;
    const missed = seen.missing !== null && { missing: seen.missing };
    const result = { ...ended, end: { ...ended.end, seconds: secondsSince(begun), ...missed } };
    // Reports and end go to the storage together; commands of one client keep their order. What waits behind a batch that is
    // still on its way would come after the end, and be refused.
    const behind = queue.busy;
    const defined = unlessFenced(parameters.flush());
    const reported = queue.flush();
    if (behind || this.#scheduling.watches || this.#scheduling.promotes) await reported;
    const how = (): HowEnded => ({ decided, stopped, past: past.proven });
    return { committed: this.#end(job, result, how, Promise.all([defined, reported])) };
  }

  #stop(request: StopRequest, { claimed }: RunningJob, decided: ReportDecided, furthest: number): void {
    const step = this.#log.state.reports(claimed.trial)!.step(decided.record.report);
    const pauses = decided.action === "pause";
    request.ask({
      atUntil: pauses && claimed.until !== null && step >= claimed.until,
      atEnd: this.#isWhole(furthest) ? furthest : null,
      freezes: pauses && this.#mayFreeze,
    });
  }

  /** Whether that step is the last of a full run, as far as one is known. */
  #isWhole(step: number): boolean {
    const { state, space } = this.#log;
    // What a program that is given a fidelity reports may count something else.
    return space.fidelity === undefined && state.fullRun !== null && step >= state.fullRun;
  }

  get #metrics(): readonly string[] {
    return this.#log.state.metrics.map(({ name }) => name);
  }

  /** A program that stands still is kept so, unless memory is wanted more urgently: then it is ended. */
  async #admitted({ claimed: { trial }, token }: RunningJob, result: JobResult): Promise<JobResult> {
    const { frozen } = result;
    if (frozen === undefined) return result;
    const timed = this.#isTimed((name) => result.end.units?.[name]);
    if (!timed && (await this.#frozen.admit(trial, token, frozen))) return result;
    this.#sayUnfrozen(trial, timed ? TIMED : "would take memory of which little is free");
    return await frozen.end(this.#graceMs);
  }

  /** A program that was given a fidelity would come no further than that, however often it is woken. */
  get #mayFreeze(): boolean {
    const { state, space } = this.#log;
    if (
      this.#freeze === "never" ||
      this.#scheduling.branches ||
      this.#executor.memory === undefined ||
      space.fidelity !== undefined
    )
      return false;
    return !this.#isTimed((name) => state.unitOf(name));
  }

  /** Whether what the study judges by is a time, in which the time would count that a program stands still; where that is not to be asked, no. */
  #isTimed(unitOf: (metric: string) => string | null | undefined): boolean {
    if (this.#freeze === "always") return false;
    const { metrics, settings } = this.#log.state;
    const limited = compileLimits(settings.limits).flatMap((limit) => limit.metrics);
    return [...metrics.map(({ name }) => name), ...limited].some((name) => isOfTime(unitOf(name) ?? ""));
  }

  #sayUnfrozen(trial: number, why: string): void {
    const text = `the program of trial ${trial} is ended while its trial pauses, since it ${why}; it begins anew when it is promoted. Others alike are not told.`;
    this.#sayOnce(text, why);
  }

  /** Says it unless the same was said before, or `kind` was. */
  #sayOnce(text: string, kind = text): void {
    if (this.#said.has(kind)) return;
    this.#said.add(kind);
    this.#notice(text);
  }

  async #execute(job: RunningJob, trial: Trial, course: Course): Promise<JobResult> {
    const { queue, parameters, past, seen, unfrozen } = course;
    let params: Params;
    try {
      params = this.#log.programParams(trial);
    } catch (error) {
      if (!(error instanceof AttuneError) || error.code !== "invalid-params") throw error;
      return notStarted(error.message);
    }
    const events = {
      report: (step: number, values: Measured, origin: StepOrigin = "own") => {
        past.add(step, origin);
        seen.furthest = Math.max(seen.furthest, step);
        void queue.push({ step, values: encodeValues(values) });
      },
      room: () => queue.room(),
      settled: () => queue.settled(),
      missing: (checkpoint: string) => {
        seen.missing = checkpoint;
        this.#notice(`the checkpoint of trial ${trial.number} is gone (${checkpoint}): it begins anew.`);
      },
      ask: (parameter: Parameter) => parameters.ask(parameter),
      unfrozen,
      waits: (why: string) => this.#sayOnce(why),
    };
    try {
      const frozen = this.#frozen.take(trial.number);
      if (frozen !== null) return await frozen.wake(events, controlOf(job));
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
    return this.#scheduling.watches ? 0 : REPORT_DELAY_MS;
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
      ...(this.#scheduling.staged && { staged: true }),
      resumeFrom: checkpointToGoOnFrom(trial, (number) => this.#log.state.trial(number)),
      metrics: this.#metrics,
      ...this.#units(),
    };
  }

  #units(): Pick<Job, "units" | "unitsSaid"> {
    const { state } = this.#log;
    const known = this.#metrics.flatMap((name) => {
      const unit = state.unitOf(name);
      return unit === undefined ? [] : [[name, unit] as const];
    });
    const said = state.metrics.flatMap(({ name, unit }) => (unit === undefined ? [] : [[name, unit] as const]));
    return {
      ...(known.length > 0 && { units: Object.fromEntries(known) }),
      ...(said.length > 0 && { unitsSaid: Object.fromEntries(said) }),
    };
  }

  #write({ claimed: { trial }, token }: RunningJob, reports: readonly Report[]): Promise<void> {
    return unlessFenced(this.#log.execute({ type: "report", trial, token, reports }));
  }

  /** What the scheduler decides on `count` reports from `first` on, which the log has; rungs that they pass are written down. */
  async #judge({ claimed: { trial }, token }: RunningJob, first: number, count: number): Promise<ReportDecided | null> {
    if (!this.#scheduling.watches) return null;
    for (let seq = first; seq < first + count; seq++) {
      const decided = this.#scheduling.onReport(trial, seq);
      if (decided === null) continue;
      if (decided.action !== "pass") return decided;
      await unlessFenced(this.#log.execute({ type: "pass", trial, token, decision: decided.record }));
    }
    return null;
  }

  async #end(
    job: RunningJob,
    result: JobResult,
    how: () => HowEnded,
    reported: Promise<unknown>,
  ): Promise<CommittedEnd> {
    try {
      const [end] = await Promise.all([this.#commit(job, result, how()), reported]);
      return typeof end === "string" ? { end, kept: null } : end;
    } catch (error) {
      this.#frozen.settle(job.claimed.trial, job.token, false);
      if (error instanceof StorageConflict) return { end: "fenced", kept: null };
      throw error;
    }
  }

  /** What was decided of the trial. A program that ended well by itself, past the step it was given or without one, is over: nothing is left to run on. */
  #carried({ claimed }: RunningJob, result: JobResult, { decided, past }: HowEnded): Carried {
    if (result.state === "failed") return null;
    const isOver = result.state === "complete" && (claimed.until === null || past);
    if (decided !== null && !(decided.action === "pause" && isOver)) return decided;
    return isOver ? null : this.#scheduling.onEnd(claimed.trial, claimed.until, result);
  }

  async #commit(job: RunningJob, result: JobResult, how: HowEnded): Promise<JobEnd | CommittedEnd> {
    const { trial } = job.claimed;
    const { token } = job;
    const { end, state, values } = result;
    const last = (): Values => (state === "complete" ? values : lastValues(this.#log, trial));
    if (how.stopped !== null && state !== "failed") {
      const stopped = { ...end, outcome: "stopped", message: how.stopped } as const;
      await this.#log.execute({ type: "finish", trial, token, state: "pruned", values: last(), end: stopped });
      return "finished";
    }
    const carried = this.#carried(job, result, how);
    if (carried !== null) {
      const { record: decision, action } = carried;
      const { reason: message } = decision;
      if (action === "pause") {
        // Of a program that was stopped the reports tell; what one ended with by itself at its step to run up to counts beside them.
        const told = decision.report === undefined ? { values } : {};
        const frozen = result.frozen !== undefined && { frozen: { givenUp: null } };
        const paused = { ...end, outcome: "paused", message, ...frozen } as const;
        await this.#log.execute({ type: "pause", trial, token, end: paused, ...told, decision });
        if (frozen !== false) this.#frozen.settle(trial, token, true);
        return "paused";
      }
      const stopped = { ...end, outcome: "stopped", message } as const;
      const pruned = { type: "finish", trial, token, state: "pruned", values: last(), end: stopped } as const;
      await this.#log.execute({ ...pruned, decision });
      return "finished";
    }
    if (state === null) {
      // The third loss fails the trial.
      const returned = await this.#log.execute({ type: "return", trial, token, evidence: "self", end });
      return returned.state === "failed" ? "finished" : "returned";
    }
    const finish = { type: "finish", trial, token, state, values, end } as const;
    const isSoon = this.#soon && state === "complete";
    const finishing = isSoon ? this.#log.executeSoon(finish) : this.#log.execute(finish);
    if (isSoon && this.#log.answersSoon) job.isEndSent = true;
    const told = await finishing;
    const { paused } = "kept" in told ? told.result : told;
    return { end: paused === true ? "paused" : "finished", kept: "kept" in told ? told.kept : null };
  }
}

/** A derived value cannot be computed, so that the program cannot be told its values. */
function notStarted(message: string): JobResult {
  const end = { outcome: "not-started", message, exitCode: null, signal: null, checkpoint: null } as const;
  return { state: "failed", values: {}, end };
}

/** Fenced: the attempt is no longer ours, its end says so. */
async function unlessFenced(written: Promise<unknown>): Promise<void> {
  try {
    await written;
  } catch (error) {
    if (!(error instanceof StorageConflict)) throw error;
  }
}

/** What ended a trial early: its scheduler, or a person for a reason. */
interface HowEnded {
  readonly decided: ReportDecided | null;
  readonly stopped: string | null;
  /** It went on past the step that it was given. */
  readonly past: boolean;
}

/** What was decided of a trial that has ended, to be carried out; null: it ends as its program did. */
type Carried = ReportDecided | ReturnType<Scheduling["onEnd"]>;

/** What is known of a program while it runs. */
interface Seen {
  /** The checkpoint that it was to go on from, and that is gone. */
  missing: string | null;
  /** The largest step that it told. */
  furthest: number;
}

/** What one job reports through. */
interface Course {
  readonly queue: ReportQueue;
  readonly parameters: TrialParameters;
  readonly past: StepsPastUntil;
  readonly seen: Seen;
  readonly unfrozen: (why: string | null) => void;
}

type Measured = Readonly<Record<string, number>>;

function controlOf({ control: { stop, kill, freeze } }: RunningJob): JobControl {
  return { stop: stop.signal, kill: kill.signal, freeze: freeze.signal };
}

/** Times, and what is so many in a time or such a time each. */
function isOfTime(unit: string): boolean {
  return unit.split("/").some((part) => readUnit(part)?.kind === "s");
}
