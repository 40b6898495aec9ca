import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineSpace, derived, float, type Space, spaceToJson } from "../../space/index.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import { decide } from "../decide.ts";
import type { StudyEvent } from "../event.ts";
import type { Owner } from "../owner.ts";
import { ALL_COMMANDS, draws } from "../random-command.testing.ts";
import { Simulation, studyDefinition } from "../simulate.testing.ts";
import { StudyState } from "../study-state.ts";
import { evolve } from "./evolve.ts";
import { runText } from "./run-text.ts";
import { throughSnapshot } from "./through-snapshot.testing.ts";

const owner: Owner = { kind: "detached", token: "t" };
const END = { message: null, exitCode: null, signal: null, checkpoint: null };

/** A study in which trials are made and ended by hand. */
class Bench {
  state = new StudyState();
  revision = 0;

  constructor(space: Space = defineSpace({ x: float(0, 9) })) {
    this.append({ type: "study-created", definition: studyDefinition(spaceToJson(space)) });
  }

  append(event: StudyEvent): void {
    evolve(this.state, { revision: ++this.revision, at: this.revision, event });
  }

  propose(params: Params, of: number | null = null, fold: number | null = null): number {
    const trial = this.state.nextNumber;
    const replicate = of === null ? null : { of, index: 1, seed: 5, fold };
    this.append({ type: "proposed", trial, params, origin: "user", suggestion: null, replicate });
    return trial;
  }

  start(trial: number): void {
    this.append({ type: "started", trial, segment: 0, until: null, attempt: 0, owner });
  }

  finish(trial: number, state: "complete" | "failed" = "complete"): void {
    const values: Readonly<Record<string, number>> = state === "complete" ? { loss: 1 } : {};
    this.append({ type: "finished", trial, state, values, end: { ...END, outcome: "ok" } });
  }

  run(params: Params, of: number | null = null, fold: number | null = null): number {
    const trial = this.propose(params, of, fold);
    this.start(trial);
    this.finish(trial);
    return trial;
  }

  import(params: Params): number {
    const trial = this.state.nextNumber;
    const rest = { values: { loss: 1 }, reports: [], startedAt: 1, finishedAt: 2, attributes: {} };
    this.append({ type: "imported", trial, params, state: "complete", ...rest });
    return trial;
  }

  respace(space: Space, was: Params = {}): void {
    this.append({ type: "space-changed", space: spaceToJson(space), note: null, carry: { was, renamed: {} } });
  }

  get configurations(): readonly number[] {
    return this.state.trials().map(({ configuration }) => configuration);
  }
}

const x = { x: float(0, 9) };
const xy = { ...x, y: float(0, 9, { default: 0 }) };

describe("a trial's configuration", () => {
  it("is shared by runs of equal parameters, whoever made them and however they ended", () => {
    const bench = new Bench();
    bench.run({ x: 1 });
    bench.run({ x: 2 });
    bench.import({ x: 1 });
    const failed = bench.propose({ x: 2 });
    bench.start(failed);
    bench.finish(failed, "failed");
    bench.run({ x: 1 }, 0);
    expect(bench.configurations).toEqual([0, 1, 0, 1, 0]);
  });

  it("is that of the first that ended, and its own number before its end", () => {
    const bench = new Bench();
    for (const trial of [bench.propose({ x: 1 }), bench.propose({ x: 1 })]) bench.start(trial);
    expect(bench.configurations).toEqual([0, 1]);
    bench.finish(1);
    expect(bench.configurations).toEqual([0, 1]);
    bench.finish(0);
    expect(bench.configurations).toEqual([1, 1]);
  });

  it("is that of its replicate's original from the start, also where that one has not run", () => {
    const bench = new Bench();
    bench.propose({ x: 1 });
    bench.propose({ x: 1 }, 0);
    bench.propose({ x: 1 }, 1);
    expect(bench.configurations).toEqual([0, 0, 0]);
    for (const trial of [2, 0, 1]) {
      bench.start(trial);
      bench.finish(trial);
    }
    expect(new Set(bench.configurations).size).toBe(1);
  });

  it("tells folds, types and absent values apart, and takes keys in any order", () => {
    const bench = new Bench();
    const first = { x: 1, c: { a: 1, b: 2 } };
    bench.run(first);
    bench.run({ c: { b: 2, a: 1 }, x: 1 });
    bench.run(first, 0, 0);
    bench.run(first, 0, 1);
    bench.run(first, 0, 1);
    bench.run({ x: "1", c: { a: 1, b: 2 } });
    bench.run({ x: 1 });
    bench.run({ x: 1, c: null });
    expect(bench.configurations).toEqual([0, 0, 2, 3, 3, 5, 6, 7]);
  });

  it("is not shared with a trial that only counts as having had a value", () => {
    const bench = new Bench();
    bench.run({ x: 1 });
    const waiting = bench.propose({ x: 1 });
    bench.respace(defineSpace(xy), { y: 0 });
    bench.run({ x: 1, y: 0 });
    bench.run({ x: 1, y: 0 }, 0);
    bench.import({ x: 1, y: 0 });
    // Started after the change, this one was given y = 0.
    bench.start(waiting);
    bench.finish(waiting);
    expect(bench.configurations).toEqual([0, 2, 2, 2, 2]);
  });

  it("is not shared where derived values differ", () => {
    const bench = new Bench(defineSpace({ ...x, total: derived("x * 2") }));
    bench.run({ x: 1 });
    bench.respace(defineSpace({ ...x, total: derived("x * 3") }));
    bench.run({ x: 1 });
    bench.run({ x: 1 }, 0);
    expect(bench.configurations).toEqual([0, 1, 1]);
  });

  it("goes by what a program asked for in the end", () => {
    const bench = new Bench(defineSpace({}));
    const domain: JsonValue = { type: "float", low: 0, high: 9 };
    for (const value of [1, 2, 1]) {
      const trial = bench.propose({});
      bench.start(trial);
      bench.append({ type: "defined", trial, definitions: [{ name: "d", domain, value }] });
      bench.finish(trial);
    }
    expect(bench.configurations).toEqual([0, 1, 0]);
  });

  it("is found again after a snapshot", () => {
    const bench = new Bench();
    bench.run({ x: 1 });
    bench.run({ x: 2 });
    bench.state = throughSnapshot(bench.state);
    bench.run({ x: 2 });
    expect(bench.configurations).toEqual([0, 1, 1]);
  });

  it("is equal exactly where ended trials were given the same", () => {
    const spaces = [xy, x].map((parameters) => spaceToJson(defineSpace(parameters)));
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 60), (sequence) => {
        const simulation = new Simulation({ spaces, limit: 40 });
        for (const draw of sequence) simulation.step(draw);
        const { tables } = simulation.state;
        const ended = [...tables.trials].filter(({ finishedRevision }) => finishedRevision !== null);
        ended.sort((a, b) => a.finishedRevision! - b.finishedRevision!);
        const first = new Map<string, number>();
        for (const record of ended) {
          const text = runText(tables, record);
          first.set(text, first.get(text) ?? record.number);
          expect(record.configuration).toBe(first.get(text));
        }
      }),
      { numRuns: 200 },
    );
  });

  it("is found among very many others, however often the index grew", () => {
    const bench = new Bench();
    const count = 1_500;
    for (let n = 0; n < count; n++) bench.run({ x: n / 7 });
    for (let n = count - 1; n >= 0; n -= 50) bench.run({ x: n / 7 });
    const { configurations } = bench;
    expect(configurations.slice(0, count)).toEqual(Array.from({ length: count }, (_, n) => n));
    expect(configurations.slice(count)).toEqual(Array.from({ length: count / 50 }, (_, k) => count - 1 - 50 * k));
  });

  it("is there for a command that ends a trial at once", () => {
    const bench = new Bench();
    bench.run({ x: 1 });
    const trial = bench.propose({ x: 1 });
    const command = { type: "transition", trial, from: "waiting", to: "complete", owner, values: { loss: 1 } } as const;
    for (const event of decide(bench.state, command, { now: 0, leaseExpired: () => false }).events) bench.append(event);
    expect(bench.configurations).toEqual([0, 0]);
  });
});
