import { keyedStreams } from "../../src/numeric/random/keyed-streams.ts";
import type { NextDecision, Scheduler } from "../../src/scheduler/index.ts";
import { float } from "../../src/space/builders.ts";
import { defineSpace } from "../../src/space/define-space.ts";
import { spaceToJson } from "../../src/space/space-json.ts";
import type { AttemptEnd, StudyEvent } from "../../src/trial/event.ts";
import { History } from "../../src/trial/history.ts";
import type { HistoryView } from "../../src/trial/history-view.ts";
import type { Metric } from "../../src/trial/metric.ts";
import type { DecisionRecord, Values } from "../../src/trial/trial.ts";

export const METRIC: Metric = { name: "loss", direction: "minimize" };

/** What a study's trials are judged by; of the metrics `loss`, `size` (the same at each step) and `ms` (which grows with the run). */
export interface Judged {
  readonly metrics: readonly Metric[];
  readonly limits: readonly string[];
  readonly grows: readonly string[];
}

const OWNER = { kind: "detached", token: "t" } as const;
export const SPACE = defineSpace({ x: float(0, 1) });

/** Microseconds that answers of the scheduler took. */
export interface Costs {
  readonly reports: number[];
  readonly next: number[];
}

/**
 * A study of trials that report one step after another, one at a time, under a scheduler that decides of each: its real log and history without a storage.
 * Curves fall from a level of their own, with jitter.
 */
export class DecidedStudy {
  readonly history = new History(["loss", "size", "ms"]);
  readonly #steps: number;
  readonly #ran = new Map<number, { attempts: number; seq: number; step: number }>();
  #trials = 0;

  constructor(steps: number, metrics: readonly Metric[] = [METRIC]) {
    this.#steps = steps;
    const definition = { name: "decided", metrics, space: spaceToJson(SPACE), seed: 1 } as never;
    this.#log({ type: "study-created", definition });
  }

  get trials(): number {
    return this.#trials;
  }

  /** Runs trials until one more has begun than there are, with all promotions that are due before it. */
  begin(scheduler: Scheduler, costs: Costs | null): void {
    for (;;) {
      const next = timed(costs?.next, () => scheduler.next(this.history.view()));
      if (next.action === "wait") return;
      this.#run(next.action === "resume" ? next.trial : this.#propose(next), next.until, scheduler, costs);
      if (next.action !== "resume") return;
    }
  }

  /** Of a trial that begins with the checkpoint of another, in the place of a third. */
  #propose(next: NextDecision): number {
    const trial = this.#trials++;
    const branch = next.action === "branch" ? next : null;
    const of = branch?.of ?? null;
    const step = of === null ? 0 : this.#ran.get(of.trial)!.step;
    if (branch !== null && branch.replaces !== null) this.#replace(branch.replaces, trial);
    this.#ran.set(trial, { attempts: 0, seq: 0, step });
    const params = { x: 0.5 };
    const origin = branch === null ? "sampler" : "scheduler";
    const proposed = { type: "proposed", trial, params, origin, suggestion: null, replicate: null } as const;
    this.#log(of === null ? proposed : { ...proposed, branch: { of: of.trial, segment: of.segment, step } });
    return trial;
  }

  #replace(trial: number, successor: number): void {
    const { values } = this.history.view().trial(trial)!;
    this.#log({ type: "finished", trial, state: "pruned", values, end: ended("stopped"), successor });
  }

  #run(trial: number, until: number | null, scheduler: Scheduler, costs: Costs | null): void {
    const ran = this.#ran.get(trial)!;
    const made = this.#made();
    const segment = ran.attempts++;
    this.#log({ type: "started", trial, segment, until, attempt: 0, owner: OWNER, decision: made });
    const chance = keyedStreams(1, trial);
    const [level, size, slow] = ["level", "size", "slow"].map((name) => chance.stream(name).float()) as [
      number,
      number,
      number,
    ];
    const valuesAt = (step: number, jitter: number) => ({
      loss: level + 1 / step + 0.01 * jitter,
      size,
      ms: (1 + slow) * step + 0.1 * jitter,
    });
    while (ran.step < this.#steps) {
      ran.step += 1;
      const values = valuesAt(ran.step, chance.stream(`jitter ${ran.step}`).float());
      const report = { seq: ran.seq++, step: ran.step, values };
      this.#log({ type: "reported", trial, reports: [report] });
      const decision = timed(costs?.reports, () => this.#decide(scheduler, trial, report.seq));
      if (decision.action === "continue") continue;
      const record = { ...this.#made(), report: report.seq };
      if (decision.action === "pass") {
        this.#log({ type: "passed", trial, decision: record });
        continue;
      }
      if (decision.action === "pause")
        this.#log({ type: "paused", trial, end: ended("paused", `${trial}/${segment}`), decision: record });
      else this.#finish(trial, "pruned", values, record);
      return;
    }
    this.#finish(trial, "complete", valuesAt(ran.step, 0));
  }

  #decide(scheduler: Scheduler, number: number, seq: number) {
    const view: HistoryView = this.history.view();
    return scheduler.onReport(view, view.trial(number)!, view.reports(number)!.at(seq)!);
  }

  #finish(trial: number, state: "complete" | "pruned", values: Values, decision?: DecisionRecord): void {
    const end = ended(state === "complete" ? "ok" : "stopped");
    this.#log({ type: "finished", trial, state, values, end, ...(decision && { decision }) });
  }

  #made(): DecisionRecord {
    return { view: this.history.revision, settingsVersion: 1, engine: "0", reason: "" };
  }

  #log(event: StudyEvent): void {
    this.history.apply({ revision: this.history.revision + 1, at: 0, event });
  }
}

/** A trial that is to be run on keeps a checkpoint. */
function ended(outcome: AttemptEnd["outcome"], checkpoint: string | null = null): AttemptEnd {
  return { outcome, message: null, exitCode: null, signal: null, checkpoint };
}

function timed<T>(into: number[] | undefined, work: () => T): T {
  if (into === undefined) return work();
  const before = performance.now();
  const made = work();
  into.push(1_000 * (performance.now() - before));
  return made;
}
