import { describe, expect, it } from "vitest";
import { keyedStreams } from "../numeric/random/keyed-streams.ts";
import { checkParams } from "../space/check-params.ts";
import type { Params } from "../space/json.ts";
import { sampleUniform } from "../space/sample-uniform.ts";
import type { Space } from "../space/space.ts";
import type { HistoryView, PendingTrial } from "../trial/history-view.ts";
import type { Metric } from "../trial/metric.ts";
import type { Sampler, SuggestRequest } from "./sampler.ts";
import { climbingRows } from "./testing/climbing-rows.testing.ts";
import { constrainedSpaces } from "./testing/constrained-spaces.testing.ts";
import { type FinishedRow, makeView } from "./testing/make-view.testing.ts";
import { HISTORY_SHAPES, makeRows } from "./testing/odd-histories.testing.ts";
import { randomSpace } from "./testing/random-space.testing.ts";
import { respacedHistory, SPACE_EDITIONS } from "./testing/respaced-history.testing.ts";
import { SegmentedStudy, type SuggestionDue } from "./testing/segmented-study.testing.ts";

export interface SamplerContractOptions {
  /** Makes a fresh instance, as a process does that has just started. */
  readonly make: (space: Space) => Sampler;
  /** True for samplers that come to an end: they may suggest fewer than asked for. */
  readonly finite?: boolean;
  /** `many` for samplers that know several objectives, as their registry entry says: the rules are then held to two as well. */
  readonly objectives?: "one" | "many";
  /** True for samplers that know limits, as their registry entry says: the rules are then held to limits as well. */
  readonly limits?: boolean;
  /** Random spaces for the validity check; 100 unless told. */
  readonly spaces?: number;
}

/** One rule of the contract; `run` throws when it is broken. */
export interface ContractCheck {
  readonly name: string;
  readonly run: () => void;
}

const LOSS: Metric = { name: "loss", direction: "minimize" };
const RECALL: Metric = { name: "recall", direction: "maximize" };
const MS: Metric = { name: "ms", direction: "minimize" };
const LIMITS: readonly string[] = ["ms <= 0.2", "loss <= 1 or ms <= -1"];
const SEED = 7;
/** A history of trials that climb from rung to rung. */
const CLIMBING = "climbing";

function spaceOf(seed: number, most = 12): Space {
  return randomSpace(keyedStreams(seed, "space").stream("space"), most);
}

function pendingTrials(space: Space, first: number, count: number): readonly PendingTrial[] {
  return Array.from({ length: count }, (_, k) => ({
    number: first + k,
    params: sampleUniform(space, keyedStreams(SEED, "pending", first + k)),
  }));
}

/** What samplers are asked, and what they see, in a study with these objectives. */
class Scene {
  readonly #metrics: readonly Metric[];
  readonly #limits: readonly string[];

  constructor(metrics: readonly Metric[], limits: readonly string[] = []) {
    this.#metrics = metrics;
    this.#limits = limits;
  }

  /** Names of the columns of values. */
  get names(): readonly string[] {
    return this.#columns.map(({ name }) => name);
  }

  get #columns(): readonly Metric[] {
    return this.#limits.length === 0 ? this.#metrics : [...this.#metrics, MS];
  }

  requestAt(space: Space, number: number, index = number): SuggestRequest {
    return {
      space,
      metrics: this.#metrics,
      ...(this.#limits.length > 0 && { limits: this.#limits }),
      seed: SEED,
      number,
      index,
      streams: (trial) => keyedStreams(SEED, trial),
      remaining: 100,
      inputs: { remaining: 100 },
    };
  }

  requestOf({ space, number, index }: SuggestionDue): SuggestRequest {
    return this.requestAt(space, number, index);
  }

  viewOf(space: Space, rows: readonly FinishedRow[], pending = 0, hidden: readonly number[] = []): HistoryView {
    return makeView({
      space,
      metrics: this.#columns,
      rows,
      pending: pendingTrials(space, rows.length, pending),
      revision: 10 * rows.length + pending + hidden.length + 1,
      hidden,
    });
  }

  rows(space: Space, count: number, shape = "mixed"): readonly FinishedRow[] {
    if (shape === CLIMBING) return climbingRows(space, this.#columns, count, keyedStreams(SEED, shape));
    return makeRows(space, this.#columns, shape, count, keyedStreams(SEED, shape));
  }
}

/** Works with every source of chance or time barred. */
function barring<T>(work: () => T): T {
  const { random } = Math;
  const { now } = Date;
  const measure = performance.now;
  const barred = (): never => {
    throw new Error("a sampler must not ask for the time or for chance of its own");
  };
  Object.assign(Math, { random: barred });
  Object.assign(Date, { now: barred });
  performance.now = barred;
  try {
    return work();
  } finally {
    Object.assign(Math, { random });
    Object.assign(Date, { now });
    performance.now = measure;
  }
}

/** Every second history is one of trials that climb from rung to rung. */
function shapeOf(seed: number): string {
  return seed % 2 === 0 ? "mixed" : CLIMBING;
}

function suggest(sampler: Sampler, view: HistoryView, request: SuggestRequest, count: number): readonly Params[] {
  return barring(() => sampler.suggest(view, request, count).map(({ params }) => params));
}

function suggestGiven(sampler: Sampler, view: HistoryView, request: SuggestRequest, known: Params): Params {
  return barring(() => sampler.suggestGiven!(view, request, known).params);
}

function checkValid({ make, finite, spaces = 100 }: SamplerContractOptions, scene: Scene): void {
  for (let seed = 0; seed < spaces; seed++) {
    const space = spaceOf(seed);
    const view = scene.viewOf(space, scene.rows(space, (seed * 7) % 40, shapeOf(seed)), seed % 31);
    const suggestions = suggest(make(space), view, scene.requestAt(space, 71, 0), 3);
    if (finite !== true) expect(suggestions).toHaveLength(3);
    for (const params of suggestions) expect(checkParams(space, params)).toEqual([]);
  }
}

function checkPure({ make }: SamplerContractOptions, scene: Scene): void {
  for (let seed = 0; seed < 10; seed++) {
    const space = spaceOf(seed);
    const view = scene.viewOf(space, scene.rows(space, 25, shapeOf(seed)), 3);
    const before = structuredClone([view.columns, view.rows, view.pending]);
    const sampler = make(space);
    const first = suggest(sampler, view, scene.requestAt(space, 28), 2);
    expect(suggest(sampler, view, scene.requestAt(space, 28), 2)).toEqual(first);
    expect(suggest(make(space), view, scene.requestAt(space, 28), 2)).toEqual(first);
    expect([view.columns, view.rows, view.pending]).toEqual(before);
  }
}

function checkWarm({ make }: SamplerContractOptions, scene: Scene): void {
  for (let seed = 0; seed < 8; seed++) {
    const space = spaceOf(seed + 100);
    const rows = scene.rows(space, 60, shapeOf(seed));
    const sampler = make(space);
    for (let n = 0; n <= 60; n += 1 + (seed % 4) * 3) {
      const hidden = n > 30 ? [4, 17] : n > 20 ? [4] : [];
      const view = scene.viewOf(space, rows.slice(0, n), n % 5, n > 50 ? [] : hidden);
      const request = scene.requestAt(space, n + (n % 5));
      expect(suggest(sampler, view, request, 1)).toEqual(suggest(make(space), view, request, 1));
    }
  }
}

/** Prepared at every row, or at some that no suggestion is ever made from, and with others pending than there are in the end. */
function checkPrepared({ make }: SamplerContractOptions, scene: Scene): void {
  if (make(spaceOf(0)).prepare === undefined) return;
  for (let seed = 0; seed < 6; seed++) {
    const space = spaceOf(seed + 150);
    const rows = scene.rows(space, 40, shapeOf(seed));
    const prepared = make(space);
    for (let n = 0; n <= 40; n += 1 + seed) {
      const hidden = n > 20 && n <= 30 ? [4] : [];
      const before = scene.viewOf(space, rows.slice(0, n), 0, hidden);
      barring(() => prepared.prepare?.(before, { ...scene.requestAt(space, n), remaining: null, inputs: {} }));
      if (n % 2 === 1) continue;
      const view = scene.viewOf(space, rows.slice(0, n), 1 + (n % 3), hidden);
      const request = scene.requestAt(space, n + 1 + (n % 3));
      expect(suggest(prepared, view, request, 2)).toEqual(suggest(make(space), view, request, 2));
    }
  }
}

function checkBatch({ make }: SamplerContractOptions, scene: Scene): void {
  for (let seed = 0; seed < 10; seed++) {
    const space = spaceOf(seed + 200);
    const view = scene.viewOf(space, scene.rows(space, seed * 4, shapeOf(seed)), 2);
    const number = seed * 4 + 2;
    const batch = suggest(make(space), view, scene.requestAt(space, number), 5);
    const earlier: PendingTrial[] = [];
    for (const [k, params] of batch.entries()) {
      const single = suggest(make(space), view.withPending(earlier), scene.requestAt(space, number + k), 1);
      expect(single).toEqual([params]);
      earlier.push({ number: number + k, params });
    }
    expect(suggest(make(space), view, scene.requestAt(space, number), 2)).toEqual(batch.slice(0, 2));
  }
}

function checkNoView({ make }: SamplerContractOptions, scene: Scene): void {
  const space = spaceOf(300);
  if (make(space).needsView) return;
  const unreadable = new Proxy(scene.viewOf(space, []), {
    get: () => {
      throw new Error("this sampler says it needs no view");
    },
  });
  const sampler = make(space);
  const forward = [0, 1, 2, 3, 4, 5].map((number) => suggest(sampler, unreadable, scene.requestAt(space, number), 1));
  const backward = [5, 4, 3, 2, 1, 0].map((number) =>
    suggest(make(space), unreadable, scene.requestAt(space, number), 1),
  );
  expect(backward.reverse()).toEqual(forward);
}

function checkOddHistories({ make, finite }: SamplerContractOptions, scene: Scene): void {
  for (const shape of [...Object.keys(HISTORY_SHAPES), CLIMBING])
    for (const count of [1, 2, 12, 40]) {
      const space = spaceOf(400 + count);
      const sampler = make(space);
      const view = scene.viewOf(space, scene.rows(space, count, shape), 2);
      const suggestions = suggest(sampler, view, scene.requestAt(space, count + 2, 0), 2);
      if (finite !== true) expect(suggestions).toHaveLength(2);
      for (const params of suggestions) expect(checkParams(space, params)).toEqual([]);
    }
}

/** Trials of another tool or of an older space: values outside of the ranges, choices unknown, parameters missing. */
function checkForeignRows({ make }: SamplerContractOptions, scene: Scene): void {
  for (let seed = 500; seed < 512; seed++) {
    const space = spaceOf(seed);
    const odd = (i: number) => [Number.NaN, -1, 1e6, 0][i % 4]!;
    const view = scene.viewOf(space, scene.rows(space, 30));
    for (const column of Object.values(view.columns.params)) for (let i = 0; i < 30; i += 3) column[i] = odd(i);
    for (const params of suggest(make(space), view, scene.requestAt(space, 30, 0), 2))
      expect(checkParams(space, params)).toEqual([]);
  }
}

function checkConstraints({ make, finite }: SamplerContractOptions, scene: Scene): void {
  for (const [i, space] of constrainedSpaces().entries())
    for (const count of [0, 15, 40]) {
      const view = scene.viewOf(space, scene.rows(space, count), i * 3);
      const number = count + i * 3;
      const batch = suggest(make(space), view, scene.requestAt(space, number, 0), 4);
      if (finite !== true) expect(batch).toHaveLength(4);
      for (const params of batch) expect(checkParams(space, params)).toEqual([]);
      expect(suggest(make(space), view, scene.requestAt(space, number, 0), 2)).toEqual(batch.slice(0, 2));
    }
}

/** A study whose space was edited: trials count by the space in force, a process that starts now gets the same bits. */
function checkRespaced({ make, finite }: SamplerContractOptions, scene: Scene): void {
  for (const edition of SPACE_EDITIONS) {
    const space = edition.after;
    const warm = make(space);
    for (const young of [0, 1, 12]) {
      const number = 32 + young;
      const view = respacedHistory(edition, 30, young, scene.names).view().withinSpace();
      const batch = suggest(warm, view, scene.requestAt(space, number, young), 3);
      expect(batch).toEqual(suggest(make(space), view, scene.requestAt(space, number, young), 3));
      if (finite !== true) expect(batch).toHaveLength(3);
      for (const params of batch) expect(checkParams(space, params)).toEqual([]);
    }
  }
}

/**
 * A study whose trials pause, ask for parameters and go on: a process that starts now gets the same bits as one that was there all along,
 * be it asked for each suggestion or for every second or third.
 */
function checkSegments({ make, finite }: SamplerContractOptions, scene: Scene): void {
  for (let seed = 0; seed < 3; seed++) {
    const study = new SegmentedStudy(seed, scene.names);
    let kept = study.due("warm").space;
    let warm = make(kept);
    for (let n = 0; n < 40; n++) {
      const cold = study.due("cold");
      const [params] = suggest(make(cold.space), cold.view.withinSpace(), scene.requestOf(cold), 1);
      if (n % (1 + (seed % 3)) === 0) {
        const due = study.due("warm");
        // A sampler is made for a space, and kept while that stays the same.
        if (kept !== due.space) warm = make(due.space);
        kept = due.space;
        expect(suggest(warm, due.view.withinSpace(), scene.requestOf(due), 1)).toEqual(
          params === undefined ? [] : [params],
        );
      }
      if (finite !== true || params !== undefined) expect(checkParams(cold.space, params!)).toEqual([]);
      if (params !== undefined) study.begin(params);
      for (let k = 0; k < 6; k++) study.happen();
      if (n === 25) study.respace();
    }
  }
}

/** The first so many values of a configuration, parents first. */
function beginning(space: Space, params: Params, count: number): Params {
  const names = space.parameters.map(({ name }) => name).filter((name) => Object.hasOwn(params, name));
  return Object.fromEntries(names.slice(0, count).map((name) => [name, params[name]!]));
}

/** Of samplers that suggest the rest of a configuration. */
function checkGiven({ make }: SamplerContractOptions, scene: Scene): void {
  const spaces = [...Array.from({ length: 24 }, (_, seed) => spaceOf(seed + 600)), ...constrainedSpaces()];
  for (const [i, space] of spaces.entries()) {
    const warm = make(space);
    if (warm.suggestGiven === undefined) return;
    for (const count of [0, 12 + i]) {
      const view = scene.viewOf(space, scene.rows(space, count), i % 4);
      const request = scene.requestAt(space, count + (i % 4), 0);
      suggest(warm, view, request, 1);
      const whole = sampleUniform(space, keyedStreams(SEED, "given", i, count));
      const known = beginning(space, whole, (i * 7 + count) % (Object.keys(whole).length + 1));
      const before = structuredClone([view.columns, view.rows, view.pending]);
      const params = suggestGiven(warm, view, request, known);
      expect(params).toMatchObject(known);
      expect(checkParams(space, params)).toEqual([]);
      expect(suggestGiven(make(space), view, request, known)).toEqual(params);
      expect(suggestGiven(warm, view, request, known)).toEqual(params);
      expect([view.columns, view.rows, view.pending]).toEqual(before);
    }
  }
}

const RULES: readonly (readonly [string, (options: SamplerContractOptions, scene: Scene) => void])[] = [
  ["suggests valid configurations on any space, with any number pending", checkValid],
  ["keeps constraints, equations and narrow ones too", checkConstraints],
  ["is a pure function of view and request, and leaves the view as it is", checkPure],
  ["gives the same bits from a fresh instance as from one that has run all along", checkWarm],
  ["gives the same bits whether it was prepared or not", checkPrepared],
  ["gives a batch as single calls with the earlier members pending", checkBatch],
  ["does not look at the view when it says it needs none", checkNoView],
  ["copes with failed, worthless, constant and extreme histories", checkOddHistories],
  ["goes on in a space that was edited, cold as warm", checkRespaced],
  ["gives the same bits cold as warm while segments pause, ask for parameters and go on", checkSegments],
  ["copes with rows that do not fit the space", checkForeignRows],
  ["suggests the rest of a configuration, if it does, purely and with the known values kept", checkGiven],
];

/** The rules that every sampler keeps, to be run one by one; with one objective, and with two and with limits for those that know them. */
export function samplerChecks(options: SamplerContractOptions): readonly ContractCheck[] {
  const checks = (scene: Scene, ending: string): readonly ContractCheck[] =>
    RULES.map(([name, rule]) => ({ name: `${name}${ending}`, run: () => rule(options, scene) }));
  const many = options.objectives === "many";
  return [
    ...checks(new Scene([LOSS]), ""),
    ...(many ? checks(new Scene([LOSS, RECALL]), ", by two objectives") : []),
    ...(options.limits === true ? checks(new Scene(many ? [RECALL, LOSS] : [LOSS], LIMITS), ", within limits") : []),
  ];
}

/** Registers the contract as tests. */
export function samplerContract(name: string, options: SamplerContractOptions): void {
  describe(`${name} keeps the sampler contract`, () => {
    for (const check of samplerChecks(options)) it(check.name, check.run);
  });
}
