import { GrowingLevels } from "../../../numeric/pareto/growing-levels.ts";
import { isDominated } from "../../../numeric/pareto/is-dominated.ts";
import { brokenLimits, type Excesses, excessesOf, GrowingSpreads, type Limit } from "../../../objective/index.ts";
import { loneliestFirst } from "../../many/loneliest-first.ts";
import { limitedResult, rankResults } from "../../many/rank-results.ts";
import type { StepResult } from "../../many/step-result.ts";
import type { RungResult } from "../rung-course.ts";
import { BreakingResults } from "./breaking-results.ts";
import type { RungOrder, RungPlace } from "./rung-order.ts";

/** What a front order goes by besides its own results. */
export interface FrontOrderSetup {
  readonly limits: readonly Limit[];
  /** A result as it is compared, what grows standing for its end. */
  readonly stepResult: (result: RungResult) => StepResult;
  /** Another one whenever `stepResult` may answer otherwise. */
  readonly version: () => string;
}

/** A result as it stands in an order. */
interface Standing {
  readonly result: RungResult;
  readonly step: StepResult;
  /** By how much it breaks limits; null for what is worth nothing. */
  readonly excesses: Excesses | null;
  readonly broken: readonly string[];
}

/**
 * The order by several objectives and limits: see `rankResults`. Fronts of what keeps the limits, and what breaks them, are kept as results come, and of the order only what is asked for is made: one front, or
 * a place among those that break limits. What grows stands for its end, which is another one with each trial that ends; then all results are looked at once more.
 */
export class FrontOrder implements RungOrder {
  readonly #setup: FrontOrderSetup;
  readonly #standings = new Map<number, Standing>();
  readonly #waiting = new Set<number>();
  #version: string;
  /** Fronts of what keeps the limits. */
  readonly #levels = new GrowingLevels();
  #breaking: BreakingResults;
  /** Numbers of those that are worth nothing. */
  readonly #worthless = new Set<number>();
  /** Of what is worth something, once they are asked for. */
  #spreads: GrowingSpreads | null = null;
  /** The whole order, while it is known. */
  #ranked: readonly RungResult[] | null = null;

  constructor(setup: FrontOrderSetup) {
    this.#setup = setup;
    this.#version = setup.version();
    this.#breaking = new BreakingResults(setup.limits);
  }

  get length(): number {
    return this.#standings.size;
  }

  get first(): RungResult | undefined {
    return this.#firstOf(() => true);
  }

  get firstWaiting(): RungResult | undefined {
    return this.#waiting.size === 0 ? undefined : this.#firstOf((trial) => this.#waiting.has(trial));
  }

  get(trial: number): RungResult | undefined {
    return this.#standings.get(trial)?.result;
  }

  add(result: RungResult): void {
    this.#settle();
    this.#remove(this.#standings.get(result.trial));
    this.#put(this.#standingOf(result));
  }

  placeOf(result: RungResult): RungPlace {
    this.#settle();
    const known = this.#standings.get(result.trial);
    if (known?.result === result) return this.#place(known, true);
    this.#remove(known);
    const place = this.#place(this.#standingOf(result), false);
    if (known !== undefined) this.#put(known);
    return place;
  }

  /** How many others are on a better front than this result, or keep limits that it breaks, or break them by less: its place but for what it has in common with equals. */
  countAhead(result: RungResult): number {
    this.#settle();
    const known = this.#standings.get(result.trial);
    this.#remove(known);
    const ahead = this.#ahead(this.#standingOf(result));
    if (known !== undefined) this.#put(known);
    return ahead;
  }

  wait(trial: number): void {
    this.#waiting.add(trial);
  }

  leave(trial: number): void {
    this.#waiting.delete(trial);
  }

  *[Symbol.iterator](): Iterator<RungResult> {
    this.#settle();
    this.#ranked ??= rankResults(
      Array.from(this.#standings.values(), ({ step }) => step),
      this.#setup.limits,
    ).map(({ trial }) => this.#standings.get(trial)!.result);
    yield* this.#ranked;
  }

  /** Looks at all results anew where they stand for something else by now. */
  #settle(): void {
    const version = this.#setup.version();
    if (version === this.#version) return;
    this.#version = version;
    this.#ranked = null;
    const breaking: { readonly trial: number; readonly excesses: Excesses }[] = [];
    for (const [trial, held] of this.#standings) {
      const now = this.#standingOf(held.result);
      this.#standings.set(trial, now);
      if (now.excesses !== null && now.broken.length > 0) breaking.push({ trial, excesses: now.excesses });
      if (isKept(held) && !isKept(now)) this.#levels.delete(trial, held.step.point);
      if (isKept(now) && !isKept(held)) this.#levels.add(trial, now.step.point);
    }
    this.#breaking = new BreakingResults(this.#setup.limits, breaking);
    this.#spreads = null;
  }

  #standingOf(result: RungResult): Standing {
    const { limits } = this.#setup;
    const step = this.#setup.stepResult(result);
    if (!step.point.every(Number.isFinite)) return { result, step, excesses: null, broken: [] };
    const excesses = excessesOf(limitedResult(step), limits);
    return { result, step, excesses, broken: brokenLimits(excesses, limits) };
  }

  #put(standing: Standing): void {
    this.#ranked = null;
    this.#standings.set(standing.result.trial, standing);
    if (standing.excesses !== null) this.#spreads?.add(standing.excesses);
    this.#list(standing, true);
  }

  #remove(standing: Standing | undefined): void {
    if (standing === undefined) return;
    this.#ranked = null;
    this.#standings.delete(standing.result.trial);
    if (standing.excesses !== null) this.#spreads?.delete(standing.excesses);
    this.#list(standing, false);
  }

  /** Puts a result among those of its kind, or takes it out. */
  #list({ result: { trial }, step, excesses, broken }: Standing, comes: boolean): void {
    if (excesses === null) {
      this.#worthless[comes ? "add" : "delete"](trial);
      return;
    }
    if (broken.length > 0) this.#breaking[comes ? "add" : "delete"](trial, excesses);
    else this.#levels[comes ? "add" : "delete"](trial, step.point);
  }

  #place(own: Standing, isThere: boolean): RungPlace {
    const { trial } = own.result;
    const others = this.#standings.size - (isThere ? 1 : 0);
    if (own.excesses === null) {
      const better = this.#levels.length + this.#breaking.length + count(this.#worthless, (other) => other < trial);
      return { better, others, note: "" };
    }
    if (own.broken.length === 0) {
      const { level, better } = placeInLevels(this.#levels, trial, own.step.point);
      return { better, others, note: `on front ${level + 1}` };
    }
    const scale = this.#scale();
    if (!isThere) scale.add(own.excesses);
    const before = this.#breaking.countBefore(trial, own.excesses, scale);
    if (!isThere) scale.delete(own.excesses);
    const note = `breaks ${own.broken.map((text) => JSON.stringify(text)).join(", ")}`;
    return { better: this.#levels.length + before, others, note };
  }

  /** Of one that is not there. */
  #ahead({ step, excesses, broken }: Standing): number {
    if (excesses === null) return this.#levels.length + this.#breaking.length;
    if (broken.length === 0) return this.#levels.countBefore(this.#levels.levelOf(step.point));
    const scale = this.#scale();
    scale.add(excesses);
    const before = this.#breaking.countBefore(Number.NEGATIVE_INFINITY, excesses, scale);
    scale.delete(excesses);
    return this.#levels.length + before;
  }

  #firstOf(isWanted: (trial: number) => boolean): RungResult | undefined {
    this.#settle();
    const kept = firstInLevels(this.#levels, isWanted);
    if (kept !== null) return this.#standings.get(kept)!.result;
    const first = this.#breaking.length === 0 ? null : this.#breaking.first(isWanted, this.#scale());
    return this.#standings.get(first ?? lowest(this.#worthless, isWanted))?.result;
  }

  #scale(): GrowingSpreads {
    if (this.#spreads === null) {
      const all = Array.from(this.#standings.values(), ({ excesses }) => excesses);
      this.#spreads = new GrowingSpreads(
        this.#setup.limits,
        all.filter((excesses) => excesses !== null),
      );
    }
    return this.#spreads;
  }
}

/** Whether a result keeps all limits: its place follows from its point. */
function isKept({ excesses, broken }: Standing): boolean {
  return excesses !== null && broken.length === 0;
}

function count(trials: Iterable<number>, counts: (trial: number) => boolean): number {
  let number = 0;
  for (const trial of trials) if (counts(trial)) number += 1;
  return number;
}

/** The lowest number that is wanted; Infinity for none. */
function lowest(trials: Iterable<number>, isWanted: (trial: number) => boolean): number {
  let first = Number.POSITIVE_INFINITY;
  for (const trial of trials) if (trial < first && isWanted(trial)) first = trial;
  return first;
}

/** Where a point stands, one of those that came or another. */
function placeInLevels(levels: GrowingLevels, trial: number, point: ArrayLike<number>) {
  const level = levels.levelOf(point);
  const others = levels.at(level).filter(({ id, point: other }) => id !== trial && !isDominated(point, other));
  const front = [...others, { id: trial, point }].sort((a, b) => a.id - b.id);
  const place = front.findIndex(({ id }) => id === trial);
  return { level, better: levels.countBefore(level) + loneliestFirst(front.map((one) => one.point)).indexOf(place) };
}

/** The first by fronts, and there by how far neighbours lie apart, that is wanted; null where none is. */
function firstInLevels(levels: GrowingLevels, isWanted: (trial: number) => boolean): number | null {
  const level = levels.levelWith(isWanted);
  if (level < 0) return null;
  const front = levels.at(level);
  const first = loneliestFirst(front.map(({ point }) => point)).find((place) => isWanted(front[place]!.id));
  return front[first!]!.id;
}
