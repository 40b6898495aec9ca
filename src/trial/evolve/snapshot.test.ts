import { beforeEach, describe, expect, it } from "vitest";
import type { JsonValue } from "../../space/json.ts";
import { ended, leased, StudyAtWork } from "../decide/study-at-work.testing.ts";
import { TRIALS_PER_BLOCK } from "../table/trial-block.ts";
import { evolve } from "./evolve.ts";
import {
  changedBlocks,
  headOverview,
  SNAPSHOT_FORMAT,
  stateFromParts,
  stateHead,
  stateToParts,
  trialsOfBlock,
} from "./snapshot.ts";
import { throughLateBlocks } from "./through-snapshot.testing.ts";

let study: StudyAtWork;
beforeEach(() => {
  study = new StudyAtWork();
});

/** So many trials, each run to its end. */
function run(count: number): void {
  for (let n = 0; n < count; n++) {
    study.enqueue(n);
    study.claim(leased("w"));
    study.finish(study.state.nextNumber - 1, "w", n / 8);
  }
}

const head = (): Readonly<Record<string, JsonValue>> => JSON.parse(JSON.stringify(stateHead(study.state)));
const bodies = (): readonly Uint8Array[] => stateToParts(study.state, 0).blocks.map(({ body }) => body);
const reader =
  (state = study.state) =>
  (block: number): Uint8Array =>
    stateToParts(state, 0).blocks.find((one) => one.block === block)!.body;

describe("a snapshot", () => {
  it("is not read in another format, or where its parts do not belong together", () => {
    run(3);
    expect(stateFromParts(head(), bodies())?.trials()).toEqual(study.state.trials());
    for (const format of [SNAPSHOT_FORMAT - 1, SNAPSHOT_FORMAT + 1, null, "8"]) {
      expect(stateFromParts({ ...head(), format }, bodies())).toBeNull();
      expect(headOverview({ ...head(), format })).toBeNull();
    }
    for (const other of [null, "text", 8, true]) {
      expect(stateFromParts(other, bodies())).toBeNull();
      expect(headOverview(other)).toBeNull();
    }
    for (const trials of [2, 4, TRIALS_PER_BLOCK]) expect(stateFromParts({ ...head(), trials }, bodies())).toBeNull();
    expect(stateFromParts(head(), [])).toBeNull();
    expect(() => stateFromParts(head(), [bodies()[0]!.subarray(1)])).toThrow(SyntaxError);
  });

  it("says of a study without its blocks what lists of studies show", () => {
    run(2);
    study.enqueue(7);
    study.claim(leased("v"));
    study.enqueue(8);
    const overview = headOverview(head())!;
    expect(overview).toMatchObject({ trials: 4, trialsSpent: study.state.budget.trialsSpent, revision: study.length });
    expect(head().tally).toEqual({ waiting: 1, running: 1, paused: 0, counted: 2 });
    expect(overview.definition).toEqual(study.state.definition);
    expect(overview.space).toEqual({ version: "a" });
    expect(overview.measured).toEqual([...study.state.measured]);
    expect(overview.settings).toEqual(study.state.definition.settings);
    expect(head().open).toEqual([2, 3]);
  });

  it("has trials that can be looked up in one block alone", () => {
    run(3);
    const trialOf = trialsOfBlock(bodies()[0]!, reader());
    for (const trial of study.state.trials()) {
      expect(trialOf.trial(trial.number)).toEqual(trial);
      expect(trialOf.view(trial.number)).toMatchObject({ number: trial.number, state: trial.state });
    }
    for (const look of [trialOf.trial, trialOf.view]) expect([look(3), look(-1)]).toEqual([null, null]);
  });

  it("knows the metrics that trials have values of, also where it was made before these were kept", () => {
    run(2);
    const { measured, ...before } = head();
    expect(measured).toEqual(["loss"]);
    for (const one of [head(), before]) {
      const state = stateFromParts(one as JsonValue, bodies())!;
      expect([...state.measured]).toEqual(["loss"]);
    }
  });

  it("goes on where it was taken: what runs is still held, what waits is next", () => {
    study.enqueue(1);
    study.enqueue(2);
    study.claim(leased("w"));
    const state = stateFromParts(head(), bodies())!;
    expect(state.budget).toEqual(study.state.budget);
    expect(state.trials()).toEqual(study.state.trials());
    expect(state.nextNumber).toBe(2);
    expect(JSON.stringify(stateHead(state))).toBe(JSON.stringify(stateHead(study.state)));
    study.send({ type: "return", trial: 0, token: "w", evidence: "self", end: ended("lost") });
    expect(study.claim(leased("x"))).toMatchObject({ trial: 0, attempt: 1 });
  });

  it("goes on the same from blocks that are read when somebody looks at them", () => {
    run(2 * TRIALS_PER_BLOCK + 5);
    study.enqueue(1);
    study.enqueue(2);
    study.claim(leased("w"));
    const reads: number[] = [];
    const late = throughLateBlocks(study.state, (block) => reads.push(block));
    expect([late.nextNumber, late.budget]).toEqual([study.state.nextNumber, study.state.budget]);
    expect(reads).toEqual([2]);
    const { revision } = study.state;
    // Of the same values as trial 1: its configuration is looked up.
    study.finish(2 * TRIALS_PER_BLOCK + 5, "w", 9);
    study.send({ type: "invalidate", trial: 3, reason: null });
    for (const logged of study.log.slice(revision)) evolve(late, logged);
    expect(late.trial(2 * TRIALS_PER_BLOCK + 5)?.configuration).toBe(1);
    expect(late.trials()).toEqual(study.state.trials());
    expect(stateToParts(late, 0)).toEqual(stateToParts(study.state, 0));
  });

  it("is refused where a block is not what the head says", () => {
    run(TRIALS_PER_BLOCK + 2);
    const others = stateFromParts({ ...head(), trials: TRIALS_PER_BLOCK + 3 }, reader())!;
    expect(others.trial(0)?.number).toBe(0);
    const corrupt = expect.objectContaining({ code: "storage-corrupt" });
    expect(() => others.trial(TRIALS_PER_BLOCK)).toThrow(corrupt);
    expect(() => others.list().states).toThrow(corrupt);
  });

  it("is taken anew of the blocks alone whose trials changed", () => {
    run(2);
    const { revision } = study.state;
    expect([changedBlocks(study.state, 0), changedBlocks(study.state, revision)]).toEqual([[0], []]);
    expect(changedBlocks(study.state, revision - 1)).toEqual([0]);
    expect(stateToParts(study.state, revision).blocks).toEqual([]);
    study.send({ type: "invalidate", trial: 0, reason: null });
    expect(changedBlocks(study.state, revision)).toEqual([0]);
  });
});
