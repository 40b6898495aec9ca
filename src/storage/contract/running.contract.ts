import { expect, it } from "vitest";
import type { Owner } from "../../trial/owner.ts";
import type { FinishedState, TrialState, Values } from "../../trial/trial.ts";
import { Driver, ended, leased, type StorageFixture } from "./driver.testing.ts";
import { expectConflict, expectError } from "./expect-refusal.testing.ts";

function pause(driver: Driver, trial: number, token: string) {
  return driver.run({ type: "pause", trial, token, end: { ...ended("paused"), checkpoint: `ckpt-${token}` } });
}

function foreign(token: string): Owner {
  return { kind: "foreign", token, source: "optuna" };
}

export function runningContract(fixture: () => StorageFixture): void {
  it("finishes a trial under its token, with all that is known of the end", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    const end = { outcome: "exit-code", message: "exit 3\ntail", exitCode: 3, signal: null, checkpoint: "c" } as const;
    const values = {};
    await driver.run({ type: "finish", trial: 0, token: "t", state: "failed", values, end });
    const trial = (await driver.cold()).trial(0);
    expect(trial).toMatchObject({ state: "failed", outcome: "exit-code", message: "exit 3\ntail", values: {} });
    expect(trial?.segments[0]?.attempts[0]).toMatchObject({ ...end, index: 0, owner: leased("t") });
    expect(trial?.finishedRevision).toBe(driver.state.revision);
    expect(driver.state.holding("t")).toBeNull();
  });

  it("answers a repeated finish without counting it twice, and refuses a different one", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    expect(await driver.finish(0, "t", 0.25)).toEqual({ repeated: false });
    const { revision } = driver.state;
    expect(await driver.finish(0, "t", 0.25)).toEqual({ repeated: true });
    expect(driver.state.revision).toBe(revision);
    await expectConflict(driver, () => driver.finish(0, "t", 0.5));
    await expectConflict(driver, () => driver.finish(0, "other", 0.25));
    expect(driver.state.budget.trialsSpent).toBe(1);
  });

  it("fences off a worker that lost its attempt: it can change nothing", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("old");
    await driver.report(0, "old", 0, { loss: 3 });
    await driver.lose(0, "old");
    const writes = (token: string) => [
      () => driver.finish(0, token),
      () => driver.report(0, token, 1, { loss: 2 }),
      () => pause(driver, 0, token),
      () => driver.lose(0, token),
      () => driver.run({ type: "return", trial: 0, token, evidence: "self", end: ended("preempted") }),
    ];
    for (const write of writes("old")) await expectConflict(driver, write);
    await driver.claim("new");
    for (const write of writes("old")) await expectConflict(driver, write);
    expect(driver.trial(0).reports).toHaveLength(1);
    await driver.finish(0, "new");
  });

  it("tries a lost attempt again and fails the trial at the third loss, which counts", async () => {
    const driver = await Driver.create(fixture().storage);
    for (const [k, token] of ["a", "b", "c"].entries()) {
      expect(await driver.claim(token, 1)).toMatchObject({ trial: 0, segment: 0, attempt: k });
      expect(await driver.lose(0, token)).toEqual({ state: k < 2 ? "waiting" : "failed" });
      expect(driver.state.budget.trialsSpent).toBe(k < 2 ? 0 : 1);
    }
    const trial = driver.trial(0);
    expect(trial).toMatchObject({ state: "failed", outcome: "lost", losses: 3 });
    expect(trial.message).toContain("lost 3 times");
    expect(trial.segments[0]?.attempts.map((attempt) => attempt.outcome)).toEqual(["lost", "lost", "lost"]);
  });

  it("never counts a preempted attempt as a loss", async () => {
    const driver = await Driver.create(fixture().storage);
    for (let k = 0; k < 5; k++) {
      await driver.claim(`t${k}`, 1);
      const end = ended("preempted", "stopped by the user");
      expect(await driver.run({ type: "return", trial: 0, token: `t${k}`, evidence: "self", end })).toEqual({
        state: "waiting",
      });
    }
    expect(driver.trial(0)).toMatchObject({ state: "waiting", losses: 0, outcome: "preempted" });
    await driver.claim("last");
    await expectError(driver, "invalid-argument", () =>
      driver.run({ type: "return", trial: 0, token: "last", evidence: "self", end: ended("error") }),
    );
  });

  it("returns on expiry only when the lease has run out by the storage's clock", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    const giveBack = { type: "return", trial: 0, token: "t", evidence: "expired", end: ended("lost") } as const;
    await expectConflict(driver, () => driver.run(giveBack));
    await driver.storage.renew(driver.id, ["t"], 0);
    expect(await driver.run(giveBack)).toEqual({ state: "waiting" });
  });

  it("keeps segments and their attempts: paused, resumed, lost in the second, resumed in the second", async () => {
    const driver = await Driver.create(fixture().storage);
    const first = { type: "claim", owner: leased("a"), limit: null, until: 3, candidate: driver.candidate() } as const;
    expect(await driver.run(first)).toMatchObject({ segment: 0, attempt: 0, until: 3 });
    await pause(driver, 0, "a");
    expect(driver.trial(0)).toMatchObject({ state: "paused", outcome: "paused" });
    const resume = { type: "resume", trial: 0, owner: leased("b"), until: 9, limit: null } as const;
    expect(await driver.run(resume)).toEqual({ kind: "trial", trial: 0, segment: 1, attempt: 0, until: 9 });
    await driver.lose(0, "b");
    const again = { type: "claim", owner: leased("c"), limit: null, until: 1, candidate: null } as const;
    expect(await driver.run(again)).toEqual({ kind: "trial", trial: 0, segment: 1, attempt: 1, until: 9 });
    await driver.finish(0, "c");
    const { segments } = (await driver.cold()).trial(0) ?? { segments: [] };
    expect(segments.map(({ index, until, attempts }) => [index, until, attempts.map((a) => a.outcome)])).toEqual([
      [0, 3, ["paused"]],
      [1, 9, ["lost", "ok"]],
    ]);
    expect(segments[0]?.attempts[0]?.checkpoint).toBe("ckpt-a");
  });

  it("resumes only what is paused, and one resumer wins", async () => {
    const driver = await Driver.create(fixture().storage);
    const resume = (token: string) =>
      driver.run({ type: "resume", trial: 0, owner: leased(token), until: null, limit: null });
    await driver.claim("a");
    await expectConflict(driver, () => resume("b"));
    await pause(driver, 0, "a");
    await resume("b");
    await expectConflict(driver, () => resume("c"));
    await expectConflict(driver, () => pause(driver, 0, "a"));
    await driver.finish(0, "b");
    await expectConflict(driver, () => resume("c"));
  });

  it("takes reports by sequence: known ones once, a gap never", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    const reports = [0, 1, 2].map((seq) => ({ seq, step: seq * 10, values: { loss: seq } }));
    expect(await driver.run({ type: "report", trial: 0, token: "t", reports })).toEqual({ next: 3 });
    const { revision } = driver.state;
    expect(await driver.run({ type: "report", trial: 0, token: "t", reports })).toEqual({ next: 3 });
    expect(driver.state.revision).toBe(revision);
    const more = [...reports.slice(1), { seq: 3, step: 30, values: { loss: 3, acc: 0.5 } }];
    expect(await driver.run({ type: "report", trial: 0, token: "t", reports: more })).toEqual({ next: 4 });
    await expectConflict(driver, () => driver.report(0, "t", 5, {}));
    expect(driver.trial(0).reports.map(({ seq, step }) => [seq, step])).toEqual([
      [0, 0],
      [1, 10],
      [2, 20],
      [3, 30],
    ]);
  });

  it("gives a batch of reports one revision", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    const before = driver.state.revision;
    const reports = Array.from({ length: 500 }, (_none, seq) => ({ seq, step: seq, values: { loss: 1 / (seq + 1) } }));
    await driver.run({ type: "report", trial: 0, token: "t", reports });
    expect(driver.state.revision).toBe(before + 1);
    expect((await driver.cold()).trial(0)?.reports).toEqual(reports);
  });

  it("keeps NaN and the infinities apart from each other and from nothing", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    const values = { loss: Number.NaN, up: Number.POSITIVE_INFINITY, down: Number.NEGATIVE_INFINITY, zero: 0 };
    await driver.report(0, "t", 0, values);
    const end = ended("nan");
    await driver.run({ type: "finish", trial: 0, token: "t", state: "failed", values, end });
    const words = { loss: "NaN", up: "Infinity", down: "-Infinity", zero: 0 };
    const cold = (await driver.cold()).trial(0);
    expect(cold?.values).toEqual(words);
    expect(cold?.reports[0]?.values).toEqual(words);
    expect(await driver.run({ type: "finish", trial: 0, token: "t", state: "failed", values, end })).toEqual({
      repeated: true,
    });
  });

  it("keeps any number of values, exactly", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    const values: Values = { a: 0.1 + 0.2, b: 5e-324, c: 1.7976931348623157e308, d: -1e-7, ü: 2 ** 53 };
    await driver.run({ type: "finish", trial: 0, token: "t", state: "complete", values, end: ended("ok") });
    expect((await driver.cold()).trial(0)?.values).toEqual(values);
  });

  it("lets whoever shows the token finish a detached trial; its lease runs out only if it was renewed", async () => {
    const { storage } = fixture();
    const driver = await Driver.create(storage);
    const owner: Owner = { kind: "detached", token: "secret" };
    await driver.run({ type: "claim", owner, limit: null, until: null, candidate: driver.candidate() });
    const expired = { type: "return", trial: 0, token: "secret", evidence: "expired", end: ended("lost") } as const;
    await expectConflict(driver, () => driver.run(expired));
    const elsewhere = await Driver.create(await fixture().another());
    await expectConflict(elsewhere, () => elsewhere.finish(0, "guess"));
    await elsewhere.finish(0, "secret");
    expect(elsewhere.trial(0).state).toBe("complete");
  });

  it("hands a detached trial to another owner, whom alone it then obeys", async () => {
    const driver = await Driver.create(fixture().storage);
    const detached = (token: string): Owner => ({ kind: "detached", token });
    const asker = { user: "ann", host: "here", machine: "0123" };
    const next: Owner = { ...detached("new"), kind: "detached", asker, handedOver: true };
    const take = (token: string, owner: Owner = next) => driver.run({ type: "hand-over", trial: 0, token, owner });
    await driver.run({ type: "claim", owner: detached("old"), limit: null, until: 4, candidate: driver.candidate() });
    await expectConflict(driver, () => take("guess"));
    await expectConflict(driver, () => take("old", leased("l")));
    expect(await take("old")).toEqual({ kind: "trial", trial: 0, segment: 0, attempt: 1, until: 4 });
    expect((await driver.cold()).trial(0)?.segments[0]?.attempts).toMatchObject([
      { owner: detached("old"), outcome: "preempted" },
      { owner: next, endedAt: null },
    ]);
    await expectConflict(driver, () => take("old"));
    await expectConflict(driver, () => driver.finish(0, "old"));
    await driver.finish(0, "new");
    expect(driver.trial(0)).toMatchObject({ state: "complete", losses: 0 });
    await driver.claim("mine");
    await expectConflict(driver, () => driver.run({ type: "hand-over", trial: 1, token: "mine", owner: next }));
  });

  it("moves foreign trials by compare-and-set on the state", async () => {
    const driver = await Driver.create(fixture().storage);
    const go = (from: TrialState, to: TrialState, owner: Owner = foreign("f")) =>
      driver.run({ type: "transition", trial: 0, from, to, owner, values: { loss: 2 } });
    await driver.run({ type: "enqueue", params: { x: 0 }, origin: "user", replicate: null });
    await go("waiting", "running");
    await expectConflict(driver, () => go("waiting", "running", foreign("g")));
    await go("running", "waiting", foreign("g"));
    await go("waiting", "running", foreign("g"));
    await go("running", "paused");
    await go("paused", "running");
    await go("running", "complete");
    expect(driver.trial(0)).toMatchObject({ state: "complete", outcome: "ok", values: { loss: 2 }, losses: 0 });
    await expectError(driver, "invalid-argument", () => go("complete", "running"));
    await expectConflict(driver, () => go("running", "failed"));
  });

  it("does not let a foreign protocol take a leased or detached trial", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    const to = (state: FinishedState, owner: Owner) =>
      driver.run({ type: "transition", trial: 0, from: "running", to: state, owner, values: {} });
    await expectConflict(driver, () => to("failed", foreign("f")));
    await expectConflict(driver, () => to("failed", { kind: "detached", token: "d" }));
    await driver.finish(0, "t");
  });

  it("ends a waiting foreign trial at once, with an attempt to its name", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.run({ type: "enqueue", params: { x: 0 }, origin: "user", replicate: null });
    const values = { loss: 1 };
    await driver.run({ type: "transition", trial: 0, from: "waiting", to: "pruned", owner: foreign("f"), values });
    expect(driver.trial(0)).toMatchObject({ state: "pruned", outcome: "stopped", values });
    expect(driver.trial(0).segments[0]?.attempts).toHaveLength(1);
    expect(driver.state.holding("f")).toBeNull();
  });
}
