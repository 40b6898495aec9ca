import { expect, it } from "vitest";
import type { JsonValue, Params } from "../../space/json.ts";
import type { StudyCommand } from "../../trial/command.ts";
import { stateToJson } from "../../trial/evolve/state-to-json.testing.ts";
import type { ImportedTrial } from "../../trial/imported-trial.ts";
import { imported } from "./budget.contract.ts";
import { Driver, type StorageFixture } from "./driver.testing.ts";

/** A value that the types forbid, as a caller in JavaScript may give it. */
function foreign<T>(value: unknown): T {
  return value as T;
}

function importOf(more: Partial<ImportedTrial>): StudyCommand {
  // One that is fit first: nothing of it may be kept either.
  return { type: "import", trials: [imported("complete"), imported("complete", more)] };
}

function deep(levels: number): JsonValue {
  let value: JsonValue = 1;
  for (let k = 0; k < levels; k++) value = [value];
  return value;
}

function circle(): JsonValue {
  const list: JsonValue[] = [];
  list.push(list);
  return list;
}

function throwing(): JsonValue {
  return foreign({
    toJSON() {
      throw new Error("a toJSON that throws");
    },
  });
}

/** Of a few MB, and more than one text can hold once it is written out. */
function endless(): JsonValue {
  const part = ["\u0001".repeat(1_000_000)];
  return Array.from({ length: 100 }, () => part);
}

const TROUBLES: readonly (readonly [kind: string, code: string, make: () => StudyCommand])[] = [
  ["a refusal", "unknown-trial", () => ({ type: "restore", trial: 99 })],
  ["a BigInt", "invalid-argument", () => importOf({ params: foreign<Params>({ x: 1n }) })],
  [
    "a BigInt in a report",
    "invalid-argument",
    () => importOf({ reports: foreign([{ seq: 0, step: 0, values: { loss: 1n } }]) }),
  ],
  ["a toJSON that throws", "invalid-argument", () => importOf({ params: { x: throwing() } })],
  ["a circle", "invalid-argument", () => importOf({ attributes: foreign({ a: circle() }) })],
  ["a value as deep as no stack", "invalid-argument", () => importOf({ attributes: foreign({ a: deep(200_000) }) })],
  ["a command that trips over its own lack", "internal", () => foreign({ type: "import", trials: null })],
  ["a command of no known type", "internal", () => foreign({ type: "no-such-command" })],
  ["reports that are none", "internal", () => importOf({ reports: foreign(5) })],
  [
    "an event that the study cannot take",
    "internal",
    () => foreign({ type: "configure", settings: null, expectedVersion: 1 }),
  ],
];

export function ownTroubleContract(fixture: () => StorageFixture): void {
  const enqueue = (x: number): StudyCommand => ({ type: "enqueue", params: { x }, origin: "user", replicate: null });

  it.each(TROUBLES)("refuses %s alone, in the middle of others", async (_kind, code, make) => {
    const { storage } = fixture();
    const driver = await Driver.create(storage);
    const other = await Driver.create(storage, "other");
    const send = (to: Driver, command: StudyCommand) => storage.execute(to.id, command, 0);
    const before = [1, 2, 3].flatMap((x) => [send(driver, enqueue(x)), send(other, enqueue(x))]);
    const bad = send(driver, make());
    const after = [4, 5, 6].flatMap((x) => [send(driver, enqueue(x)), send(other, enqueue(x))]);
    const outcomes = await Promise.allSettled([...before, bad, ...after]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...before.map(() => "fulfilled"),
      "rejected",
      ...after.map(() => "fulfilled"),
    ]);
    await expect(bad).rejects.toMatchObject({ name: "AttuneError", code });
    for (const one of [driver, other]) {
      await one.refresh();
      expect(one.state.trials().map(({ params }) => params.x)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(stateToJson(await one.cold())).toEqual(stateToJson(one.state));
      expect(await one.run(enqueue(7))).toEqual({ number: 6 });
    }
  });

  it("refuses a text longer than there can be alone, unless it is kept in another form", async () => {
    const driver = await Driver.create(fixture().storage);
    const send = (command: StudyCommand) => driver.storage.execute(driver.id, command, 0);
    const huge = importOf({ attributes: foreign({ a: endless() }) });
    const [one, bad, two] = await Promise.allSettled([send(enqueue(1)), send(huge), send(enqueue(2))]);
    expect([one.status, two.status]).toEqual(["fulfilled", "fulfilled"]);
    if (bad.status === "rejected") expect(bad.reason).toMatchObject({ name: "AttuneError", code: "invalid-argument" });
    const found = (await driver.cold()).trials().map(({ params }) => params.x);
    expect(found).toEqual(bad.status === "rejected" ? [1, 2] : [1, 1, 1, 2]);
  }, 60_000);

  it("makes no study that it refuses a configuration of, and gives its name to the next", async () => {
    const { storage } = fixture();
    const { definition } = (await Driver.create(storage)).state;
    const make = (x: unknown) =>
      storage.createStudy({ ...definition, name: "new" }, [{ x: 1 }, foreign<Params>({ x })]);
    const outcomes = await Promise.allSettled([make(Number.NaN), make(1n), make(2)]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
    const made = await Driver.create(storage, "new");
    expect(made.state.trials().map(({ params }) => params.x)).toEqual([1, 2]);
  });
}
