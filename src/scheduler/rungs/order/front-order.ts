import type { Limit } from "../../../objective/index.ts";
import { type RankedResult, rankResults } from "../../many/rank-results.ts";
import type { StepResult } from "../../many/step-result.ts";
import type { RungResult } from "../rung-course.ts";
import type { RungOrder, RungPlace } from "./rung-order.ts";

/** What a front order goes by besides its own results. */
export interface FrontOrderSetup {
  readonly limits: readonly Limit[];
  /** A result as it is compared, what grows standing for its end. */
  readonly stepResult: (result: RungResult) => StepResult;
  /** Another one whenever `stepResult` may answer otherwise. */
  readonly version: () => string;
}

/**
 * The order by several objectives and limits: see `rankResults`. A new result may change the place of any other, so that the order is made
 * anew when it is asked for after one came.
 */
export class FrontOrder implements RungOrder {
  readonly #setup: FrontOrderSetup;
  readonly #results = new Map<number, RungResult>();
  readonly #waiting = new Set<number>();
  #ranked: readonly RankedResult[] = [];
  #version: string | null = null;

  constructor(setup: FrontOrderSetup) {
    this.#setup = setup;
  }

  get length(): number {
    return this.#results.size;
  }

  get first(): RungResult | undefined {
    return this.#resultOf(this.#order[0]);
  }

  get firstWaiting(): RungResult | undefined {
    if (this.#waiting.size === 0) return undefined;
    return this.#resultOf(this.#order.find(({ trial }) => this.#waiting.has(trial)));
  }

  get(trial: number): RungResult | undefined {
    return this.#results.get(trial);
  }

  add(result: RungResult): void {
    this.#results.set(result.trial, result);
    this.#version = null;
  }

  placeOf(result: RungResult): RungPlace {
    const known = this.#results.get(result.trial);
    const order = known === result ? this.#order : this.#rank([...this.#without(result.trial), result]);
    const better = order.findIndex(({ trial }) => trial === result.trial);
    return { better, others: order.length - 1, note: noteOn(order[better]!) };
  }

  wait(trial: number): void {
    this.#waiting.add(trial);
  }

  leave(trial: number): void {
    this.#waiting.delete(trial);
  }

  *[Symbol.iterator](): Iterator<RungResult> {
    for (const ranked of this.#order) yield this.#resultOf(ranked)!;
  }

  get #order(): readonly RankedResult[] {
    const version = this.#setup.version();
    if (version !== this.#version) {
      this.#ranked = this.#rank([...this.#results.values()]);
      this.#version = version;
    }
    return this.#ranked;
  }

  #rank(results: readonly RungResult[]): readonly RankedResult[] {
    return rankResults(results.map(this.#setup.stepResult), this.#setup.limits);
  }

  #without(trial: number): readonly RungResult[] {
    return [...this.#results.values()].filter((result) => result.trial !== trial);
  }

  #resultOf(ranked: RankedResult | undefined): RungResult | undefined {
    return ranked === undefined ? undefined : this.#results.get(ranked.trial);
  }
}

function noteOn({ front, broken }: RankedResult): string {
  if (broken.length > 0) return `breaks ${broken.map((text) => JSON.stringify(text)).join(", ")}`;
  return front < 0 ? "" : `on front ${front + 1}`;
}
