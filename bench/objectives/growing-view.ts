import { encodeValue } from "../../src/space/encode-value.ts";
import type { Params } from "../../src/space/json.ts";
import type { Space } from "../../src/space/space.ts";
import { type HistoryColumns, type HistoryView, STATE_CODES } from "../../src/trial/history-view.ts";
import { OUTCOMES } from "../../src/trial/trial.ts";

const COMPLETE = STATE_CODES.indexOf("complete");
const OK = OUTCOMES.indexOf("ok");

/** The history of a study whose trials all end well, one after the other: a view costs nothing, whatever came before. */
export class GrowingHistory {
  readonly #space: Space;
  readonly #metrics: readonly string[];
  readonly #columns: HistoryColumns;
  #length = 0;

  constructor(space: Space, metrics: readonly string[], capacity: number) {
    this.#space = space;
    this.#metrics = metrics;
    const floats = () => new Float64Array(capacity).fill(Number.NaN);
    const ascending = Int32Array.from({ length: capacity }, (_none, trial) => trial);
    this.#columns = {
      ...{ trial: ascending, configuration: ascending, replicate: new Int32Array(capacity).fill(-1) },
      ...{ seed: floats(), fold: floats(), segment: new Int32Array(capacity), reports: new Int32Array(capacity) },
      state: new Uint8Array(capacity).fill(COMPLETE),
      outcome: new Uint8Array(capacity).fill(OK),
      revision: Float64Array.from(ascending, (trial) => trial + 1),
      step: floats(),
      values: Object.fromEntries(metrics.map((name) => [name, floats()])),
      params: Object.fromEntries(space.parameters.map(({ name }) => [name, floats()])),
    };
  }

  add(params: Params, values: readonly number[]): void {
    const row = this.#length++;
    for (const [m, name] of this.#metrics.entries()) this.#columns.values[name]![row] = values[m]!;
    for (const parameter of this.#space.parameters)
      if (Object.hasOwn(params, parameter.name))
        this.#columns.params[parameter.name]![row] = encodeValue(parameter, params[parameter.name]!);
  }

  view(): HistoryView {
    const [columns, length] = [this.#columns, this.#length];
    const view: HistoryView = {
      ...{ revision: length + 1, columns, rows: columns.trial.subarray(0, length), pending: [], paused: [] },
      trial: () => undefined,
      reports: () => undefined,
      withinSpace: () => view,
      withPending: (more) => ({ ...view, pending: [...view.pending, ...more] }),
      since: (earlier) => ({
        added: columns.trial.subarray(earlier.rows.length, length),
        ...{ changed: [], hidden: [], restored: [], respaced: false, pending: [], started: [], reported: [] },
      }),
    };
    return view;
  }
}
