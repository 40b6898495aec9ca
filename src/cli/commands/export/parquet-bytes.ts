import { parquetWriteBuffer } from "hyparquet-writer";
import { formatJson, type JsonValue } from "../../../space/index.ts";
import type { Trial } from "../../../trial/trial.ts";
import type { TrialField } from "../../study/trial-fields.ts";
import { withoutSecrets } from "../../without-secrets.ts";

/** Fields that are points in time. */
const TIMES = ["started", "finished"];
const INT32 = 2_147_483_647;

/**
 * Trials as a Parquet file, one column for each field: DOUBLE or INT32, BOOLEAN, TIMESTAMP, STRING; values of mixed types as
 * JSON in a STRING. What a trial has no value of is null.
 */
export function parquetBytes(trials: readonly Trial[], fields: readonly TrialField[]): Uint8Array {
  const columnData = fields.map((field) => column(field, trials.map(field.value)));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

function column({ name, variable, integer, spelled }: TrialField, values: readonly (JsonValue | undefined)[]) {
  const filled = values.filter((value) => value !== undefined);
  if (TIMES.includes(name)) {
    return { name, type: "TIMESTAMP", data: nullable(values, (value) => new Date(String(value))) } as const;
  }
  const all = (type: string): boolean =>
    filled.length === 0 ? variable.types.has(type as "number") : filled.every((v) => typeof v === type);
  if (all("number")) {
    const type = integer && filled.every(isInt32) ? "INT32" : "DOUBLE";
    return { name, type, data: nullable(values, Number) } as const;
  }
  if (all("boolean")) return { name, type: "BOOLEAN", data: nullable(values, Boolean) } as const;
  const plain = filled.every((value) => typeof value === "string");
  return {
    name,
    type: "STRING",
    data: nullable(values, (value) => withoutSecrets(plain ? String(value) : formatJson(spelled?.(value) ?? value))),
  } as const;
}

function nullable<T>(values: readonly (JsonValue | undefined)[], convert: (value: JsonValue) => T): (T | null)[] {
  return values.map((value) => (value === undefined ? null : convert(value)));
}

function isInt32(value: JsonValue): boolean {
  return Number.isInteger(value) && Math.abs(Number(value)) <= INT32 && !Object.is(value, -0);
}
