import { type HealthFinding, type JudgedStudy, studyHealth } from "../../../analysis/index.ts";
import { countWords } from "../../../analysis/words/count-words.ts";
import { formatDuration } from "../../../analysis/words/format-duration.ts";
import { formatNumber } from "../../../analysis/words/format-number.ts";
import { paramsLine } from "../../../analysis/words/params-line.ts";
import { shortNumbers } from "../../../analysis/words/short-numbers.ts";
import { quoteWord } from "../../../protocol/shell-quote.ts";
import { failureCause } from "../../../record/failure-cause.ts";
import { schedulerAbilities } from "../../../scheduler/index.ts";
import { isAsked } from "../../../study/asked-trials.ts";
import type { RunEnd, RunEvent, RunSummary, Study } from "../../../study/index.ts";
import { listTrials } from "../../../study/list-trials.ts";
import type { Metric } from "../../../trial/metric.ts";
import type { Trial } from "../../../trial/trial.ts";
import { trialSeconds } from "../../../trial/trial-seconds.ts";
import type { Output } from "../../output.ts";
import { clip, displayWidth, type Paint } from "../../render/text.ts";
import { fullRunsText } from "../../render/words.ts";
import { inOptionWords } from "../../report-error.ts";
import { storageWords } from "../../study/storage-location.ts";
import { valueWords } from "../../trial-words.ts";

/** What the lines of a run tell about it. */
interface RunPrinterOptions {
  readonly trials: number | null;
  /** As it was given. */
  readonly budget: string | null;
  /** Seconds. */
  readonly grace: number;
  readonly quiet: boolean;
}

/** Why running trials are asked to end, where the run itself says so. */
const STOPPING: Readonly<Partial<Record<RunEnd, string>>> = {
  timeout: "time is up",
  target: "the target is reached",
  patience: "patience is at its end",
};

/** Columns of a line where no terminal says how wide it is. */
const PLAIN_WIDTH = 120;

/** Tells on standard error what a run does: how it begins, each trial's end, why it stops. */
export class RunPrinter {
  readonly #study: Study;
  readonly #options: RunPrinterOptions;
  readonly #output: Output;
  #signalled = false;
  /** Trials of which was said that they are waited for. */
  readonly #named = new Set<number>();
  #lastFailure: { readonly trial: number; readonly message: string } | null = null;

  readonly #doubts: StudyDoubts;

  constructor(study: Study, options: RunPrinterOptions, output: Output) {
    this.#study = study;
    this.#options = options;
    this.#output = output;
    this.#doubts = new StudyDoubts(study);
  }

  /** The study, its settings and what changed since its last run. */
  begin(workers: number, notices: readonly string[]): void {
    const { name, metrics, settings, seed, created, location } = this.#study;
    const goal = metrics.map((metric) => `${metric.direction} ${metric.name}`).join(", ");
    const crew = workers === 1 ? "one worker" : `${workers} workers`;
    const { bold } = this.#output.errPaint;
    const state = created ? "new study" : "study";
    this.#line(
      `${state} ${bold(name)} in ${location}: ${goal}, sampler ${settings.sampler.name}, seed ${seed}, ${crew}`,
    );
    this.#notes([...this.#study.notices, ...notices, ...this.#untold()]);
  }

  event(event: RunEvent): void {
    if (this.#options.quiet) return;
    const line = this.#eventLine(event);
    if (line !== null) this.#line(line);
    if (event.type === "finished") this.#notes(this.#doubts.look());
  }

  /** A signal came: the first asks to stop, the second ends. */
  signal(signal: string, first: boolean): void {
    this.#signalled = true;
    const name = signal === "SIGINT" ? "Ctrl-C" : signal;
    const grace = formatDuration(this.#options.grace);
    if (first) this.#line(`${name}: no new trials; running ones have ${grace} to finish. ${name} again ends them now.`);
    else this.#line(`${name} again: ending running trials now.`);
  }

  /** Why the run is over, after how many seconds. */
  end({ reason, message, trialsSpent, paused, fullRuns, ran }: RunSummary, seconds: number): void {
    const { trials, budget } = this.#options;
    const time = formatDuration(seconds);
    const counts = budget !== null || schedulerAbilities(this.#study.settings.scheduler.name)?.watches === true;
    const cost =
      counts && fullRuns !== null
        ? ` They cost ${fullRunsText(fullRuns)}.${saved(trialsSpent + paused, fullRuns)}`
        : "";
    const left = paused === 0 ? "" : ` and ${paused} paused`;
    if (message !== null && (reason === "target" || reason === "patience")) this.#line(message);
    else if (message !== null) this.#output.err(this.#output.errPaint.red(inOptionWords({ message, data: {} })));
    else if (reason === "exhausted")
      this.#line(
        `The ${this.#study.settings.sampler.name} sampler has tried everything: ${countWords(trialsSpent, "trial")}, ${time}.`,
      );
    else if (reason === "timeout") this.#line(`The time is used up after ${countWords(trialsSpent, "trial")}.${cost}`);
    else if (reason === "budget")
      this.#line(
        `What is left of the budget (${budget}) pays for no more: ${countWords(trialsSpent, "trial")}${left}, ${time}.${cost}`,
      );
    else if (reason === "stopped" || reason === "killed")
      this.#line(`Stopped after ${ofAll(trialsSpent, trials)}${left === "" ? "" : `${left},`} and ${time}.${cost}`);
    else if (ran > 0 || paused > 0) this.#line(`Done: ${ofAll(trialsSpent, trials)}${left}, ${time}.${cost}`);
    this.#line("");
  }

  /** Trials that run elsewhere: handed out by `attune ask`, or imported so. */
  #untold(): readonly string[] {
    const trials = this.#study.trials();
    const asked = trials.filter(isAsked).map(({ number }) => number);
    const imported = trials.filter(
      ({ state, segments, invalid }) => state === "running" && segments.length === 0 && invalid.length === 0,
    );
    return [...this.#awaited(asked), ...elsewhere(imported.map(({ number }) => number))];
  }

  /** Trials handed out by `attune ask` count as running until somebody tells how they ended. Whoever asked may be gone. */
  #awaited(numbers: readonly number[]): readonly string[] {
    const asked = numbers.filter((number) => !this.#named.has(number));
    for (const number of asked) this.#named.add(number);
    if (asked.length === 0) return [];
    const { location, name, metrics } = this.#study;
    const words = `${storageWords(location)} ${quoteWord(name)}`;
    const are = asked.length === 1 ? "is" : "are";
    const tell = `attune tell ${asked[0]} ${valueWords(metrics)}${words}`;
    return [
      `${listTrials(asked)} ${are} out with attune ask and ${are} waited for. Hand a result in: ${tell} (its token is gone: add --lost). ` +
        `Wait no longer: attune invalidate ${asked.join(" ")}${words}`,
    ];
  }

  #eventLine(event: RunEvent): string | null {
    switch (event.type) {
      case "resumed":
        return this.#resumed(event.trialsSpent, event.waiting, event.limit);
      case "finished":
        return this.#finished(event.trial, event.best);
      case "returned":
        return `trial ${String(event.trial).padStart(3)}  ${returnedWords(event.outcome)}`;
      case "paused":
        return `trial ${String(event.trial.number).padStart(3)}  paused  ${shortNumbers(event.trial.message ?? "")}`.trimEnd();
      case "awaiting":
        this.#notes(this.#awaited(event.trials));
        return null;
      case "notice":
        return `note: ${event.text}`;
      case "stopping":
        return this.#signalled ? null : this.#stopping(event.reason);
      case "started":
        return null;
    }
  }

  #stopping(reason: RunEnd): string | null {
    const why = STOPPING[reason];
    const running = this.#study.trials().some(({ state }) => state === "running");
    if (why === undefined || (!running && reason !== "timeout")) return null;
    return `${why}: running trials have ${formatDuration(this.#options.grace)} to finish`;
  }

  /** A failure with the very words of the one before is told in short. */
  #finished(trial: Trial, best: boolean): string {
    const { errPaint: paint, errWidth } = this.#output;
    const failure = trial.state === "failed" ? trial.message : null;
    const same = this.#lastFailure;
    this.#lastFailure =
      failure === null ? null : { trial: same?.message === failure ? same.trial : trial.number, message: failure };
    if (failure !== null && same?.message === failure) {
      return `trial ${String(trial.number).padStart(3)}  ${paint.red("failed")}  as trial ${same.trial}`;
    }
    const width = Number.isFinite(errWidth) ? errWidth : PLAIN_WIDTH;
    return trialLine(trial, { metrics: this.#study.metrics, best, paint, width });
  }

  #resumed(trialsSpent: number, waiting: number, limit: number | null): string {
    const { name } = this.#study;
    if (limit !== null && trialsSpent >= limit) {
      return `study ${name} has its ${countWords(limit, "trial")} already (${trialsSpent} done); more with --trials ${trialsSpent * 2}`;
    }
    if (trialsSpent === 0) return `study ${name} begins with ${waiting} waiting ${waiting === 1 ? "trial" : "trials"}`;
    return `study ${name} continues: ${ofAll(trialsSpent, limit)} done${waiting === 0 ? "" : `, ${waiting} waiting`}`;
  }

  #notes(notices: readonly string[]): void {
    for (const notice of notices) this.#line(this.#output.errPaint.yellow(`note: ${notice}`));
  }

  #line(text: string): void {
    if (!this.#options.quiet) this.#output.err(text);
  }
}

function elsewhere(trials: readonly number[]): readonly string[] {
  if (trials.length === 0) return [];
  const [were, are] = trials.length === 1 ? ["was", "it is"] : ["were", "they are"];
  return [
    `${listTrials(trials)} ${were} imported as running: how that ends is not known here, and ${are} neither counted nor waited for.`,
  ];
}

/** `3 trials`, `3 of 10 trials`. */
function ofAll(count: number, total: number | null): string {
  return total === null ? countWords(count, "trial") : `${count} of ${countWords(total, "trial")}`;
}

function returnedWords(outcome: string): string {
  if (outcome === "lost") return "was lost with its process and will be tried again";
  return "was stopped before its end and will be tried again";
}

/** Ended trials from which on it is looked, and from which on only when there are twice as many as the last time. */
const FIRST = 5;
const MANY = 20;
/** A count is due at least each time that one of so many parts of the next number ended: other processes add to it. */
const PARTS = 16;

/** What is odd about a study while it runs, each kind of it told once. */
export class StudyDoubts {
  readonly #study: JudgedStudy & { trials(): readonly Trial[] };
  readonly #told = new Set<string>();
  #next = FIRST;
  /** Ends of trials until the next count: to count all trials at each end takes the square of their number. */
  #rest = 0;

  constructor(study: JudgedStudy & { trials(): readonly Trial[] }) {
    this.#study = study;
  }

  /** After a trial's end: sentences that were not told before. */
  look(): readonly string[] {
    this.#rest -= 1;
    if (this.#rest > 0) return [];
    const trials = this.#study.trials();
    const ended = trials.filter(({ state }) => state === "complete" || state === "failed").length;
    const due = ended >= this.#next;
    if (due) this.#next = ended < MANY ? ended + 1 : ended * 2;
    this.#rest = Math.min(this.#next - ended, Math.ceil(this.#next / PARTS));
    if (!due) return [];
    return studyHealth(trials, this.#study, null)
      .filter((finding) => this.#isNew(finding))
      .map(({ sentence }) => sentence);
  }

  #isNew({ kind, data }: HealthFinding): boolean {
    const key = kind === "failures" ? `${kind} ${data.parameter}` : kind;
    if (this.#told.has(key)) return false;
    this.#told.add(key);
    return true;
  }
}

/** What a finished trial's line needs besides the trial. */
interface TrialLineStyle {
  readonly metrics: readonly Metric[];
  readonly best: boolean;
  readonly paint: Paint;
  readonly width: number;
}

/** Columns of what is the same in every line, with one metric; room that parameters keep, and a metric's name in any case. */
const FIXED = 41;
const PARAMS = 26;
const LEAST_NAME = 8;

/** One finished trial on one line: number, value or failure with its cause, time, values tried. */
export function trialLine(trial: Trial, style: TrialLineStyle): string {
  const { metrics, paint, best } = style;
  const number = `trial ${String(trial.number).padStart(3)}`;
  const seconds = trialSeconds(trial);
  const time = seconds === null ? "" : formatDuration(seconds);
  if (trial.state === "failed") {
    const cause = failureCause(trial.message ?? trial.outcome ?? "no cause given");
    return `${number}  ${paint.red("failed")}  ${cause}`;
  }
  const mark = trial.state === "pruned" ? "stopped" : best ? (metrics.length === 1 ? "best" : "front") : "";
  const nameRoom = Math.max(LEAST_NAME, style.width - FIXED - PARAMS);
  const values = metrics.map(({ name }) => `${clip(name, nameRoom)} ${shownValue(trial, name).padEnd(11)}`).join("  ");
  const full = `${number}  ${values}  ${mark.padEnd(4)}  ${time.padStart(9)}`;
  const short = [number, values.trimEnd(), ...(mark === "" ? [] : [mark])].join("  ");
  const head = displayWidth(full) <= style.width ? full : clip(short, style.width);
  const room = style.width - displayWidth(head) - 3;
  const params = room < 12 ? "" : `  ${paint.dim(clip(paramsLine(trial.params), room))}`;
  const marked = best ? head.replace(`  ${mark}`, `  ${paint.green(mark)}`) : head;
  return marked + params;
}

function shownValue(trial: Trial, metric: string): string {
  const value = trial.values[metric];
  return value === undefined ? "-" : formatNumber(value);
}

/** What that many trials would have cost, where it is worth a word. */
function saved(trials: number, fullRuns: number): string {
  return fullRuns > 0.95 * trials ? "" : ` Run in full they would have cost ${trials}.`;
}
