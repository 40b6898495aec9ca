import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { isAbsolute, resolve } from "node:path";
import { AttuneError } from "../../errors.ts";
import { type ParsedCommand, readCommandTemplate } from "../../protocol/command-template.ts";
import type { MetricWay } from "../../protocol/metric-way.ts";
import { type RenderValues, renderCommand } from "../../protocol/render-command.ts";
import { ReportServer } from "../../protocol/report-server.ts";
import { extendRunMarker, trialEnvironment } from "../../protocol/trial-environment.ts";
import type { ValueWriter } from "../../protocol/value-writer.ts";
import { lacksRoom } from "../../storage/lacks-room.ts";
import type { CommandTemplate } from "../../trial/study-definition.ts";
import type { Executor, Job, JobControl, JobEvents, JobResult, MemoryState } from "../executor.ts";
import { JobRelay } from "../job-relay.ts";
import { CHECKPOINT_DISK } from "./checkpoint-disk.ts";
import { CheckpointFolders } from "./checkpoint-folders.ts";
import { commandSecrets } from "./command-secrets.ts";
import { describeEnd } from "./describe-end.ts";
import { frozenMemory } from "./frozen-memory.ts";
import { type GpuPlan, GpuSlots } from "./gpu-slots.ts";
import { LeftoverSweep } from "./leftover-sweep.ts";
import { MemoryWatch } from "./memory-watch.ts";
import { unfoundOf } from "./not-found.ts";
import { OomWatch } from "./oom-watch.ts";
import { type MetricPlan, type OpenMetrics, type OpenMetricsSetup, openMetrics } from "./open-metrics.ts";
import { requireDescriptors } from "./require-descriptors.ts";
import { RoomToStart } from "./room-to-start.ts";
import { type FoldRun, runFolds } from "./run-folds.ts";
import { createHelpers, endHelpers, type RunHelpers } from "./run-helpers.ts";
import { type CommandEnd, RunningCommand } from "./running-command.ts";
import { SecretRedactor } from "./secret-redactor.ts";
import { OWN_WORDS, type SettingWords } from "./setting-words.ts";
import { threadVariables } from "./thread-variables.ts";
import { foldFolder, type InputPlaces, inputPath, writeTrialInput } from "./trial-input.ts";
import { NO_LIMITS, type TrialLimits } from "./trial-limits.ts";

export interface CommandExecutorOptions {
  /** The command as the user gave it. */
  readonly command: CommandTemplate;
  /** Names of all parameters of the space, active or not. */
  readonly parameters: readonly string[];
  /** How values are written for programs; default: as JSON writes them. */
  readonly writer?: ValueWriter;
  /** Working folder of the programs; default: this process's. */
  readonly cwd?: string;
  /** The user's environment, handed on and never stored; default: this process's. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Where an attempt's output is appended (mode 0600; made with the first output), or null for nowhere. */
  readonly logFile?: (job: Job) => string | null;
  /** Bytes of each attempt's output that its log keeps, the newest ones; default: all. */
  readonly logLimit?: number | null;
  /** Folder for an attempt's checkpoint, made before the start, or null. */
  readonly checkpointFolder?: (job: Job) => string | null;
  /** File that appears when an attempt should end (`ATTUNE_STOP_FILE`), or null: then a signal alone asks. */
  readonly stopFile?: (job: Job) => string | null;
  /** Programs that each attempt starts, one after another, once a fold: two or more. Null, the default: one, without a fold. No checkpoints are kept with folds. */
  readonly folds?: number | null;
  /** What each attempt may use up; default: no limits. */
  readonly limits?: TrialLimits;
  /** What a program gets to end by itself after a limit, in ms; default 10000. */
  readonly graceMs?: number;
  /** GPUs to hand out; default: every program sees all. */
  readonly gpus?: GpuPlan | null;
  /** Programs at a time, for the threads each may use; null (the default) leaves threads to the programs. */
  readonly workers?: number | null;
  /** Niceness added to programs, 0 (the default) to 19. */
  readonly nice?: number;
  /** Folder for the files written for an attempt, made when there are any; needed by commands that have such files. */
  readonly inputFolder?: (job: Job) => string;
  /** File for an attempt's reports, or null. */
  readonly reportFile?: (job: Job) => string | null;
  /** How metrics are read. */
  readonly metrics?: MetricPlan;
  /** Told at an attempt's end by which way each metric came. */
  readonly onWays?: (job: Job, ways: ReadonlyMap<string, MetricWay>) => void;
  /** What starts and guards the programs, and is ended with this executor; default: its own, started with the first program. */
  readonly helpers?: RunHelpers;
  /** How long a program's output may go on after its exit, in ms; default 500. */
  readonly drainMs?: number;
  /** What settings are called in the messages of trials; default: as here. */
  readonly words?: SettingWords;
}

/** One program to start for an attempt: the only one, or that of a fold. */
interface ProgramStart extends Omit<FoldRun, "title"> {
  /** Of a fold. */
  readonly title: string | null;
  readonly relay: JobRelay;
  readonly devices: Readonly<Record<string, string>>;
}

/** One attempt, as far as freezing its program concerns it. */
interface FreezableAttempt {
  readonly job: Job;
  readonly relay: JobRelay;
  readonly checkpoint: string | null;
  readonly metrics: OpenMetrics;
}

/** Files that may be open at a time for one program: its log, its report file, an event file, one that is looked into. */
const FILES_EACH = 4;

/** Variables of a tuner this one may run in, which speak of another trial. */
const OUTER_TRIAL =
  /^ATTUNE_(?:STUDY|TRIAL|SEGMENT|ATTEMPT|SEED|FOLD|METRICS|PARAMS|PARAMS_FILE|PARAM_.*|UNTIL|CHECKPOINT_DIR|RESUME_FROM|STOP_FILE|REPORT_FILE|REPORT_URL|REPORT_TOKEN)$/;

/**
 * Runs each attempt as a process of its own, in a process group of its own, and reads metrics from its output. Nothing of a
 * program outlives its attempt, nor this process.
 */
export class CommandExecutor implements Executor {
  readonly name = "command";
  readonly checkpoints = CHECKPOINT_DISK;
  readonly #options: CommandExecutorOptions;
  readonly #command: ParsedCommand;
  readonly #parameters: ReadonlySet<string>;
  readonly #writer: ValueWriter;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #outerMarker: string | undefined;
  readonly #helpers: RunHelpers;
  readonly #running = new Map<AbortController, Promise<unknown>>();
  readonly #server = new ReportServer();
  readonly #sweep = new LeftoverSweep();
  readonly #memory = new MemoryWatch();
  readonly #oom = new OomWatch();
  readonly #folders = new CheckpointFolders();
  readonly #redactor: SecretRedactor;
  readonly #gpus: GpuSlots | null;
  readonly #frozen = new Set<JobRelay>();
  readonly #room = new RoomToStart(() => this.#letGo());
  #started = 0;
  #closed = false;

  constructor(options: CommandExecutorOptions) {
    this.#options = options;
    this.#command = readCommandTemplate(options.command);
    this.#parameters = new Set(options.parameters);
    this.#writer = options.writer ?? { spell: (params) => params, plainPlaces: false };
    const environment = options.environment ?? process.env;
    this.#redactor = new SecretRedactor(environment, commandSecrets(options.command));
    this.#outerMarker = environment.ATTUNE_RUN;
    this.#environment = Object.fromEntries(Object.entries(environment).filter(([name]) => !OUTER_TRIAL.test(name)));
    // Python holds back what it prints to a pipe, and metrics would come late.
    this.#environment.PYTHONUNBUFFERED ??= "1";
    const workers = options.workers ?? null;
    if (workers !== null)
      Object.assign(this.#environment, threadVariables(this.#environment, availableParallelism(), workers));
    this.#gpus = options.gpus === undefined || options.gpus === null ? null : new GpuSlots(options.gpus);
    this.#helpers = options.helpers ?? createHelpers();
    this.#helpers.launcher.setEnvironment(this.#environment);
  }

  async run(job: Job, events: JobEvents, control: JobControl): Promise<JobResult> {
    if (this.#closed) throw new AttuneError("internal", "The executor is closed; a job came after close().");
    if (control.stop.aborted || control.kill.aborted) return NOT_BEGUN;
    const closing = new AbortController();
    const relay = new JobRelay(events, control);
    const { stop, kill } = relay.control;
    const running = this.#withGpus(job, relay, { stop, kill: AbortSignal.any([kill, closing.signal]) });
    this.#running.set(closing, running);
    const over = (): unknown => this.#running.delete(closing);
    running.then(over, over);
    return await relay.run(async () => this.#withoutSecrets(await running));
  }

  async memory(): Promise<MemoryState> {
    return await frozenMemory();
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const closing of this.#running.keys()) closing.abort();
    await Promise.allSettled(this.#running.values());
    await this.#sweep.end(this.#helpers.guardian.runId);
    await this.#folders.settled();
    await this.#server.close();
    endHelpers(this.#helpers);
  }

  async #withGpus(job: Job, relay: JobRelay, control: JobControl): Promise<JobResult> {
    const ending = AbortSignal.any([control.stop, control.kill]);
    const once = async (start: ProgramStart): Promise<JobResult> => {
      const result = await this.#room.run(
        async (begun) => {
          requireDescriptors(FILES_EACH * (this.#room.running + 1));
          return await this.#run(start, control, begun);
        },
        ending,
        (why) => relay.events.waits?.(why),
      );
      return result ?? NOT_BEGUN;
    };
    const { folds = null } = this.#options;
    const start = async (devices: Readonly<Record<string, string>>): Promise<JobResult> => {
      const whole = { job, events: relay.events, relay, devices, title: null, spent: 0 };
      if (folds === null) return await once(whole);
      const report: JobEvents["report"] = (step, values) => relay.events.report(step, this.#withoutSecretNames(values));
      const told = { events: { ...relay.events, report }, control };
      return await runFolds(folds, job, told, async (fold) => await once({ ...whole, ...fold }));
    };
    if (this.#gpus === null) return await start({});
    const lease = await this.#gpus.take(ending);
    if (lease === null) return NOT_BEGUN;
    try {
      return await start({ CUDA_VISIBLE_DEVICES: lease.gpus.join(",") });
    } finally {
      lease.release();
    }
  }

  async #run(
    { job, events, relay, devices, title, spent }: ProgramStart,
    control: JobControl,
    onStart: () => void,
  ): Promise<JobResult> {
    const cwd = this.#options.cwd ?? process.cwd();
    const places = { cwd, folder: this.#inputFolder(job) };
    const filling = this.#fillingOf(job, places);
    const command = renderCommand(this.#command, filling);
    const input = await writeTrialInput(this.#command, filling, places);
    const marker = `${this.#helpers.guardian.runId}/${++this.#started}/`;
    const checkpoint = this.#folders.open(title === null ? (this.#options.checkpointFolder?.(job) ?? null) : null);
    const metrics = await this.#openMetrics(job, input.cwd, filling, {
      onReport: (step, values, origin) => {
        running.sign();
        events.report(step, this.#withoutSecretNames(values), origin);
      },
      room: () => events.room(),
      onWait: (reason, wait) => running.wait(reason, wait),
    });
    const refused = control.stop.aborted || control.kill.aborted ? NOT_BEGUN : this.#unguarded();
    if (refused !== null) {
      await metrics.sources.end(true);
      this.#folders.close(checkpoint, true);
      if (refused instanceof Error) throw refused;
      return refused;
    }
    const stopFile = absolute(this.#options.stopFile?.(job) ?? null);
    const running = new RunningCommand({
      command,
      cwd: input.cwd,
      stdin: input.stdin,
      variables: {
        ...devices,
        ...this.#variables(job, marker, checkpoint, stopFile, resumedFrom(job, events)),
        ...input.variables,
        ...metrics.sources.variables,
      },
      ...this.#setup(job, spent),
      logTitle: title,
      marker,
      stopFile,
      metrics: metrics.sources,
      control,
      onStart,
    });
    const end = await this.#room.during(this.#runFreezable(running, { job, relay, checkpoint, metrics }));
    this.#sweep.add(marker);
    this.#options.onWays?.(job, metrics.reader.ways);
    const kept = this.#closeCheckpoint(checkpoint, end);
    if (lacksRoom(end.startError) !== null) throw end.startError;
    return describeEnd({
      job,
      command,
      cwd: input.cwd,
      end,
      ...readFrom(metrics),
      ...kept,
      words: this.#options.words ?? OWN_WORDS,
    });
  }

  /** A program that can go on from a checkpoint is ended when it is to be frozen. */
  async #runFreezable(
    running: RunningCommand,
    { job, relay, checkpoint, metrics }: FreezableAttempt,
  ): Promise<CommandEnd> {
    relay.begun({
      freeze: async () => {
        if (job.resumeFrom !== null || this.#folders.holds(checkpoint)) return null;
        if (this.#gpus !== null) return "was given a GPU";
        const bytes = await running.freeze();
        if (typeof bytes === "number") this.#frozen.add(relay);
        return bytes;
      },
      thaw: () => {
        this.#frozen.delete(relay);
        running.thaw();
      },
      units: () => Object.fromEntries(metrics.reader.units ?? []),
    });
    return await running.run().finally(() => this.#frozen.delete(relay));
  }

  /** Another program has no room beside those that stand still: the oldest of these makes it. */
  #letGo(): boolean {
    const [oldest] = this.#frozen;
    if (oldest === undefined) return false;
    this.#frozen.delete(oldest);
    oldest.end(this.#options.graceMs ?? 10_000);
    return true;
  }

  #closeCheckpoint(folder: string | null, { killed, alone }: CommandEnd) {
    const swappedCheckpoint = this.#folders.swapped(folder);
    if (killed) this.#folders.discard(folder);
    const checkpoint = killed ? null : this.#folders.close(folder, alone && !this.#sweep.found);
    return { checkpoint, swappedCheckpoint };
  }

  /** Nothing is started that no guardian would end: why there is none, else null. */
  #unguarded(): Error | null {
    try {
      this.#helpers.guardian.start();
      return null;
    } catch (error) {
      return error as Error;
    }
  }

  #withoutSecrets(result: JobResult): JobResult {
    const { message } = result.end;
    return {
      ...result,
      values: this.#withoutSecretNames(result.values),
      end: { ...result.end, message: message === null ? null : this.#redactor.clean(message) },
    };
  }

  /** Reports are kept with all their names, and a program may make a name of anything. */
  #withoutSecretNames<V>(values: Readonly<Record<string, V>>): Readonly<Record<string, V>> {
    const isFree = (name: string): boolean => this.#redactor.isFree(name);
    if (Object.keys(values).every(isFree)) return values;
    return Object.fromEntries(Object.entries(values).filter(([name]) => isFree(name)));
  }

  async #openMetrics(
    job: Job,
    cwd: string,
    values: RenderValues,
    events: Pick<OpenMetricsSetup, "onReport" | "room" | "onWait">,
  ): Promise<OpenMetrics> {
    return await openMetrics({
      ...events,
      plan: this.#options.metrics,
      metrics: job.metrics,
      units: new Map(Object.entries(job.units ?? {})),
      said: new Map(Object.entries(job.unitsSaid ?? {})),
      cwd,
      values,
      reportFile: absolute(this.#options.reportFile?.(job) ?? null),
      server: this.#server,
      quote: (line) => this.#redactor.clean(line),
    });
  }

  /** What is the same for every attempt, but for the log's place. */
  #setup(job: Job, spent: number) {
    const { logFile, logLimit, drainMs, graceMs, limits, nice } = this.#options;
    return {
      logFile: logFile?.(job) ?? null,
      logLimit: logLimit ?? null,
      redactor: this.#redactor,
      drainMs: drainMs ?? 500,
      graceMs: graceMs ?? 10_000,
      limits: { ...(limits ?? NO_LIMITS), spent },
      nice: nice ?? 0,
      memory: this.#memory,
      oom: this.#oom,
      ...this.#helpers,
    };
  }

  #inputFolder(job: Job): string | null {
    const folder = this.#options.inputFolder?.(job) ?? null;
    return folder === null ? null : foldFolder(folder, job.fold ?? null);
  }

  #fillingOf(job: Job, places: InputPlaces): RenderValues {
    return {
      parameters: this.#parameters,
      plainPlaces: this.#writer.plainPlaces,
      params: this.#writer.spell(job.params),
      seed: job.seed,
      trial: job.trial,
      fold: job.fold ?? null,
      ...(job.staged === true && { until: job.until }),
      filePath: (name) => inputPath(places, name),
    };
  }

  /** Folders are absolute: the program may go to another folder. */
  #variables(
    job: Job,
    marker: string,
    checkpoint: string | null,
    stopFile: string | null,
    resumeFrom: string | null,
  ): Record<string, string> {
    return trialEnvironment({
      ...job,
      params: this.#writer.spell(job.params),
      fold: job.fold ?? null,
      checkpointFolder: absolute(checkpoint),
      resumeFrom: absolute(resumeFrom),
      stopFile,
      runMarker: extendRunMarker(this.#outerMarker, marker),
    });
  }
}

/** The checkpoint that the job goes on from; one that is gone is told. */
function resumedFrom({ resumeFrom }: Job, events: JobEvents): string | null {
  if (resumeFrom === null || existsSync(resumeFrom)) return resumeFrom;
  events.missing?.(resumeFrom);
  return null;
}

function absolute(path: string | null): string | null {
  return path === null || isAbsolute(path) ? path : resolve(path);
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

/** What came of an attempt's metrics. */
function readFrom({ reader, sources }: OpenMetrics) {
  return { values: reader.values, units: reader.units ?? new Map<string, string>(), ...unfoundOf(reader), sources };
}
