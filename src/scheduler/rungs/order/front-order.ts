import { GrowingLevels } from "../../../numeric/pareto/growing-levels.ts";
import { isDominated } from "../../../numeric/pareto/is-dominated.ts";
import type { Limit } from "../../../objective/index.ts";
import { loneliestFirst } from "../../many/loneliest-first.ts";
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
 * The order by several objectives and limits: see `rankResults`. Without limits fronts are kept as results come, and of the order only what is asked for is made: one front. With limits a new result may change the
 * place of any other by more than its front, and the order is made anew when it is asked for after one came.
 */
export class FrontOrder implements RungOrder {
  readonly #setup: FrontOrderSetup;
  readonly #results = new Map<number, RungResult>();
  readonly #waiting = new Set<number>();
  #ranked: readonly RankedResult[] = [];
  #version: string | null = null;
  /** Fronts of what is worth something; null with limits, and once a trial came with another result. */
  #levels: GrowingLevels | null;

  constructor(setup: FrontOrderSetup) {
    this.#setup = setup;
    this.#levels = setup.limits.length === 0 ? new GrowingLevels() : null;
  }

  get length(): number {
    return this.#results.size;
  }

  get first(): RungResult | undefined {
    return this.#ofLevels((trial) => trial !== undefined) ?? this.#resultOf(this.#order[0]);
  }

  get firstWaiting(): RungResult | undefined {
    if (this.#waiting.size === 0) return undefined;
    const found = this.#ofLevels((trial) => this.#waiting.has(trial));
    return found ?? this.#resultOf(this.#order.find(({ trial }) => this.#waiting.has(trial)));
  }

  get(trial: number): RungResult | undefined {
    return this.#results.get(trial);
  }

  add(result: RungResult): void {
    const { trial, point } = this.#setup.stepResult(result);
    if (this.#results.has(trial)) this.#levels = null;
    else if (point.every(Number.isFinite)) this.#levels?.add(trial, point);
    this.#results.set(trial, result);
    this.#version = null;
  }

  placeOf(result: RungResult): RungPlace {
    const known = this.#results.get(result.trial);
    const { point } = this.#setup.stepResult(result);
    if (this.#levels !== null && (known === undefined || known === result) && point.every(Number.isFinite)) {
      const { level, better } = placeInLevels(this.#levels, result.trial, point);
      return { better, others: this.#results.size - (known === undefined ? 0 : 1), note: onFront(level) };
    }
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

  /** The first of the order that is wanted among what is worth something; undefined where there is none, or fronts are not kept. */
  #ofLevels(isWanted: (trial: number) => boolean): RungResult | undefined {
    const levels = this.#levels;
    for (let level = 0; level < (levels?.sizes.length ?? 0); level++) {
      const front = levels!.at(level);
      if (!front.some(({ id }) => isWanted(id))) continue;
      const first = loneliestFirst(front.map(({ point }) => point)).find((place) => isWanted(front[place]!.id));
      return this.#results.get(front[first!]!.id);
    }
    return undefined;
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
  return front < 0 ? "" : onFront(front);
}

function onFront(level: number): string {
  return `on front ${level + 1}`;
}

/** Where a point stands, one of those that came or another. */
function placeInLevels(levels: GrowingLevels, trial: number, point: ArrayLike<number>) {
  const level = levels.levelOf(point);
  const before = levels.sizes.slice(0, level).reduce((sum, size) => sum + size, 0);
  const others = levels.at(level).filter(({ id, point: other }) => id !== trial && !isDominated(point, other));
  const front = [...others, { id: trial, point }].sort((a, b) => a.id - b.id);
  const place = front.findIndex(({ id }) => id === trial);
  return { level, better: before + loneliestFirst(front.map((one) => one.point)).indexOf(place) };
}
