import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineSpace, float, spaceToJson } from "../../space/index.ts";
import { leased, StudyAtWork } from "../decide/study-at-work.testing.ts";
import { evolve } from "../evolve/evolve.ts";
import { throughLateBlocks, throughSnapshot } from "../evolve/through-snapshot.testing.ts";
import { ALL_COMMANDS, draws } from "../random-command.testing.ts";
import { Simulation } from "../simulate.testing.ts";
import type { StudyState } from "../study-state.ts";
import { TRIALS_PER_BLOCK } from "../table/trial-block.ts";
import type { Trial } from "../trial.ts";
import { TrialList } from "./trial-list.ts";

const SPACES = [spaceToJson(defineSpace({ x: float(0, 9) })), spaceToJson(defineSpace({ x: float(0, 5) }))];

function everything(list: TrialList) {
  return {
    trials: [...list].map(({ number, params, state }) => ({ number, params, state })),
    ...{ numbers: list.numbers, states: list.states, hidden: list.hidden, configurations: list.configurations },
    ...{ replicates: list.replicates, imported: list.imported, ofProgram: list.ofProgram, seconds: list.seconds },
    decided: list.decided,
    metricNames: [...list.metricNames].sort(),
    ...{ reportCounts: list.reportCounts, loss: list.values("loss"), other: list.values("other") },
    x: list.numbersOf((rows) => {
      const x = rows.params("x");
      return (row) => Number(x(row) ?? -1);
    }),
    failed: [...list.inState("failed")].map(({ number }) => number),
  };
}

/** A study, and the same whose older trials are in columns, kept or read when looked at, and whose newer ones are not. */
function twice(sequence: Parameters<Simulation["step"]>[0][]): readonly StudyState[] {
  const simulation = new Simulation({ spaces: SPACES, limit: null });
  const half = sequence.length / 2;
  sequence.slice(0, half).forEach((draw) => {
    simulation.step(draw);
  });
  const packed = throughSnapshot(simulation.state);
  const late = throughLateBlocks(simulation.state);
  const { length } = simulation.log;
  sequence.slice(half).forEach((draw) => {
    simulation.step(draw);
  });
  for (const logged of simulation.log.slice(length)) for (const state of [packed, late]) evolve(state, logged);
  return [simulation.state, packed, throughSnapshot(packed), late, throughLateBlocks(late)];
}

describe("TrialList", () => {
  it.each([
    ["all alike", [0, 0], [1, 1]],
    ["unlike", [0, 1], [1, 0]],
  ] as const)("tells of packed trials that are %s which are runs on a seed of their own", (_, left, right) => {
    const study = new StudyAtWork(SPACES[0]);
    for (const kind of [...left, ...right]) {
      const replicate = kind === 0 ? null : { of: 0, index: 1, seed: 5, fold: null };
      study.send({ type: "enqueue", params: { x: 1 }, origin: "enqueued", replicate });
      study.claim(leased("a"));
      study.finish(study.state.nextNumber - 1, "a", 1);
    }
    expect([...throughSnapshot(study.state).list().replicates]).toEqual([...left, ...right]);
  });

  it("tells of a study in columns, and of one that goes on, what its trials as objects tell", () => {
    fc.assert(
      fc.property(draws(ALL_COMMANDS, 80), (sequence) => {
        for (const state of twice([...sequence]))
          expect(everything(state.list())).toEqual(everything(TrialList.of(state.trials())));
      }),
      { numRuns: 100 },
    );
  });

  it("reads all that is asked for as a rule in one look at trials that are not kept, and what is rare in one of its own", () => {
    const study = new StudyAtWork(SPACES[0]);
    for (let n = 0; n < 3 * TRIALS_PER_BLOCK; n++) {
      study.enqueue(n);
      study.claim(leased("a"));
      study.finish(n, "a", n / 8);
    }
    const reads: number[] = [];
    const list = TrialList.ofTable(throughLateBlocks(study.state, (block) => reads.push(block)).tables.trials, [
      "loss",
    ]);
    const usual = () => {
      const { numbers, states, hidden, configurations, seconds, imported, ofProgram, decided, reportCounts } = list;
      return [numbers, states, hidden, configurations, seconds, imported, ofProgram, decided, reportCounts];
    };
    expect([usual().length, list.values("loss")[9], list.isEachConfigurationNew]).toEqual([9, 9 / 8, true]);
    expect(reads).toEqual([0, 1, 2]);
    expect([list.without(1).hidden[1], list.without(1).states.length]).toEqual([1, 3 * TRIALS_PER_BLOCK]);
    expect(reads).toHaveLength(3);
    expect(list.values("other")[0]).toBeNaN();
    expect(reads).toHaveLength(6);
    for (const number of [0, 1, 2_000, 0, 2_001]) expect(list.at(number)?.values).toEqual({ loss: number / 8 });
    expect(reads).toHaveLength(8);
  });

  it("takes one of them as if it were marked invalid, and leaves the list as it was", () => {
    const trial = { number: 4, state: "complete", invalid: [], values: { loss: 2 } } as unknown as Trial;
    const list = TrialList.of([trial, { ...trial, number: 5 }]);
    expect([...list.without(0).hidden]).toEqual([1, 0]);
    expect([...list.hidden]).toEqual([0, 0]);
    expect([...list.without(0).inState("complete")].map(({ number }) => number)).toEqual([5]);
    expect(TrialList.of(list)).toBe(list);
  });
});
