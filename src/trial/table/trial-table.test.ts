import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonValue } from "../../space/json.ts";
import type { StudyEvent } from "../event.ts";
import { evolve } from "../evolve/evolve.ts";
import { throughSnapshot } from "../evolve/through-snapshot.testing.ts";
import type { Owner } from "../owner.ts";
import { studyDefinition } from "../simulate.testing.ts";
import { StudyState } from "../study-state.ts";
import { plainRecord } from "./records.testing.ts";
import { TRIALS_PER_BLOCK, TrialBlock } from "./trial-block.ts";

const END = { message: null, exitCode: null, signal: null, checkpoint: null };
const owner = (token: string): Owner => ({ kind: "detached", token });

/** Many trials, in two states: one that packs what has ended, and records alone. */
class Many {
  readonly state: StudyState;
  #revision = 0;

  constructor(loose = 0) {
    this.state = new StudyState(loose);
    this.append({ type: "study-created", definition: studyDefinition({ parameters: [] }) });
  }

  append(event: StudyEvent): void {
    const logged = { revision: ++this.#revision, at: this.#revision, event };
    evolve(this.state, logged);
  }

  start(): number {
    const trial = this.state.nextNumber;
    const params = { x: trial / 7, kind: trial % 2 === 0 ? "a" : "b" };
    this.append({ type: "proposed", trial, params, origin: "user", suggestion: null, replicate: null });
    this.append({ type: "started", trial, segment: 0, until: null, attempt: 0, owner: owner(`t${trial}`) });
    return trial;
  }

  finish(trial: number): void {
    const values = { loss: trial / 3 };
    this.append({ type: "finished", trial, state: "complete", values, end: { ...END, outcome: "ok" } });
  }
}

describe("TrialTable", () => {
  it("knows every trial after its block was packed, and those that stay open or change later", () => {
    const many = new Many();
    const count = 3 * TRIALS_PER_BLOCK + 10;
    const open = new Set([5, TRIALS_PER_BLOCK + 1, TRIALS_PER_BLOCK + 2]);
    for (let n = 0; n < count; n++) {
      many.start();
      if (!open.has(n)) many.finish(n);
    }
    many.append({ type: "invalidated", trial: 3, reason: null });
    many.append({ type: "attribute-set", trial: 7, system: false, key: "note", text: '"seen"' });
    many.append({ type: "reported", trial: 5, reports: [{ seq: 0, step: 1, values: { loss: 2 } }] });
    many.finish(5);
    const trials = many.state.trials();
    expect(trials).toHaveLength(count);
    for (const [n, trial] of trials.entries()) {
      expect(trial).toMatchObject({ number: n, configuration: n, params: { x: n / 7 } });
      expect(trial.state).toBe(open.has(n) && n !== 5 ? "running" : "complete");
      if (trial.state === "complete") expect(trial.values).toEqual({ loss: n / 3 });
    }
    expect(many.state.trial(3)!.invalid).toHaveLength(1);
    expect(many.state.trial(7)!.attributes).toEqual({ note: '"seen"' });
    expect(many.state.trial(5)!.reports).toEqual([{ seq: 0, step: 1, values: { loss: 2 } }]);
    expect(many.state.trial(count)).toBeUndefined();
    expect(many.state.budget).toEqual({ waiting: 0, running: 2, paused: 0, trialsSpent: count - 3, reserved: 0 });
    const read = throughSnapshot(many.state);
    expect(JSON.stringify(read.trials())).toBe(JSON.stringify(trials));
  });

  it("does not keep a record of each trial", () => {
    const many = new Many();
    for (let n = 0; n <= TRIALS_PER_BLOCK; n++) many.finish(many.start());
    const { trials } = many.state.tables;
    expect(trials.get(0)).toEqual(trials.get(0));
    expect(trials.get(0)).not.toBe(trials.get(0));
  });

  it("keeps records of as many of the newest blocks as it is to, also once it begins anew, and tells the same of them", () => {
    const [many, plain] = [new Many(2), new Many()];
    const fill = (count: number): void => {
      for (const each of [many, plain]) while (each.state.nextNumber < count) each.finish(each.start());
    };
    const packed = (): readonly number[] => {
      const { trials } = many.state.tables;
      return [0, 1, 2, 3].filter((block) => {
        const first = block * TRIALS_PER_BLOCK;
        const [one, again] = [trials.get(first), trials.get(first)];
        return one !== again;
      });
    };
    fill(3 * TRIALS_PER_BLOCK);
    expect(packed()).toEqual([]);
    fill(3 * TRIALS_PER_BLOCK + 1);
    expect(packed()).toEqual([0]);
    fill(4 * TRIALS_PER_BLOCK + 1);
    expect(packed()).toEqual([0, 1]);
    for (const each of [many, plain]) each.append({ type: "invalidated", trial: TRIALS_PER_BLOCK * 2, reason: null });
    expect(JSON.stringify(many.state.trials())).toBe(JSON.stringify(plain.state.trials()));
    const read = throughSnapshot(many.state);
    expect(JSON.stringify(read.trials())).toBe(JSON.stringify(plain.state.trials()));
    many.state.restart();
    expect(many.state.nextNumber).toBe(0);
  });
});

describe("TrialBlock", () => {
  it("holds what it was given, whenever it packs", () => {
    const step = fc.record({ trial: fc.nat(40), ends: fc.boolean(), tidy: fc.boolean(), message: fc.string() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200, size: "max" }), (steps) => {
        const many = new Many();
        const block = new TrialBlock();
        const plain = new Map<number, JsonValue>();
        for (let n = 0; n <= 40; n++) many.start();
        for (const record of many.state.tables.trials) {
          block.file(record);
          plain.set(record.number, plainRecord(record));
        }
        for (const { trial, ends, tidy, message } of steps) {
          const record = block.change(trial)!;
          if (ends) record.state = "failed";
          record.message = message;
          block.file(record);
          plain.set(trial, plainRecord(record));
          if (tidy) block.tidy(true);
        }
        for (const [number, expected] of plain) expect(plainRecord(block.get(number)!)).toEqual(expected);
        expect(block.get(41)).toBeUndefined();
        expect(block.change(41)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  it("packs what has ended, once nothing is open and enough has gathered", () => {
    const many = new Many();
    const block = new TrialBlock();
    for (let n = 0; n < 40; n++) {
      many.start();
      many.finish(n);
      block.file(many.state.tables.trials.change(n)!);
      block.tidy(false);
    }
    expect(block.get(31)).not.toBe(block.get(31));
    expect(block.get(32)).toBe(block.get(32));
  });

  it("packs 256 that have ended beside one that stays open, where it may stay so for long", () => {
    const many = new Many();
    const block = new TrialBlock();
    for (let n = 0; n < 257; n++) {
      many.start();
      if (n > 0) many.finish(n);
      block.file(many.state.tables.trials.change(n)!);
      if (n === 255) block.tidy(true);
    }
    expect(block.get(1)).toBe(block.get(1));
    block.tidy(false);
    expect(block.get(1)).toBe(block.get(1));
    block.tidy(true);
    expect(block.get(1)).not.toBe(block.get(1));
    expect(block.get(0)).toBe(block.get(0));
  });
});
