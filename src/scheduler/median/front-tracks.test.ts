import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { float } from "../../space/builders.ts";
import { defineSpace } from "../../space/define-space.ts";
import { spaceToJson } from "../../space/space-json.ts";
import { encodeValues } from "../../trial/encode-values.ts";
import type { StudyEvent } from "../../trial/event.ts";
import { History } from "../../trial/history.ts";
import type { Metric } from "../../trial/metric.ts";
import { FrontTracks } from "./front-tracks.ts";

const METRICS: readonly Metric[] = [
  { name: "loss", direction: "minimize" },
  { name: "gain", direction: "maximize" },
];
const SPACE = spaceToJson(defineSpace({ x: float(0, 1) }));
const END = { outcome: "ok", message: null, exitCode: null, signal: null, checkpoint: null } as const;

/** A study whose trials report as they are told to. */
class Log {
  readonly history = new History(["loss", "gain", "ms"]);
  readonly #seqs: number[] = [];

  constructor() {
    this.#log({ type: "study-created", definition: { name: "s", metrics: METRICS, space: SPACE, seed: 1 } as never });
  }

  get trials(): number {
    return this.#seqs.length;
  }

  begin(x: number): void {
    const trial = this.#seqs.push(0) - 1;
    const owner = { kind: "detached", token: "t" } as const;
    this.#log({ type: "proposed", trial, params: { x }, origin: "sampler", suggestion: null, replicate: null });
    this.#log({ type: "started", trial, segment: 0, until: null, attempt: 0, owner });
  }

  report(trial: number, step: number, values: Readonly<Record<string, number>>): void {
    const report = { seq: this.#seqs[trial]!++, step, values: encodeValues(values) };
    this.#log({ type: "reported", trial, reports: [report] });
  }

  finish(trial: number, state: "complete" | "pruned"): void {
    this.#log({ type: "finished", trial, state, values: { loss: 1, gain: 1 }, end: END });
  }

  #log(event: StudyEvent): void {
    this.history.apply({ revision: this.history.revision + 1, at: 0, event });
  }
}

const value = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 4 }) }, fc.constant(Number.NaN));
const ms = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -1, max: 9 }) }, fc.constantFrom(null, Number.NaN));
const trial = fc.record({
  told: fc.array(
    fc.record({ step: fc.integer({ min: 0, max: 4 }), loss: value, gain: fc.option(value, { freq: 9 }), ms }),
    { minLength: 1, maxLength: 5 },
  ),
  isPruned: fc.integer({ min: 0, max: 6 }).map((n) => n === 0),
  isInOrder: fc.boolean(),
});
const study = fc.record({
  objectives: fc.constantFrom(1, 2),
  limits: fc.constantFrom<readonly string[]>([], ["ms <= 4"], ["ms <= 8 * x"], ["ms <= 3 or gain >= 3", "ms >= 1"]),
  grows: fc.constantFrom<readonly string[]>([], ["ms"]),
  rises: fc.boolean(),
  smooth: fc.constantFrom(1, 2),
  most: fc.constantFrom(0, 12, 30, 1_000),
  trials: fc.array(trial, { minLength: 2, maxLength: 14 }),
});

describe("places among complete trials at a step", () => {
  it("are those that are made anew from all, whatever was asked before", () => {
    let placed = 0;
    fc.assert(
      fc.property(study, ({ objectives, limits, grows, rises, smooth, most, trials }) => {
        const metrics = METRICS.slice(0, objectives);
        const make = (room?: number) => new FrontTracks(metrics, limits, grows, smooth, room);
        const kept = make(most);
        const log = new Log();
        // One trial runs to the end beside the others.
        log.begin(0.5);
        log.report(0, 0, { loss: 2, gain: 2, ms: 3 });
        const ask = (number: number, count: number, step: number, view = log.history.view()) => {
          const record = view.trial(number)!;
          const place = kept.placeOf(view, record, count, step);
          // One that was never asked before looks at all.
          expect(place).toEqual(make().placeOf(view, record, count, step));
          if (place !== null) placed += 1;
        };
        for (const { told, isPruned, isInOrder } of trials) {
          const number = log.trials;
          log.begin((number % 5) / 4);
          const steps = isInOrder ? told.toSorted((a, b) => a.step - b.step) : told;
          for (const [k, { step, gain, ms, loss }] of steps.entries()) {
            const grown = ms === null ? null : { ms: rises ? ms + 10 * step : ms };
            log.report(number, step, { loss, ...(gain !== null && { gain }), ...grown });
            ask(number, k + 1, step);
            ask(0, 1, step);
          }
          const before = log.history.view();
          log.finish(number, isPruned ? "pruned" : "complete");
          ask(0, 1, 2);
          // Of one that is complete itself, and of a view of before.
          if (number % 4 === 0) ask(number, steps.length, 2);
          if (number % 5 === 0) ask(number, steps.length, 2, before);
        }
      }),
      { numRuns: 60 },
    );
    expect(placed).toBeGreaterThan(1_000);
  });
});
