import { randomBytes } from "node:crypto";
import { AttuneError } from "../../errors.ts";
import { type ParsedCommand, readCommandTemplate } from "../../protocol/command-template.ts";
import { MetricReader } from "../../protocol/metric-reader.ts";
import { renderCommand } from "../../protocol/render-command.ts";
import { extendRunMarker, trialEnvironment } from "../../protocol/trial-environment.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";
import type { Executor, Job, JobControl, JobEvents, JobResult } from "../executor.ts";
import { closeCheckpoint, openCheckpoint } from "./checkpoint-folder.ts";
import { describeEnd } from "./describe-end.ts";
import { Guardian } from "./guardian.ts";
import { LeftoverSweep } from "./leftover-sweep.ts";
import { RunningCommand } from "./running-command.ts";

export interface CommandExecutorOptions {
  /** The command as the user gave it. */
  readonly command: CommandTemplate;
  /** Names of all parameters of the space, active or not. */
  readonly parameters: readonly string[];
  /** Working folder of the programs; default: this process's. */
  readonly cwd?: string;
  /** The user's environment, handed on and never stored; default: this process's. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Where an attempt's output is appended (mode 0600; made with the first output), or null for nowhere. */
  readonly logFile?: (job: Job) => string | null;
  /** Folder for an attempt's checkpoint, made before the start, or null. */
  readonly checkpointFolder?: (job: Job) => string | null;
  /** How long a program's output may go on after its exit, in ms; default 500. */
  readonly drainMs?: number;
}

/** Variables of a tuner this one may run in, which speak of another trial. */
const OUTER_TRIAL =
  /^ATTUNE_(?:STUDY|TRIAL|SEGMENT|ATTEMPT|SEED|FOLD|METRICS|PARAMS|PARAM_.*|UNTIL|CHECKPOINT_DIR|RESUME_FROM)$/;

/**
 * Runs each attempt as a process of its own, in a process group of its own, and reads metrics from its output. Nothing of a
 * program outlives its attempt, nor this process.
 */
export class CommandExecutor implements Executor {
  readonly name = "command";
  readonly #options: CommandExecutorOptions;
  readonly #command: ParsedCommand;
  readonly #parameters: ReadonlySet<string>;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #outerMarker: string | undefined;
  readonly #runId = `attune-${randomBytes(12).toString("hex")}`;
  readonly #guardian: Guardian;
  readonly #running = new Map<AbortController, Promise<unknown>>();
  readonly #sweep = new LeftoverSweep();
  #started = 0;
  #closed = false;

  constructor(options: CommandExecutorOptions) {
    this.#options = options;
    this.#command = readCommandTemplate(options.command);
    this.#parameters = new Set(options.parameters);
    const environment = options.environment ?? process.env;
    this.#outerMarker = environment.ATTUNE_RUN;
    this.#environment = Object.fromEntries(Object.entries(environment).filter(([name]) => !OUTER_TRIAL.test(name)));
    // Python holds back what it prints to a pipe, and metrics would come late.
    this.#environment.PYTHONUNBUFFERED ??= "1";
    this.#guardian = new Guardian(this.#runId);
  }

  async run(job: Job, events: JobEvents, control: JobControl): Promise<JobResult> {
    if (this.#closed) throw new AttuneError("internal", "The executor is closed; a job came after close().");
    if (control.stop.aborted || control.kill.aborted) return NOT_BEGUN;
    const closing = new AbortController();
    const running = this.#run(job, events, {
      stop: control.stop,
      kill: AbortSignal.any([control.kill, closing.signal]),
    });
    this.#running.set(closing, running);
    try {
      return await running;
    } finally {
      this.#running.delete(closing);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const closing of this.#running.keys()) closing.abort();
    await Promise.allSettled(this.#running.values());
    await this.#sweep.end(this.#runId);
    this.#guardian.end();
  }

  async #run(job: Job, events: JobEvents, control: JobControl): Promise<JobResult> {
    const cwd = this.#options.cwd ?? process.cwd();
    const command = renderCommand(this.#command, {
      parameters: this.#parameters,
      params: job.params,
      seed: job.seed,
      trial: job.trial,
      fold: job.fold ?? null,
    });
    const marker = `${this.#runId}/${++this.#started}/`;
    const checkpoint = await openCheckpoint(this.#options.checkpointFolder?.(job) ?? null);
    if (control.stop.aborted || control.kill.aborted) {
      await closeCheckpoint(checkpoint);
      return NOT_BEGUN;
    }
    const reader = new MetricReader({ metrics: job.metrics, onReport: (step, values) => events.report(step, values) });
    this.#guardian.start();
    const end = await new RunningCommand({
      command,
      cwd,
      env: { ...this.#environment, ...this.#variables(job, marker, checkpoint) },
      marker,
      logFile: this.#options.logFile?.(job) ?? null,
      drainMs: this.#options.drainMs ?? 500,
      guardian: this.#guardian,
      reader,
      control,
    }).run();
    this.#sweep.add(marker);
    const { values, seen } = reader;
    return describeEnd({ job, command, cwd, end, values, seen, checkpoint: await closeCheckpoint(checkpoint) });
  }

  #variables(job: Job, marker: string, checkpointFolder: string | null): Record<string, string> {
    const runMarker = extendRunMarker(this.#outerMarker, marker);
    return trialEnvironment({ ...job, fold: job.fold ?? null, checkpointFolder, runMarker });
  }
}

const NOT_BEGUN: JobResult = {
  state: null,
  values: {},
  end: {
    outcome: "preempted",
    message: "The tuner was ending before the program had started.",
    exitCode: null,
    signal: null,
    checkpoint: null,
  },
};
