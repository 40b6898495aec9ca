import type { JsonValue, Params } from "../../space/json.ts";
import { decodeNumber, type EncodedNumber } from "../encoded-number.ts";
import type { TrialRecord } from "../evolve/trial-record.ts";
import type { Alike, TrialRows } from "../list/trial-rows.ts";
import type { TrialState } from "../trial.ts";
import { copyMember, equalsObject, hashesOf, keysOf, memberOf } from "./column/nested-columns.ts";
import { sameOf } from "./column/plain-columns.ts";
import type { TrialColumns } from "./trial-columns.ts";

/** Trials in columns: nothing is made but what is asked for. */
export class PackedRows implements TrialRows {
  readonly #columns: TrialColumns;
  readonly #numberOf: (row: number) => number;
  readonly first: number | null;

  /** @param first number of the first row where there are no gaps. */
  constructor(columns: TrialColumns, first: number | null, numberOf: (row: number) => number) {
    this.#columns = columns;
    this.first = first;
    this.#numberOf = numberOf;
  }

  get length(): number {
    return this.#columns.rows;
  }

  get all(): Alike {
    return this.#columns.alike;
  }

  number(row: number): number {
    return this.first === null ? this.#numberOf(row) : this.first + row;
  }

  state(row: number): TrialState {
    return this.#columns.trials.state.get(row) as TrialState;
  }

  isHidden(row: number): boolean {
    return this.#columns.isHidden(row);
  }

  configuration(row: number): number {
    return this.number(row) - (this.#columns.trials.configuration.get(row) as number);
  }

  get firstConfiguration(): number | null {
    const apart = sameOf(this.#columns.trials.configuration) as number | undefined;
    return this.first === null || apart === undefined ? null : this.first - apart;
  }

  isReplicate(row: number): boolean {
    return this.#columns.trials.replicate.get(row) !== null;
  }

  isImported(row: number): boolean {
    return this.#columns.trials.origin.get(row) === "imported";
  }

  isOfProgram(row: number): boolean {
    return this.#columns.isOfProgram(row);
  }

  isDecided(row: number): boolean {
    return this.#columns.trials.decisions.get(row) !== null;
  }

  seconds(row: number): number | null {
    return this.#columns.seconds(row);
  }

  copySeconds(series: Float64Array, place: number): boolean {
    return this.#columns.copySeconds(series, place);
  }

  reportCount(row: number): number {
    return this.#columns.reportCount(row);
  }

  metricNames(): Iterable<string> {
    return keysOf(this.#columns.trials.values, this.length);
  }

  values(metric: string): (row: number) => number {
    const value = memberOf(this.#columns.trials.values, metric) as (row: number) => EncodedNumber | undefined;
    return (row) => {
      const own = value(row);
      return own === undefined ? Number.NaN : decodeNumber(own);
    };
  }

  copyValues(metric: string, series: Float64Array, place: number): boolean {
    return copyMember(this.#columns.trials.values, metric, series, place);
  }

  params(name: string): (row: number) => JsonValue | undefined {
    return memberOf(this.#columns.trials.params, name);
  }

  /** Hashes of the parameters, by row: see `jsonHash`. */
  paramsHashes(): Uint32Array {
    return hashesOf(this.#columns.trials.params, this.length);
  }

  /** What its program was given depends on these too: see TrialRecord. */
  given(row: number): Pick<TrialRecord, "spaceVersion" | "ranUnder" | "origin" | "replicate" | "branch"> {
    const { spaceVersion, ranUnder, origin, replicate, branch } = this.#columns.trials;
    return {
      spaceVersion: spaceVersion.get(row) as number,
      ranUnder: ranUnder.get(row) as number | null,
      origin: origin.get(row) as TrialRecord["origin"],
      branch: branch.get(row) as unknown as TrialRecord["branch"],
      replicate: replicate.get(row) as TrialRecord["replicate"],
    };
  }

  /** The same of all rows where they do not differ in it; null where they may. */
  get givenAlike(): ReturnType<PackedRows["given"]> | null {
    const { spaceVersion, ranUnder, origin, replicate, branch } = this.#columns.trials;
    const alike = [spaceVersion, ranUnder, origin, replicate, branch].every((column) => sameOf(column) !== undefined);
    return alike && this.length > 0 ? this.given(0) : null;
  }

  hasParams(params: Params): (row: number) => boolean {
    return equalsObject(this.#columns.trials.params, params);
  }
}
