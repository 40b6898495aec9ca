import type { OpenFidelityTask } from "./fidelity-task.ts";

/**
 * What one run has spent, in full runs, and who was ahead after how much: the best value that was evaluated at full fidelity. What was run
 * in part is nobody's winner.
 */
export class RunLog {
  /** [cost so far, value]; a line for every change. */
  readonly incumbent: [number, number][] = [];
  /** How often each fidelity was run up to. */
  readonly evaluations = new Map<number, number>();
  readonly #high: number;
  readonly #resumes: boolean;
  /** In units of the fidelity, so that whole ones stay whole. */
  #units = 0;

  constructor({ space, resumes }: Pick<OpenFidelityTask, "space" | "resumes">) {
    this.#high = space.fidelity.high;
    this.#resumes = resumes;
  }

  /** Full runs spent. */
  get spent(): number {
    return this.#units / this.#high;
  }

  /** What a run up to `fidelity` costs, in full runs; `from` is where the configuration's last one ended, 0 for none. */
  costOf(fidelity: number, from: number): number {
    return (fidelity - this.#begins(fidelity, from)) / this.#high;
  }

  /** A run that came so far, to the end that it was to have or not; `value` is what it gave there. */
  add(fidelity: number, from: number, value: number): void {
    this.#units += fidelity - this.#begins(fidelity, from);
    this.evaluations.set(fidelity, (this.evaluations.get(fidelity) ?? 0) + 1);
    const best = this.incumbent.at(-1)?.[1] ?? Number.NEGATIVE_INFINITY;
    if (fidelity >= this.#high && value > best) this.incumbent.push([this.spent, value]);
  }

  /** A run of which nothing came, by what it cost, in full runs. */
  lose(cost: number): void {
    this.#units += cost * this.#high;
  }

  /** Whoever is to come to where it has been, or not so far, begins anew. */
  #begins(fidelity: number, from: number): number {
    return this.#resumes && fidelity > from ? from : 0;
  }
}
