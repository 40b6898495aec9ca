import { expect } from "vitest";
import { AttuneError, StorageConflict } from "../../errors.ts";
import type { JsonValue } from "../../space/json.ts";
import type { StorageFixture } from "./driver.testing.ts";
import {
  EMPTY_TRIAL,
  OptunaClient,
  type OptunaDistribution,
  type OptunaState,
  type OptunaTrial,
} from "./optuna-client.testing.ts";

export const OPTUNA_STATES: readonly OptunaState[] = ["RUNNING", "COMPLETE", "PRUNED", "FAIL", "WAITING"];
export const ENDED_STATES: readonly OptunaState[] = ["COMPLETE", "PRUNED", "FAIL"];

function distribution(name: string, attributes: object, domain: JsonValue): OptunaDistribution {
  return { domain, text: JSON.stringify({ name, attributes }) };
}

export function floats(low: number, high: number, log = false): OptunaDistribution {
  const domain = { type: "float", low, high, ...(log && { scale: "log" }) };
  return distribution("FloatDistribution", { step: null, low, high, log }, domain);
}

export function ints(low: number, high: number, step = 1): OptunaDistribution {
  return distribution("IntDistribution", { log: false, step, low, high }, { type: "int", low, high, step });
}

/** `text` is what Optuna writes of choices that JSON cannot hold. */
export function choices(list: readonly JsonValue[], text?: string): OptunaDistribution {
  const made = distribution("CategoricalDistribution", { choices: list }, { type: "categorical", choices: list });
  return text === undefined ? made : { ...made, text };
}

/** What attributes may hold: texts that only whoever wrote them reads. */
export const TEXTS: Readonly<Record<string, string>> = {
  corpus: '"wikitext-103"',
  nothing: "null",
  nested: '{"scores": [0.25, 1.0], "tags": {"größe": "数字 🎯"}}',
  "huge whole number": "123456789012345678901234567890",
  zero: "0",
  "minus zero": "-0.0",
  largest: "1.7976931348623157e+308",
  smallest: "-5e-324",
  infinite: "Infinity",
  "minus infinite": "-Infinity",
  "no number": "NaN",
  "": '""',
};

/** Numbers that a float may be, the ones that JSON lacks among them. */
export const NUMBERS: readonly number[] = [
  0,
  Math.E,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  2 ** -1022,
  -5e-324,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];

const MOMENT = 1_754_000_000_000.123;

/** Trials that differ in what they have, every state among them; the k-th is always the same. */
export function sample(k: number, more: Partial<OptunaTrial> = {}): OptunaTrial {
  const state = OPTUNA_STATES[k % OPTUNA_STATES.length]!;
  const params: OptunaTrial["params"] = [
    ["width", 8 + (k % 5), ints(8, 64, 1)],
    ["rate", 2 ** -(1 + (k % 7)), floats(2 ** -10, 1, true)],
    ["kind", k % 3, choices(["a", null, 2.5])],
    ["0", -(k + 1) / 8, floats(-100, 0)],
  ];
  return {
    ...EMPTY_TRIAL,
    state,
    values: state === "COMPLETE" ? [k / 4 - 3] : null,
    started: MOMENT + k,
    completed: ENDED_STATES.includes(state) ? MOMENT + 2 * k + 0.5 : null,
    params: params.filter((_one, place) => (k >> place) % 2 === 0),
    user: k % 2 === 0 ? { note: `"${k}"`, list: "[1, 2]" } : {},
    system: k % 3 === 0 ? { "sys:k": `${k}` } : {},
    intermediate: new Map([0, 1, 4, 9].filter((step) => (k + step) % 3 !== 0).map((step) => [step, step / 8 - k])),
    ...more,
  };
}

export function client(fixture: () => StorageFixture): OptunaClient {
  return new OptunaClient(fixture().storage);
}

/** Expects what Optuna calls a KeyError: no such study, no such trial. */
export async function expectMissing(work: Promise<unknown>): Promise<void> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(AttuneError);
  expect((error as AttuneError).code).toMatch(/^unknown-(study|trial)$/);
}

/** Expects the refusal to change a trial that has ended. */
export async function expectEnded(work: Promise<unknown>): Promise<void> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StorageConflict);
  expect((error as StorageConflict).data).toMatchObject({ state: expect.stringMatching(/^(complete|pruned|failed)$/) });
}

/** Expects the refusal of a distribution that does not go with the ones before. */
export async function expectOtherKind(work: Promise<unknown>): Promise<void> {
  await expect(work).rejects.toMatchObject({ name: "AttuneError", code: "invalid-params" });
}
