import { expect, it } from "vitest";
import type { StudyState } from "../../trial/study-state.ts";
import type { DecisionRecord, Values } from "../../trial/trial.ts";
import { Driver, ended, leased, SETTINGS, type StorageFixture } from "./driver.testing.ts";
import { expectConflict, expectError } from "./expect-refusal.testing.ts";

function made(driver: Driver, reason: string): DecisionRecord {
  const { revision: view, settingsVersion } = driver.state;
  return { view, settingsVersion, engine: "1", reason };
}

/** A first segment up to step 3. */
async function begin(driver: Driver, token = "a"): Promise<void> {
  const decision = made(driver, "");
  await driver.run({
    type: "claim",
    owner: leased(token),
    limit: null,
    until: 3,
    candidate: driver.candidate(),
    decision,
  });
}

/** Reports of trial 0 from its next on, a step each. */
async function report(driver: Driver, token: string, ...values: readonly Values[]): Promise<void> {
  const first = driver.trial(0).reports.length;
  const reports = values.map((one, k) => ({ seq: first + k, step: first + k + 1, values: one }));
  await driver.run({ type: "report", trial: 0, token, reports });
}

function resume(
  driver: Driver,
  more: { readonly until?: number | null; readonly limit?: number | null; readonly woken?: string } = {},
) {
  const decision = made(driver, "the best of three");
  return driver.run({ type: "resume", trial: 0, owner: leased("b"), until: 9, limit: null, decision, ...more });
}

/** Step, state and metric of each row that trial 0 makes. */
function rows(state: StudyState): readonly unknown[] {
  return state.tables.trials.get(0)!.ends.map(({ step, state: then, values }) => [step, then, values.loss]);
}

export function rungsContract(fixture: () => StorageFixture): void {
  it("keeps what a scheduler decided with the trial, and a row for each rung with what was told on the way to it", async () => {
    const driver = await Driver.create(fixture().storage);
    await begin(driver);
    await report(driver, "a", { loss: 5 }, { other: 1 }, { other: 2 });
    await driver.run({ type: "pass", trial: 0, token: "a", decision: { ...made(driver, "good"), report: 1 } });
    await report(driver, "a", { loss: 4 }, { other: 9 });
    const pause = { type: "pause", trial: 0, token: "a", end: ended("paused", "the end of a rung") } as const;
    await driver.run({ ...pause, decision: { ...made(driver, "the end of a rung"), report: 4 } });
    await resume(driver);
    await driver.finish(0, "b", 1);
    for (const state of [driver.state, await driver.cold()]) {
      expect(state.trial(0)?.decisions?.map(({ action, reason }) => [action, reason])).toEqual([
        ["start", ""],
        ["pass", "good"],
        ["pause", "the end of a rung"],
        ["resume", "the best of three"],
      ]);
      expect(rows(state)).toEqual([
        [2, "running", 5],
        [5, "paused", 4],
        [9, "complete", 1],
      ]);
    }
  });

  it("takes the values a program ended with into the row of its pause, at the step it was run up to", async () => {
    const driver = await Driver.create(fixture().storage);
    await begin(driver);
    await driver.run({ type: "pause", trial: 0, token: "a", end: ended("paused"), values: { loss: 2 } });
    expect(rows(await driver.cold())).toEqual([[3, "paused", 2]]);
    expect(driver.trial(0).decisions?.map(({ action }) => action)).toEqual(["start"]);
  });

  it("passes a rung only with a report that no row has taken in, and only under the token", async () => {
    const driver = await Driver.create(fixture().storage);
    await begin(driver);
    await report(driver, "a", { loss: 5 }, { loss: 4 });
    const pass = (at: number, token = "a") =>
      driver.run({ type: "pass", trial: 0, token, decision: { ...made(driver, "good"), report: at } });
    for (const at of [2, -1, 0.5, Number.NaN]) await expectConflict(driver, () => pass(at));
    await expectConflict(driver, () => pass(0, "other"));
    await pass(0);
    await expectConflict(driver, () => pass(0));
    await pass(1);
    expect(driver.trial(0)).toMatchObject({ state: "running", outcome: null });
  });

  it("resumes nothing that is hidden, nor up to a step that was reached", async () => {
    const driver = await Driver.create(fixture().storage);
    await begin(driver);
    await report(driver, "a", { loss: 5 }, { loss: 4 }, { loss: 3 });
    await driver.run({ type: "pause", trial: 0, token: "a", end: ended("paused") });
    for (const until of [3, 2]) await expectConflict(driver, () => resume(driver, { until }));
    await expectError(driver, "invalid-argument", () => resume(driver, { until: Number.NaN }));
    await driver.run({ type: "invalidate", trial: 0, reason: null });
    await expectConflict(driver, () => resume(driver));
    await driver.run({ type: "restore", trial: 0 });
    expect(await resume(driver, { until: 4 })).toMatchObject({ kind: "trial", segment: 1, until: 4 });
  });

  it("resumes within the limit alone", async () => {
    const driver = await Driver.create(fixture().storage);
    await begin(driver);
    await driver.run({ type: "pause", trial: 0, token: "a", end: ended("paused") });
    await driver.claim("b");
    expect(await resume(driver, { limit: 1 })).toEqual({ kind: "wait" });
    await driver.finish(1, "b");
    expect(await resume(driver, { limit: 1 })).toEqual({ kind: "done" });
    expect(await resume(driver, { limit: 2 })).toMatchObject({ kind: "trial", trial: 0 });
  });

  it("begins and resumes nothing by a decision of settings that are not in force any more", async () => {
    const driver = await Driver.create(fixture().storage);
    await begin(driver);
    await driver.run({ type: "pause", trial: 0, token: "a", end: ended("paused") });
    const decision = made(driver, "of before");
    const settings = { ...SETTINGS, extra: { changed: true } };
    await driver.run({ type: "configure", settings, expectedVersion: 1 });
    const owner = leased("c");
    const candidate = driver.candidate();
    await expectConflict(driver, () =>
      driver.run({ type: "resume", trial: 0, owner, until: null, limit: null, decision }),
    );
    await expectConflict(driver, () =>
      driver.run({ type: "claim", owner, limit: null, until: 1, candidate, decision }),
    );
    expect(await resume(driver)).toMatchObject({ kind: "trial", trial: 0 });
  });

  it("runs a trial on with the program that is kept in memory, or gives that up first", async () => {
    const driver = await Driver.create(fixture().storage);
    await begin(driver);
    const end = { ...ended("paused"), frozen: { givenUp: null } } as const;
    await driver.run({ type: "pause", trial: 0, token: "a", end });
    expect([driver.state.frozenBy(0)?.token, (await driver.cold()).frozenBy(0)?.token]).toEqual(["a", "a"]);
    const go = (woken?: string) => resume(driver, { until: null, ...(woken !== undefined && { woken }) });
    await expectConflict(driver, () => go());
    await expectConflict(driver, () => go("other"));
    expect(await go("a")).toMatchObject({ kind: "trial", segment: 1 });
    expect(driver.state.frozenBy(0)).toBe(null);
    await driver.run({ type: "pause", trial: 0, token: "b", end });
    await expectConflict(driver, () => driver.run({ type: "give-up", trial: 0, token: "a" }));
    await driver.run({ type: "give-up", trial: 0, token: "b" });
    await expectConflict(driver, () => driver.run({ type: "give-up", trial: 0, token: "b" }));
    await expectConflict(driver, () => go("b"));
    for (const state of [driver.state, await driver.cold()]) {
      expect(state.frozenBy(0)).toBe(null);
      const attempts = state.trial(0)!.segments.flatMap((segment) => segment.attempts);
      const givenUp = driver.state.revision;
      expect(attempts.map(({ frozen }) => frozen?.givenUp)).toEqual([null, givenUp]);
    }
    expect(await go()).toMatchObject({ kind: "trial", segment: 2 });
  });

  it("lets another tool go on with a trial whose program is kept in memory only when that is given up", async () => {
    const driver = await Driver.create(fixture().storage);
    await begin(driver);
    await driver.run({ type: "pause", trial: 0, token: "a", end: { ...ended("paused"), frozen: { givenUp: null } } });
    const owner = { kind: "foreign", token: "f", source: "test" } as const;
    await driver.run({ type: "transition", trial: 0, from: "paused", to: "running", owner, values: null });
    expect(driver.trial(0).segments[0]!.attempts[0]!.frozen?.givenUp).toBe(driver.state.revision - 1);
  });
}
