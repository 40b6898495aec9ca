import type { JsonValue, Params } from "../../space/json.ts";
import { jsonEqual } from "../../space/json-equal.ts";
import { decodeNumber } from "../encoded-number.ts";
import type { Trial, TrialState } from "../trial.ts";
import { trialSeconds } from "../trial-seconds.ts";
import { isOfProgram } from "../unit-of-trial.ts";
import type { Alike, TrialRows } from "./trial-rows.ts";

/** What is looked at of a trial, be it a record or as others see it. */
interface RowRecord
  extends Pick<Trial, "number" | "params" | "state" | "configuration" | "replicate" | "origin" | "values" | "invalid"> {
  readonly decisions?: Trial["decisions"] | null;
  readonly segments: readonly Pick<Trial["segments"][number], "attempts">[];
  readonly reports: { readonly length: number };
}

/** Trials that are objects already. */
export class RecordRows implements TrialRows {
  readonly #records: readonly RowRecord[];

  constructor(records: readonly RowRecord[]) {
    this.#records = records;
  }

  get length(): number {
    return this.#records.length;
  }

  get all(): Alike {
    return {};
  }

  get first(): null {
    return null;
  }

  number(row: number): number {
    return this.#records[row]!.number;
  }

  state(row: number): TrialState {
    return this.#records[row]!.state;
  }

  isHidden(row: number): boolean {
    return this.#records[row]!.invalid.some(({ to }) => to === null);
  }

  configuration(row: number): number {
    return this.#records[row]!.configuration;
  }

  get firstConfiguration(): null {
    return null;
  }

  isReplicate(row: number): boolean {
    return this.#records[row]!.replicate !== null;
  }

  isImported(row: number): boolean {
    return this.#records[row]!.origin === "imported";
  }

  isOfProgram(row: number): boolean {
    const attempt = this.#records[row]!.segments.at(-1)?.attempts.at(-1);
    return attempt !== undefined && isOfProgram(attempt);
  }

  isDecided(row: number): boolean {
    return (this.#records[row]!.decisions ?? null) !== null;
  }

  seconds(row: number): number | null {
    return trialSeconds(this.#records[row]!);
  }

  copySeconds(): false {
    return false;
  }

  reportCount(row: number): number {
    return this.#records[row]!.reports.length;
  }

  metricNames(): Iterable<string> {
    return new Set(this.#records.flatMap(({ values }) => Object.keys(values)));
  }

  values(metric: string): (row: number) => number {
    return (row) => {
      const { values } = this.#records[row]!;
      return Object.hasOwn(values, metric) ? decodeNumber(values[metric]!) : Number.NaN;
    };
  }

  copyValues(): false {
    return false;
  }

  params(name: string): (row: number) => JsonValue | undefined {
    return (row) => {
      const { params } = this.#records[row]!;
      return Object.hasOwn(params, name) ? params[name] : undefined;
    };
  }

  hasParams(params: Params): (row: number) => boolean {
    return (row) => jsonEqual(this.#records[row]!.params, params);
  }
}
