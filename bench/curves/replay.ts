import { keyedStreams } from "../../src/numeric/random/keyed-streams.ts";
import { type ChanceOptions, CurveChances } from "../../src/scheduler/curve/curve-chances.ts";
import { createScheduler } from "../../src/scheduler/registry.ts";
import { Simulator } from "../../src/scheduler/testing/simulate.testing.ts";
import type { JsonValue } from "../../src/space/json.ts";
import type { Metric } from "../../src/trial/metric.ts";

/** One of the orders in which a study may come to its configurations. */
export interface Replay {
  /** By trial the configuration's place in the table. */
  readonly order: readonly number[];
  /** By trial the epochs that it ran, in all, and whether it came to its own end. */
  readonly ran: readonly number[];
  readonly complete: readonly boolean[];
  readonly stated: readonly Stated[];
}

/** What `curve` said of a trial, and what became of it. */
export interface Stated {
  readonly probability: number;
  readonly came: boolean;
  readonly configuration: number;
}

const METRIC: Metric = { name: "loss", direction: "minimize" };

/** A random order of so many configurations. */
export function orderOf(count: number, seed: number): readonly number[] {
  const chance = keyedStreams(seed, 0).stream("order");
  const keys = Array.from({ length: count }, () => chance.float());
  return keys.map((_key, place) => place).sort((a, b) => keys[a]! - keys[b]!);
}

/** Runs a scheduler of ours over the curves in that order, one worker, through the product's own commands, log and views. */
export function replay(
  curves: readonly (readonly number[])[],
  order: readonly number[],
  scheduler: { readonly name: string; readonly options: Readonly<Record<string, JsonValue>> },
): Replay {
  const steps = curves[0]!.length;
  const { consultations, trials, ended } = new Simulator(createScheduler(scheduler, [METRIC]), {
    ...{ metric: METRIC, steps, workers: 1, trials: order.length },
    curve: (trial, step) => curves[order[trial]!]![step - 1]!,
  }).run();
  if (!ended || trials.length !== order.length) throw new Error(`The replay of ${scheduler.name} came to no end.`);
  const stated: Stated[] = [];
  if (scheduler.name === "curve") {
    const chances = new CurveChances(METRIC, { ...USUAL, ...scheduler.options });
    for (const asked of consultations) {
      if (asked.kind !== "report") continue;
      const chance = chances.of(asked.view, asked.trial, asked.report);
      const configuration = order[asked.trial.number]!;
      if (chance === null || !Number.isFinite(chance.value)) continue;
      stated.push({
        probability: chance.probability,
        came: curves[configuration]!.at(-1)! <= chance.bar,
        configuration,
      });
    }
  }
  return {
    order,
    ran: trials.map(({ reports }) => reports.length),
    complete: trials.map(
      ({ state, reports }) => (state === "complete" || state === "failed") && reports.length === steps,
    ),
    stated,
  };
}

/** Of the scheduler where nothing is told. */
const USUAL: ChanceOptions = { top: 0.25, startup: 5, points: 4, warmup: 0, largest: null };
