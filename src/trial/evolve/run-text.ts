import { type Space, spaceFromJson } from "../../space/index.ts";
import type { JsonValue, Params } from "../../space/json.ts";
import { carryOver, paramsInSpace } from "../carry-over.ts";
import { canonicalJson } from "./canonical-json.ts";
import { hashOfItems, jsonHash } from "./json-hash.ts";
import type { StudyTables } from "./study-tables.ts";
import { type DefinitionRecord, isFinished, type TrialRecord } from "./trial-record.ts";

/** What the text depends on. */
export type GivenRun = Pick<
  TrialRecord,
  "params" | "offered" | "spaceVersion" | "ranUnder" | "origin" | "replicate" | "state" | "branch"
> & { readonly definitions: readonly DefinitionRecord[] };

type Derived = readonly { readonly name: string; readonly expression: JsonValue }[];

/**
 * What a trial's program was given (or would be now, where it has not begun), as one text: two of equal text were run alike. Values
 * that a trial only counts as having had since its space changed are not among them.
 */
export function runText(tables: StudyTables, record: GivenRun): string {
  return canonicalJson(givenTo(tables, record));
}

/** A hash of the text, in [0, 2^32), without the text. */
export function runHash(tables: StudyTables, record: GivenRun): number {
  return jsonHash(givenTo(tables, record));
}

/** The same of trials that have ended, by the hash of their parameters; null where these are not what the program was given. */
export function endedRunHashes(
  tables: StudyTables,
): (
  run: Pick<GivenRun, "spaceVersion" | "ranUnder" | "origin" | "replicate" | "branch">,
  paramsHash: number,
) => number | null {
  /** By the version it was made under, where it ran under that one or an older one. */
  const derived = new Map<number, number>();
  return (run, paramsHash) => {
    const { spaceVersion } = run;
    if (run.branch !== null || ranUnderOf(tables, run) > spaceVersion) return null;
    const known = derived.get(spaceVersion) ?? jsonHash(derivedUnder(tables, spaceVersion, spaceVersion));
    derived.set(spaceVersion, known);
    return hashOfItems([paramsHash, jsonHash(run.replicate?.fold ?? null), known]);
  };
}

function ranUnderOf(
  { spaces }: StudyTables,
  { ranUnder, origin, spaceVersion }: Pick<GivenRun, "spaceVersion" | "ranUnder" | "origin">,
): number {
  return ranUnder ?? (origin === "imported" ? spaceVersion : spaces.length);
}

function givenTo(tables: StudyTables, record: GivenRun): JsonValue {
  const under = ranUnderOf(tables, record);
  const fold = record.replicate?.fold ?? null;
  const given = [valuesUnder(tables, record, under), fold, derivedUnder(tables, record.spaceVersion, under)];
  const { branch } = record;
  // One that went on from another was run as that one was up to there.
  return branch === null ? given : [...given, branch.step, givenTo(tables, tables.trials.get(branch.of)!)];
}

function valuesUnder({ spaces }: StudyTables, record: GivenRun, under: number): Params {
  const { offered, definitions, spaceVersion } = record;
  const settled = offered === null || isFinished(record);
  const params = settled ? record.params : { ...offered, ...record.params };
  if (under <= spaceVersion) return params;
  const carried = carryOver(params, spaceVersion, spaces.slice(0, under));
  const space = spaceOf(spaces[under - 1]?.value);
  if (space === null) return carried;
  return paramsInSpace(space, carried, [...definitions, ...Object.keys(offered ?? {}).map((name) => ({ name }))]);
}

const read = new WeakMap<object, Space>();

/** Null for what is no space: whoever opens such a study is told so, and its log must be read to the end before. */
function spaceOf(json: JsonValue | undefined): Space | null {
  if (typeof json !== "object" || json === null || !("parameters" in json)) return null;
  const space = read.get(json) ?? spaceFromJson(json);
  read.set(json, space);
  return space;
}

/** Expressions by name: of the version the trial was made under, as far as the one it ran under still has them. */
function derivedUnder(tables: StudyTables, own: number, under: number): JsonValue {
  const before = derivedOf(tables, own);
  const now = under <= own ? before : derivedOf(tables, under);
  if (now.length === 0) return null;
  const known = new Map(before.map(({ name, expression }) => [name, expression]));
  return Object.fromEntries(now.map(({ name, expression }) => [name, known.get(name) ?? expression]));
}

function derivedOf({ spaces }: StudyTables, version: number): Derived {
  const space = spaces[version - 1]?.value as { readonly derived?: Derived } | null | undefined;
  return space?.derived ?? [];
}
