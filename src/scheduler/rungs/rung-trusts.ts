import type { Metric } from "../../trial/metric.ts";
import { RungTrust } from "./rung-trust.ts";

/** What is known of the order of trials at a rung in each objective: a rung is trusted once each of them is. */
export class RungTrusts {
  readonly #metrics: readonly Metric[];
  readonly #trusts: readonly RungTrust[];

  constructor(metrics: readonly Metric[]) {
    this.#metrics = metrics;
    this.#trusts = metrics.map(() => new RungTrust());
  }

  /** The next trial that came to both: see {@link RungTrust.add}, values in the order of the objectives. */
  add(low: readonly number[], high: readonly number[]): void {
    for (const [k, trust] of this.#trusts.entries()) trust.add(low[k]!, high[k]!);
  }

  get shown(): boolean {
    return this.#trusts.every(({ shown }) => shown);
  }

  /** True when more trials would not change what is said of the rung. */
  get settled(): boolean {
    return this.#trusts.every(({ settled }) => settled) || this.#trusts.some(({ shown, settled }) => settled && !shown);
  }

  /** How far it is known, in words: of several objectives by the first that is not shown. */
  get words(): string {
    const open = this.#trusts.findIndex(({ shown }) => !shown);
    const told = open < 0 ? this.#trusts.length - 1 : open;
    const words = this.#trusts[told]!.words;
    return this.#trusts.length === 1 ? words : `by ${this.#metrics[told]!.name} ${words}`;
  }
}
