import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { defineSpace, float, spaceToJson } from "../../space/index.ts";
import type { LoggedEvent } from "../../trial/event.ts";
import { History } from "../../trial/history.ts";
import { type HistoryView, STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import { ALL_COMMANDS, draws } from "../../trial/random-command.testing.ts";
import { Simulation } from "../../trial/simulate.testing.ts";
import { createScheduler } from "../registry.ts";
import { SIMULATED_SPACE, Simulator } from "../testing/simulate.testing.ts";
import { Members } from "./members.ts";

const LOSS: Metric = { name: "loss", direction: "minimize" };
const PRUNED = STATE_CODES.indexOf("pruned");
const FINISHED = STATE_CODES.indexOf("complete");

interface Row {
  readonly trial: number;
  readonly state: number;
  readonly step: number;
  readonly segment: number;
  readonly reports: number;
  readonly loss: number;
}

function rowsOf({ columns, rows }: HistoryView): readonly Row[] {
  return Array.from(rows, (row) => ({
    trial: columns.trial[row]!,
    state: columns.state[row]!,
    step: columns.step[row]!,
    segment: columns.segment[row]!,
    reports: columns.reports[row]!,
    loss: columns.values.loss![row]!,
  }));
}

/** By looking through all rows: what members are asked for, of each step there is. */
function plainly(view: HistoryView) {
  const rows = rowsOf(view);
  const isOver = ({ trial, state }: Row) =>
    state >= FINISHED && !(state === PRUNED && view.trial(trial)!.successor !== undefined);
  const newest = (trial: number) => rows.findLast((row) => row.trial === trial && row.state !== PRUNED);
  const paused = view.paused
    .flatMap((trial) => newest(trial) ?? [])
    .filter(({ step }) => !Number.isNaN(step))
    .map(({ trial, step, loss }) => ({ trial, step, value: loss }))
    .sort((a, b) => a.step - b.step || a.trial - b.trial);
  const living = view.pending.length + view.paused.length;
  const steps = new Set(rows.map(({ step }) => step).filter((step) => !Number.isNaN(step)));
  const results = [...steps].map((step) => {
    const there = rows.filter((row) => row.step === step && row.state !== PRUNED);
    const first = there.filter((row) => there.find(({ trial }) => trial === row.trial) === row);
    const worth = (loss: number) => (Number.isNaN(loss) ? 2 : Number.isFinite(loss) ? 0 : 1);
    const before = (a: Row, b: Row) =>
      worth(a.loss) - worth(b.loss) || (worth(a.loss) === 0 ? a.loss - b.loss : 0) || a.trial - b.trial;
    return [step, first.sort(before).map(({ trial, loss }) => ({ trial, value: loss }))] as const;
  });
  const before = (trial: number, segment: number) =>
    rows.findLast((row) => row.trial === trial && row.segment < segment);
  return { paused, living, begun: living + rows.filter(isOver).length, results, before };
}

/** What members say; results in their order, and the donors at each number of the best. */
function check(members: Members, view: HistoryView): number {
  const expected = plainly(view);
  let donors = 0;
  members.follow(view);
  expect([members.living, members.begun, members.paused]).toEqual([expected.living, expected.begun, expected.paused]);
  for (const [step, ranked] of expected.results) {
    const results = members.resultsAt(step);
    expect(results.length).toBe(ranked.length);
    expect(ranked.map(({ trial }) => [results.get(trial), results.placeOf(trial)])).toEqual(
      ranked.map(({ value }, place) => [value, place]),
    );
    for (const count of [1, Math.ceil(ranked.length / 3), ranked.length]) {
      const found = ranked.slice(0, count).flatMap((one) => members.donor(one) ?? []);
      expect(members.donorsAt(step, count)).toEqual(found);
      donors += found.length;
    }
  }
  for (const trial of [...view.paused, ...view.pending.map(({ number }) => number)])
    for (const segment of [0, 1, 2]) {
      const row = expected.before(trial, segment);
      expect(members.reportsBefore(trial, segment)).toBe(row?.reports ?? 0);
      expect(members.cameTo(trial, segment)).toBe(row?.step ?? null);
    }
  return donors;
}

/** The views of a study under `pbt`, one for each event. */
function* viewsOf(log: readonly LoggedEvent[]): Generator<HistoryView> {
  const history = new History(["loss"]);
  for (const logged of log) {
    history.apply(logged);
    yield history.view();
  }
}

describe("members that are kept up to date", () => {
  it("are those that all rows tell of, in any study under pbt", () => {
    let donors = 0;
    fc.assert(
      fc.property(
        fc.nat(1_000),
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 1, max: 3 }),
        (seed, size, workers) => {
          const chance = keyedStreams(seed, 0).stream("curve");
          const levels = Array.from({ length: 200 }, () => chance.float());
          const scheduler = createScheduler(
            { name: "pbt", options: { population: size, interval: 2, largest: 8 } },
            [LOSS],
            null,
            {
              space: SIMULATED_SPACE,
              seed,
            },
          );
          const curve = (trial: number, step: number) =>
            trial % 7 === 3
              ? [Number.NaN, Number.POSITIVE_INFINITY][step % 2]!
              : Math.round(4 * levels[trial]!) + 1 / step;
          const dies = (turn: number) => keyedStreams(seed, turn).stream("dies").float() < 0.03;
          const plan = { metric: LOSS, curve, steps: 8, workers, trials: 2 * size, dies };
          const { log } = new Simulator(scheduler, plan).run();
          const members = new Members(LOSS);
          const all = [...viewsOf(log)];
          for (const view of all) donors += check(members, view);
          // A view of before is read from its beginning.
          check(members, all[all.length >> 1]!);
          check(members, all.at(-1)!);
        },
      ),
      { numRuns: 12 },
    );
    expect(donors).toBeGreaterThan(100);
  });

  it("are those that all rows tell of, whatever becomes of trials", () => {
    const spaces = [1, 2].map((high) => spaceToJson(defineSpace({ x: float(0, high) })));
    let hidden = 0;
    fc.assert(
      fc.property(draws([...ALL_COMMANDS, "claim", "pause", "pause", "branch"], 80), (sequence) => {
        const simulation = new Simulation({ spaces, limit: null });
        const history = new History(["loss"]);
        const members = new Members(LOSS);
        for (const draw of sequence) {
          simulation.step(draw);
          for (const logged of simulation.log.slice(history.revision)) history.apply(logged);
          check(members, history.view());
        }
        hidden += simulation.log.filter(({ event }) => event.type === "invalidated").length;
      }),
      { numRuns: 60 },
    );
    expect(hidden).toBeGreaterThan(20);
  });
});
