import fc from "fast-check";
import type { JsonValue, Params } from "../../space/json.ts";
import type { TrialRecord } from "../evolve/trial-record.ts";
import type { Attempt, Values } from "../trial.ts";
import { PackedRecord } from "./packed-record.ts";
import { ReportList } from "./report-list.ts";

const options = { noNullPrototype: true } as const;
const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<JsonValue>;
const text = fc.string();
const instant = fc.oneof(fc.nat(), fc.integer(), fc.constant(1_700_000_000_000.25), fc.maxSafeInteger());
const orNull = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(one, { nil: null });
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const usualParams = fc.record({ x: finite, y: finite, kind: fc.constantFrom("a", "b") }, options);
const params = fc.oneof(usualParams, fc.dictionary(text, json, options)) as fc.Arbitrary<Params>;
const usualValues = fc.record({ loss: fc.oneof(finite, fc.constantFrom("NaN", "Infinity")) }, options);
const values = fc.oneof(usualValues, fc.dictionary(text, finite, options)) as fc.Arbitrary<Values>;
const texts = fc.dictionary(text, text, options);
const process = { boot: "b", namespace: "n", pid: 7, started: "1" };
const owner = fc.oneof(
  fc.record(
    { kind: fc.constant("leased"), token: text, process: fc.constantFrom(null, process), worker: text },
    options,
  ),
  fc.record({ kind: fc.constant("detached"), token: text }, options),
  fc.record({ kind: fc.constant("foreign"), token: text, source: text }, options),
);
const attempt = fc.record(
  {
    ...{ owner, startedAt: instant, endedAt: orNull(instant), outcome: orNull(fc.constantFrom("ok", "error")) },
    ...{ message: orNull(fc.constantFrom("it broke", "", "other")), exitCode: orNull(fc.nat(255)) },
    ...{ signal: orNull(fc.constant("SIGKILL")), checkpoint: orNull(text), units: texts, seconds: finite },
    ...{ missing: text, cost: finite, frozen: fc.record({ givenUp: orNull(fc.nat()) }, options), steps: finite },
    ...{ dropped: fc.nat() },
  },
  {
    ...options,
    requiredKeys: ["owner", "startedAt", "endedAt", "outcome", "message", "exitCode", "signal", "checkpoint"],
  },
) as unknown as fc.Arbitrary<Omit<Attempt, "index">>;
const segment = fc.record({ until: orNull(finite), attempts: fc.array(attempt, { maxLength: 2 }) }, options);
const end = fc.record(
  {
    ...{ segment: fc.nat(3), revision: fc.nat(), state: fc.constantFrom("complete", "failed", "paused") },
    ...{ outcome: fc.constantFrom("ok", "error"), step: orNull(finite), values: orNull(values), reports: fc.nat(4) },
  },
  options,
);
const suggestion = fc.record(
  {
    ...{ view: fc.nat(), spaceVersion: fc.nat(3), settingsVersion: fc.nat(3), index: fc.nat(), batchFirst: fc.nat() },
    ...{ engine: fc.constantFrom("1", "2"), inputs: fc.dictionary(text, finite, options) },
  },
  options,
);
const definition = fc.record({ name: text, domain: json, value: json, revision: fc.nat(), own: fc.boolean() }, options);
const decision = fc.record(
  {
    ...{ action: fc.constantFrom("start", "pass", "pause"), revision: fc.nat(), view: fc.nat() },
    ...{ settingsVersion: fc.nat(3), engine: fc.constantFrom("1", "2"), reason: text, report: fc.nat(9) },
  },
  { ...options, requiredKeys: ["action", "revision", "view", "settingsVersion", "engine", "reason"] },
);
const turn = fc.record(
  {
    ...{
      revision: fc.nat(),
      state: fc.constantFrom("waiting", "running"),
      outcome: fc.constant(null),
      message: orNull(text),
    },
    ...{ values, losses: fc.nat(3), attempts: fc.nat(3), configuration: fc.nat() },
  },
  options,
);
const change = fc.record({ revision: fc.nat(), system: fc.boolean(), key: text, before: orNull(text) }, options);
const past = fc.record(
  { turns: fc.array(turn, { maxLength: 2 }), attributes: fc.array(change, { maxLength: 2 }) },
  options,
);
const reports = fc.array(fc.record({ step: finite, values, later: fc.nat(3) }), { maxLength: 4 });

const fields = fc.record(
  {
    ...{ back: fc.nat(5), params, offered: orNull(params), definitions: fc.array(definition, { maxLength: 2 }) },
    replicate: orNull(fc.record({ index: fc.nat(), seed: fc.nat(), fold: orNull(fc.nat(9)) }, options)),
    ...{ spaceVersion: fc.nat(3), ranUnder: orNull(fc.nat(3)), origin: fc.constantFrom("sampler", "imported", "user") },
    ...{ suggestion: orNull(suggestion), state: fc.constantFrom("complete", "pruned", "failed", "paused") },
    ...{ outcome: orNull(fc.constantFrom("ok", "error")), message: orNull(fc.constantFrom("it broke", "", "other")) },
    ...{ values, segments: fc.array(segment, { maxLength: 3 }), ends: fc.array(end, { maxLength: 2 }), reports },
    ...{ losses: fc.nat(3), proposedRevision: fc.nat(), startedRevision: orNull(fc.nat()) },
    ...{
      finishedRevision: orNull(fc.nat()),
      proposedAt: instant,
      startedAt: orNull(instant),
      finishedAt: orNull(instant),
    },
    invalid: fc.array(fc.record({ from: fc.nat(), to: orNull(fc.nat()) }, options), { maxLength: 2 }),
    ...{ attributes: texts, systemAttributes: texts, past: orNull(past) },
    ...{ begun: fc.nat(4), reached: orNull(finite), successor: orNull(fc.nat()) },
    branch: orNull(fc.record({ of: fc.nat(), segment: fc.nat(3), step: finite }, options)),
    decisions: orNull(fc.array(decision, { minLength: 1, maxLength: 3 })),
  },
  options,
);

/** Records of any content that JSON can carry, the numbers of the trials ascending with gaps. */
export const anyRecords: fc.Arbitrary<readonly TrialRecord[]> = fc
  .array(fc.tuple(fields, fc.integer({ min: 1, max: 3 })), { maxLength: 8 })
  .map((drawn) => {
    let number = 2_047;
    return drawn.map(([{ back, definitions, segments, ends, reports: reported, ...rest }, more]) => {
      number += more;
      const params: Record<string, JsonValue> = { ...rest.params };
      const own = definitions.filter((one) => one.own && one.name !== "__proto__");
      for (const { name, value } of own) params[name] = value;
      return {
        number,
        configuration: number - back,
        ...rest,
        params,
        definitions: definitions.map(({ own: _, ...one }) => one),
        segments: segments.map(({ until, attempts }) => ({
          until,
          attempts: attempts.map((one, index) => ({ index, ...one })),
        })),
        reports: reportList(reported),
        ends: ends.map((one) => ({ ...one, values: one.values ?? rest.values })),
        shown: null,
      } as unknown as TrialRecord;
    });
  });

function reportList(drawn: readonly { readonly step: number; readonly values: Values; readonly later: number }[]) {
  const list = new ReportList();
  let revision = 5;
  for (const { step, values: reported, later } of drawn) {
    revision += later;
    list.push({ step, values: reported }, revision);
  }
  return list;
}

/** A record as JSON, with the revisions of its reports: equal for equal ones. */
export function plainRecord(given: TrialRecord): JsonValue {
  const record = given instanceof PackedRecord ? given.loose() : given;
  const reports = Array.from(record.reports, (report) => ({
    ...report,
    revision: record.reports.revision(report.seq),
  }));
  return JSON.parse(JSON.stringify({ ...record, reports, shown: null })) as JsonValue;
}
