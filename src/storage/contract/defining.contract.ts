import { expect, it } from "vitest";
import type { Definition } from "../../trial/trial.ts";
import { Driver, leased, type StorageFixture } from "./driver.testing.ts";
import { expectConflict, expectError } from "./expect-refusal.testing.ts";

const RATE: Definition = { name: "rate", domain: { type: "float", low: 0, high: 1 }, value: 0.25 };
const KIND: Definition = { name: "kind", domain: { type: "categorical", choices: ["a", ["b", 1]] }, value: ["b", 1] };

function define(driver: Driver, trial: number, token: string, ...definitions: readonly Definition[]) {
  return driver.run({ type: "define", trial, token, definitions });
}

/** Parameters that programs ask for while they run. */
export function definingContract(fixture: () => StorageFixture): void {
  it("keeps what the program asked for, in order, among the trial's parameters", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    await define(driver, 0, "t", RATE);
    await define(driver, 0, "t", KIND);
    const trial = (await driver.cold()).trial(0);
    expect(trial?.definitions).toEqual([RATE, KIND]);
    expect(trial?.params).toEqual({ x: 0.5, rate: 0.25, kind: ["b", 1] });
    expect(driver.trial(0)).toEqual(trial);
  });

  it("takes a definition once, and no other one of that name in the trial", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    await define(driver, 0, "t", RATE);
    const { revision } = driver.state;
    await define(driver, 0, "t", { ...RATE, domain: { high: 1, low: 0, type: "float" } });
    expect(driver.state.revision).toBe(revision);
    await expectError(driver, "invalid-params", () => define(driver, 0, "t", KIND, { ...RATE, value: 0.5 }));
    const wider = { ...RATE, domain: { type: "float", low: 0, high: 2 } };
    await expectError(driver, "invalid-params", () => define(driver, 0, "t", wider));
    await expectError(driver, "invalid-params", () => define(driver, 0, "t", { ...RATE, name: "x" }));
    await expectError(driver, "invalid-params", () => define(driver, 0, "t", { ...KIND, value: Number.NaN }));
    await expectError(driver, "invalid-argument", () => define(driver, 0, "t", KIND, KIND));
    await driver.claim("u");
    await define(driver, 1, "u", wider);
    expect(driver.trial(1).definitions).toEqual([wider]);
  });

  it("takes definitions only under the attempt's token", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    await expectConflict(driver, () => define(driver, 0, "other", RATE));
    await driver.finish(0, "t");
    await expectConflict(driver, () => define(driver, 0, "t", RATE));
    await expectError(driver, "unknown-trial", () => define(driver, 9, "t", RATE));
  });

  it("keeps definitions for the next attempt of a lost trial", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    await define(driver, 0, "t", RATE);
    await driver.lose(0, "t");
    await driver.claim("u");
    await define(driver, 0, "u", RATE, KIND);
    expect((await driver.cold()).trial(0)?.definitions).toEqual([RATE, KIND]);
  });

  it("keeps what is offered to a trial, whoever offers it", async () => {
    const driver = await Driver.create(fixture().storage);
    const offered = { rate: 0.5, kind: null };
    await driver.run({ type: "enqueue", params: { x: 1 }, offered, origin: "user", replicate: null });
    await driver.claim("a");
    const candidate = { ...driver.candidate(), offered };
    await driver.run({ type: "claim", owner: leased("b"), limit: null, until: null, candidate });
    const cold = await driver.cold();
    expect([0, 1].map((number) => cold.trial(number)?.offered)).toEqual([offered, offered]);
    expect([0, 1].map((number) => cold.trial(number)?.params)).toEqual([{ x: 1 }, { x: 0.5 }]);
  });
}
