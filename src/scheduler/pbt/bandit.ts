import { CholeskyFactor } from "../../numeric/linalg/cholesky-factor.ts";
import { DenseKernel } from "../../numeric/linalg/dense-kernel.ts";
import type { StreamSource } from "../../numeric/random/stream-source.ts";
import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";
import { isActive, type JsonValue, type Params, type Space, sampleUniform, toUnit } from "../../space/index.ts";
import type { HistoryView } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import { perturb } from "./perturb.ts";

/** Newest improvements that the model is made of. */
const MOST_DATA = 120;
/** Fewer say nothing: parameters are perturbed. */
const LEAST_DATA = 4;
const CANDIDATES = 64;
const NOISE = 0.1;
/** How much uncertainty weighs beside the mean. */
const BOLDNESS = 2;
const LENGTHS = [0.15, 0.3, 0.6, 1.2];
/** What an improvement says is less by so much each interval. */
const FORGETTING = [0, 0.05, 0.2, 0.5];
const NEAR = { resample: 0.25, factor: 1.25 };

export interface BanditTask {
  readonly view: HistoryView;
  readonly space: Space;
  readonly metric: Metric;
  /** Step that the checkpoint has come to, and the parameters it came there with. */
  readonly step: number;
  readonly from: Params;
  readonly interval: number;
}

interface Datum {
  readonly at: number;
  readonly point: readonly number[];
  /** Improvement over one interval. */
  readonly gain: number;
}

interface Kernel {
  readonly length: number;
  readonly forgetting: number;
}

/**
 * Parameters by a Gaussian process over what members gained in an interval with theirs, which forgets as time goes by: the upper confidence bound,
 * with what runs now reckoned as expected. J. Parker-Holder et al., "Provably Efficient Online Hyperparameter Optimization with Population-Based Bandits"
 * (NeurIPS 2020), algorithm 2, over all kinds of parameters.
 */
export function bandit(task: BanditTask, source: StreamSource): Params {
  const { space, from } = task;
  const data = gainsOf(task);
  const candidates: Params[] = [];
  for (let k = 0; k < CANDIDATES; k++) {
    const streams = { stream: (name: string) => source.stream(`${name} candidate ${k}`) };
    candidates.push(k % 2 === 0 ? perturb(space, from, NEAR, streams) : sampleUniform(space, streams));
  }
  if (data.length < LEAST_DATA) return candidates[0]!;
  const time = task.step / task.interval;
  const model = new Model(data, bestKernel(data));
  for (const { params } of task.view.pending) model.expect({ at: time, point: pointOf(space, params) });
  let best = { params: candidates[0]!, bound: Number.NEGATIVE_INFINITY };
  for (const params of candidates) {
    const bound = model.bound({ at: time, point: pointOf(space, params) });
    if (bound > best.bound) best = { params, bound };
  }
  return best.params;
}

/** Gains of trials between two of their rows, oldest first, standardised. */
function gainsOf({ view, space, metric, interval }: BanditTask): readonly Datum[] {
  const { columns, rows } = view;
  const values = columns.values[metric.name]!;
  const last = new Map<number, { readonly step: number; readonly value: number }>();
  const found: Datum[] = [];
  const sign = metric.direction === "minimize" ? -1 : 1;
  for (const row of rows) {
    const [number, step, value] = [columns.trial[row]!, columns.step[row]!, values[row]!];
    const trial = view.trial(number);
    const before = last.get(number) ?? (trial?.branch === undefined ? undefined : last.get(trial.branch.of));
    if (!Number.isFinite(step) || !Number.isFinite(value)) continue;
    last.set(number, { step, value });
    if (before === undefined || trial === undefined || step <= before.step) continue;
    const point = pointOf(space, trial.params);
    const gain = (sign * (value - before.value) * interval) / (step - before.step);
    found.push({ at: before.step / interval, point, gain });
  }
  return standardised(found.slice(-MOST_DATA));
}

function standardised(data: readonly Datum[]): readonly Datum[] {
  if (data.length === 0) return data;
  const mean = data.reduce((sum, { gain }) => sum + gain, 0) / data.length;
  const spread = Math.sqrt(data.reduce((sum, { gain }) => sum + (gain - mean) * (gain - mean), 0) / data.length);
  return data.map((datum) => ({ ...datum, gain: spread > 0 ? (datum.gain - mean) / spread : 0 }));
}

/** Places of the parameters in [0, 1]; an inactive one, or one that the space no longer has so, stands apart. */
function pointOf(space: Space, params: Params): readonly number[] {
  return space.parameters.map((p) => {
    const value: JsonValue | undefined = params[p.name];
    return value === undefined || !isActive(p, params) ? -1 : toUnit(p, value);
  });
}

/** The one under which the data are likeliest. */
function bestKernel(data: readonly Datum[]): Kernel {
  let best = { kernel: { length: LENGTHS[0]!, forgetting: 0 }, evidence: Number.NEGATIVE_INFINITY };
  for (const length of LENGTHS)
    for (const forgetting of FORGETTING) {
      const kernel = { length, forgetting };
      const { evidence } = new Model(data, kernel);
      if (evidence > best.evidence) best = { kernel, evidence };
    }
  return best.kernel;
}

function covariance({ length, forgetting }: Kernel, a: Omit<Datum, "gain">, b: Omit<Datum, "gain">): number {
  let square = 0;
  for (let k = 0; k < a.point.length; k++) square += (a.point[k]! - b.point[k]!) * (a.point[k]! - b.point[k]!);
  const apart = 0.5 * Math.abs(a.at - b.at) * ln(1 - forgetting);
  return exp(apart - square / (2 * length * length));
}

class Model {
  readonly #kernel: Kernel;
  readonly #data: Omit<Datum, "gain">[];
  readonly #dense = new DenseKernel();
  readonly #factor: CholeskyFactor;
  /** Solution of L v = gains, a gain for each datum. */
  readonly #solved: number[] = [];
  readonly #pointer: number;

  constructor(data: readonly Datum[], kernel: Kernel) {
    this.#kernel = kernel;
    this.#data = [];
    const capacity = 2 * MOST_DATA;
    this.#factor = new CholeskyFactor(this.#dense, capacity);
    this.#pointer = this.#dense.alloc(DenseKernel.stride(capacity));
    for (const datum of data) this.#add(datum, datum.gain);
  }

  /** Logarithm of the likelihood of the gains, but for a constant. */
  get evidence(): number {
    return -0.5 * this.#solved.reduce((sum, v) => sum + v * v, 0) - this.#factor.logDeterminantHalf();
  }

  /** Takes one in as if it came out as it is expected to. */
  expect(at: Omit<Datum, "gain">): void {
    if (this.#data.length < 2 * MOST_DATA - 1) this.#add(at, this.#predict(at).mean);
  }

  bound(at: Omit<Datum, "gain">): number {
    const { mean, variance } = this.#predict(at);
    return mean + BOLDNESS * Math.sqrt(Math.max(0, variance));
  }

  #predict(at: Omit<Datum, "gain">): { readonly mean: number; readonly variance: number } {
    const column = this.#column(at);
    const mean = column.reduce((sum, v, k) => sum + v * this.#solved[k]!, 0);
    return { mean, variance: 1 - column.reduce((sum, v) => sum + v * v, 0) };
  }

  /** Solution of L v = covariances with the data. */
  #column(at: Omit<Datum, "gain">): readonly number[] {
    const n = this.#data.length;
    if (n === 0) return [];
    this.#dense.view(this.#pointer, n).set(this.#data.map((one) => covariance(this.#kernel, one, at)));
    this.#factor.solveLower(this.#pointer, 1, this.#factor.stride);
    return [...this.#dense.view(this.#pointer, n)];
  }

  #add(at: Omit<Datum, "gain">, gain: number): void {
    const n = this.#data.length;
    const row = this.#dense.view(this.#factor.row(n), n + 1);
    for (let k = 0; k < n; k++) row[k] = covariance(this.#kernel, this.#data[k]!, at);
    row[n] = 1 + NOISE;
    this.#factor.extend(1);
    const whole = this.#dense.view(this.#factor.row(n), n + 1);
    let rest = gain;
    for (let k = 0; k < n; k++) rest -= whole[k]! * this.#solved[k]!;
    this.#solved.push(rest / whole[n]!);
    this.#data.push(at);
  }
}
