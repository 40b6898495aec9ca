import { keyedStreams } from "../../../src/numeric/random/keyed-streams.ts";
import type { Params } from "../../../src/space/json.ts";
import type { OpenTask } from "./bench-task.ts";
import type { Contender } from "./contender.ts";
import type { RunRecord } from "./run-record.ts";

export interface RunPlan {
  readonly budget: number;
  readonly seed: number;
  /** Trials under way at once. */
  readonly pending: number;
}

interface Running {
  readonly trial: number;
  readonly params: Params;
  readonly end: number;
}

type Outcome = Pick<RunRecord, "seconds" | "incumbent"> & { readonly duplicates: number };

/**
 * One run of a contender on a task. With several trials under way each takes between half and one and a half units of simulated
 * time, the same for every contender, and results come in that order.
 */
export async function simulateRun(contender: Contender, task: OpenTask, plan: RunPlan): Promise<Outcome> {
  const earlier = task.earlier ?? [];
  for (const [trial, { params, value }] of earlier.entries()) await contender.tell(trial, params, value);
  const seen = new Set<string>();
  const running: Running[] = [];
  const best = new IncumbentLog();
  let clock = 0;
  let asked = 0;
  for (;;) {
    while (running.length < plan.pending && asked < plan.budget) {
      const trial = earlier.length + asked;
      const params = await contender.ask(trial);
      if (params === null) break;
      seen.add(canonicalText(params));
      running.push({ trial, params, end: clock + duration(plan, trial) });
      asked += 1;
    }
    const next = running.toSorted((a, b) => a.end - b.end || a.trial - b.trial)[0];
    if (next === undefined) break;
    running.splice(running.indexOf(next), 1);
    clock = next.end;
    const { value, score } = await task.evaluate(next.params, next.trial, keyedStreams(plan.seed, "noise", next.trial));
    await contender.tell(next.trial, next.params, value);
    best.add(value, score);
  }
  return { seconds: contender.seconds, incumbent: best.lines, duplicates: asked - seen.size };
}

function duration({ pending, seed }: RunPlan, trial: number): number {
  return pending === 1 ? 1 : 0.5 + keyedStreams(seed, "duration").stream(String(trial)).float();
}

function canonicalText(params: Params): string {
  return JSON.stringify(Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Who is ahead by value, with that one's score. */
class IncumbentLog {
  readonly lines: [number, number][] = [];
  #count = 0;
  #highest = Number.NEGATIVE_INFINITY;

  add(value: number, score: number): void {
    this.#count += 1;
    if (!(value > this.#highest)) return;
    this.#highest = value;
    this.lines.push([this.#count, score]);
  }
}
