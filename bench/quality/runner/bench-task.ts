import type { StreamSource } from "../../../src/numeric/random/stream-source.ts";
import type { Params } from "../../../src/space/json.ts";
import type { Space } from "../../../src/space/space.ts";

/** What one evaluation gave; both numbers are better when larger. */
export interface Evaluation {
  /** What the sampler is told; NaN for a failed trial. */
  readonly value: number;
  /** What is recorded: the value without noise and, where the best value is known, minus the distance to it. */
  readonly score: number;
}

/** A trial that was there before the run began. */
export interface EarlierTrial {
  readonly params: Params;
  readonly value: number;
}

/** A task made ready for one seed. */
export interface OpenTask {
  readonly space: Space;
  readonly earlier?: readonly EarlierTrial[];
  /** `chance` is keyed by seed and trial, so that noise is the same for every sampler. */
  evaluate(params: Params, trial: number, chance: StreamSource): Evaluation | Promise<Evaluation>;
  close?(): void;
}

/** One task of a suite: a space, an objective, a budget, and what its scores are measured with. */
export interface BenchTask {
  readonly scenario: string;
  readonly instance: string;
  /** Evaluations in all. */
  readonly budget: number;
  /** Conditions in the space, 0 for none. */
  readonly conditions: number;
  /** Score of regret 0. */
  readonly best: number;
  /** Score of regret 1: what a random configuration reaches in the median. */
  readonly median: number;
  open(seed: number): Promise<OpenTask>;
}

/** The name of a task, and what `--tasks` looks in. */
export function taskName(task: Pick<BenchTask, "scenario" | "instance">): string {
  return `${task.scenario}/${task.instance}`;
}
