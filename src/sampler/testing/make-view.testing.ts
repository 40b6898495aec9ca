import { makeTrial } from "../../objective/testing/make-trial.testing.ts";
import { encodeValue } from "../../space/encode-value.ts";
import type { Params } from "../../space/json.ts";
import type { Space } from "../../space/space.ts";
import { decodeNumber, encodeNumber } from "../../trial/encoded-number.ts";
import { type HistoryView, type PendingTrial, STATE_CODES } from "../../trial/history-view.ts";
import type { Metric } from "../../trial/metric.ts";
import { OUTCOMES, type Outcome, type Report, type Trial, type TrialState } from "../../trial/trial.ts";
import type { TrialReports } from "../../trial/trial-reports.ts";

/** One segment's end. */
export interface FinishedRow {
  readonly trial: number;
  readonly params: Params;
  readonly state: TrialState;
  readonly outcome: Outcome;
  readonly segment: number;
  readonly step: number;
  /** In the order of the metrics; NaN for none. */
  readonly values: readonly number[];
}

export interface ViewParts {
  readonly space: Space;
  readonly metrics: readonly Metric[];
  readonly rows: readonly FinishedRow[];
  readonly pending: readonly PendingTrial[];
  readonly revision: number;
  /** Indices of hidden rows. */
  readonly hidden?: readonly number[];
  /** Records to answer with instead of plain ones made from the rows. */
  readonly records?: ReadonlyMap<number, Trial>;
}

/** A view made of plain parts, for tests of samplers and schedulers that need no log. */
export function makeView(parts: ViewParts): HistoryView {
  const { rows, space, metrics } = parts;
  const float = (read: (row: FinishedRow) => number) => Float64Array.from(rows, read);
  const columns = {
    trial: Int32Array.from(rows, (row) => row.trial),
    configuration: Int32Array.from(rows, (row) => row.trial),
    replicate: new Int32Array(rows.length).fill(-1),
    seed: float(() => Number.NaN),
    fold: float(() => Number.NaN),
    segment: Int32Array.from(rows, (row) => row.segment),
    state: Uint8Array.from(rows, (row) => STATE_CODES.indexOf(row.state)),
    outcome: Uint8Array.from(rows, (row) => OUTCOMES.indexOf(row.outcome)),
    revision: Float64Array.from(rows, (_, i) => 10 * (i + 1)),
    step: float((row) => row.step),
    reports: Int32Array.from(rows, (row) => parts.records?.get(row.trial)?.reports.length ?? 0),
    values: Object.fromEntries(metrics.map(({ name }, m) => [name, float((row) => row.values[m]!)])),
    params: Object.fromEntries(
      space.parameters.map((p) => [
        p.name,
        float(({ params }) => (Object.hasOwn(params, p.name) ? encodeValue(p, params[p.name]!) : Number.NaN)),
      ]),
    ),
  };
  const visible = Int32Array.from(rows.keys()).filter((row) => !parts.hidden?.includes(row));
  const recordOf = (number: number, pending: readonly PendingTrial[]) =>
    parts.records?.get(number) ?? trialRecord(parts, pending, number);
  const withPending = (pending: readonly PendingTrial[]): HistoryView => ({
    revision: parts.revision,
    columns,
    rows: visible,
    pending,
    paused: pausedTrials(parts, pending, visible),
    trial: (number) => recordOf(number, pending),
    reports: (number) => listed(recordOf(number, pending)?.reports),
    withinSpace: () => withPending(pending),
    withPending: (more) => withPending([...pending, ...more]),
    // Views made of parts have no past in common.
    since: () => null,
  });
  return withPending(parts.pending);
}

function listed(list: readonly Report[] | undefined): TrialReports | undefined {
  if (list === undefined) return undefined;
  return {
    length: list.length,
    step: (seq) => list[seq]!.step,
    value: (seq, metric) => {
      const value = list[seq]!.values[metric];
      return value === undefined ? undefined : decodeNumber(value);
    },
    at: (seq) => list[seq],
  };
}

/** Trials whose last visible row says so and that are not pending. */
function pausedTrials({ rows }: ViewParts, pending: readonly PendingTrial[], visible: Int32Array): readonly number[] {
  const last = new Map(Array.from(visible, (row) => [rows[row]!.trial, rows[row]!.state]));
  for (const { number } of pending) last.delete(number);
  return [...last].flatMap(([number, state]) => (state === "paused" ? [number] : [])).sort((a, b) => a - b);
}

function trialRecord({ rows, metrics }: ViewParts, pending: readonly PendingTrial[], number: number) {
  const row = rows.findLast(({ trial }) => trial === number);
  const waiting = pending.find((trial) => trial.number === number);
  if (row === undefined && waiting === undefined) return undefined;
  if (row === undefined)
    return makeTrial(number, Number.NaN, { params: waiting!.params, state: "running", values: {} });
  const { params, state, outcome } = row;
  const values = Object.fromEntries(metrics.map(({ name }, m) => [name, encodeNumber(row.values[m]!)]));
  return makeTrial(number, 0, { params, state, outcome, values });
}
