import { undominatedBoxes } from "../../../numeric/hypervolume/box-decomposition.ts";
import { undominatedPlaces } from "../../../numeric/pareto/undominated-places.ts";
import type { Counting } from "../../best-results.ts";
import { clipped } from "../../reach-goals.ts";
import { goalFloor } from "../goal-floor.ts";
import type { KnownPlaces } from "../known-places.ts";
import { bestOf, partialOf } from "./best-trials.ts";
import { type BoxSides, boxSides } from "./box-sides.ts";
import { floorBoxes } from "./floor-boxes.ts";
import type { LogWithinLimits } from "./log-within-limits.ts";
import type { TargetModel } from "./many-models.ts";
import type { TabledTrial, TrialTable } from "./trial-table.ts";

/** Configurations of a front that are looked at, by the number of objectives: boxes grow with their square from four on. */
const FRONT_SIZES = [1, 1, 60, 50, 25];
/** How far beyond the worst that is known improvement counts, as a share of the range from the best. */
const BEYOND = 0.1;

/** What else boxes follow from. */
interface SidesTask {
  readonly pending: readonly Float64Array[];
  readonly known: KnownPlaces | null;
  readonly table: TrialTable;
  readonly within: LogWithinLimits | null;
  readonly counting: Counting;
}

/**
 * For each set of values, the sides of the boxes that no configuration dominates by what the processes expect of it: of the best whole runs, of those under way, and
 * of the best that may be run on, at the end of these.
 */
export function undominatedSides(
  models: readonly TargetModel[],
  feasible: readonly TabledTrial[],
  { pending, known: stands, table, within, counting }: SidesTask,
): readonly BoxSides[] {
  const { goals, references } = counting;
  const processes = models.map(({ process }) => process);
  const { points: space } = processes[0]!.map;
  const most = FRONT_SIZES[processes.length]!;
  const best = processes.length === 1 ? feasible : bestOf(feasible, most, counting);
  const open = table.isAtRungs ? bestOf(partialOf(table.trials), most >> 1, counting).map(({ point }) => point) : [];
  const unknown = [...open, ...pending];
  const running = within === null ? unknown : unknown.filter((point) => within.scores([point])[0]! > -Math.LN2);
  const all = [...best.map(({ point }) => point), ...running];
  const points = stands === null ? all : all.map((point) => stands.impose(point, (axis) => space.middle(axis)));
  const means = processes.map((process) => process.predict(points).mean);
  const { sets } = processes[0]!;
  const worst = models.map(({ set }) => set.values.reduce((a, b) => Math.max(a, b)));
  // One number that stands for all objectives has its goals in it.
  const floors = goals?.length === models.length ? warpedOf(models, goals) : null;
  const known = references?.length === models.length ? warpedOf(models, references) : null;
  const ends = { worst, known };
  return Array.from({ length: sets }, (_none, r) => {
    const expected = points.map((_point, i) => Float64Array.from(means, (mean) => mean[i * sets + r]!));
    const reached =
      floors === null
        ? null
        : floorBoxes(
            boxesOf(
              expected.map((point) => clipped(point, floors)),
              ends,
            ),
            floors,
          );
    return boxSides(reached ?? boxesOf(expected, ends));
  });
}

/** Values of objectives among those that the processes learn from; infinite where they are. */
function warpedOf(models: readonly TargetModel[], values: Float64Array): Float64Array {
  return Float64Array.from(models, ({ set }, d) => {
    return Number.isFinite(values[d]!) ? goalFloor(values[d]!, set.raw, set.values) : values[d]!;
  });
}

/** How far boxes reach: to the references where there are some, else beyond the worst that is known. */
interface Ends {
  readonly worst: readonly number[];
  readonly known: Float64Array | null;
}

function boxesOf(points: readonly Float64Array[], { worst, known }: Ends) {
  const front = undominatedPlaces(points).map((place) => points[place]!);
  const usual = beyond(front, worst);
  if (known === null) return undominatedBoxes(front, usual);
  return undominatedBoxes(
    front,
    usual.map((end, d) => (Number.isFinite(known[d]!) ? known[d]! : end)),
  );
}

/**
 * A reference somewhat worse than the worst that is known of each objective. With one at the worst of the front alone its ends are looked for late: what lies beyond
 * them adds nothing.
 */
function beyond(front: readonly Float64Array[], worst: readonly number[]): Float64Array {
  return Float64Array.from(worst, (most, d) => {
    const low = front.reduce((a, b) => Math.min(a, b[d]!), Number.POSITIVE_INFINITY);
    const high = front.reduce((a, b) => Math.max(a, b[d]!), most);
    return high + (high > low ? BEYOND * (high - low) : 1);
  });
}
