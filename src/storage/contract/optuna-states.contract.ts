import { expect, it } from "vitest";
import type { StorageFixture } from "./driver.testing.ts";
import { Driver, leased } from "./driver.testing.ts";
import { OptunaClient, type OptunaState, type OptunaTrialId } from "./optuna-client.testing.ts";
import {
  client,
  ENDED_STATES,
  expectEnded,
  expectMissing,
  floats,
  NUMBERS,
  OPTUNA_STATES,
  sample,
} from "./optuna-samples.testing.ts";

/** States, values and reports of trials, by many clients at a time. */
export function optunaStatesContract(fixture: () => StorageFixture): void {
  /** Clients with a handle each. */
  async function clients(count: number): Promise<readonly OptunaClient[]> {
    const storages = await Promise.all(Array.from({ length: count }, () => fixture().another()));
    return storages.map((storage) => new OptunaClient(storage));
  }

  it("moves a running trial to any state, with the time of its end where it has ended", async () => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"]);
    for (const state of OPTUNA_STATES) {
      const trial = await optuna.createTrial(id);
      const { started } = await optuna.trial(trial);
      expect(await optuna.setState(trial, state, state === "COMPLETE" ? [0] : null)).toBe(state !== "RUNNING");
      const now = await optuna.trial(trial);
      expect([now.state, now.started]).toEqual([state, started]);
      expect(now.completed !== null).toBe(ENDED_STATES.includes(state));
      expect(now.values).toEqual(state === "COMPLETE" ? [0] : null);
    }
    await expectMissing(optuna.setState({ study: id, number: 9 }, "COMPLETE", [0]));
  });

  it.each(ENDED_STATES)("never changes a trial that is %s", async (state) => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"]);
    const trial = await optuna.createTrial(id);
    await optuna.setState(trial, state, state === "COMPLETE" ? [0.5] : null);
    const ended = await optuna.trial(trial);
    for (const next of OPTUNA_STATES) await expectEnded(optuna.setState(trial, next, next === "COMPLETE" ? [1] : null));
    await expectEnded(optuna.report(trial, 0, 1));
    await expectEnded(optuna.setParam(trial, "x", 1, floats(0, 1)));
    for (const system of [false, true]) await expectEnded(optuna.setTrialAttribute(trial, system, "k", "1"));
    expect(await optuna.trial(trial)).toEqual(ended);
  });

  it("begins a waiting trial once, at the time it begins", async () => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"]);
    const trial = await optuna.createTrial(id, sample(4));
    const before = Date.now();
    expect(await optuna.setState(trial, "RUNNING")).toBe(true);
    const { started, ...rest } = await optuna.trial(trial);
    const { started: given, ...template } = sample(4, { state: "RUNNING" });
    expect(rest).toEqual(template);
    expect(given).toBeLessThan(before);
    expect(started).toBeGreaterThanOrEqual(before);
    expect(await optuna.setState(trial, "RUNNING")).toBe(false);
    expect((await optuna.trial(trial)).started).toBe(started);
  });

  it("ends a trial that waits, and keeps the values that a template brought where the end says none", async () => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"]);
    const waiting = await optuna.createTrial(id, sample(4));
    await optuna.setState(waiting, "FAIL");
    expect(await optuna.trial(waiting)).toMatchObject({ state: "FAIL", values: null });
    const running = await optuna.createTrial(id, sample(0, { values: [7] }));
    await optuna.setState(running, "PRUNED");
    expect(await optuna.trial(running)).toMatchObject({ state: "PRUNED", values: [7] });
  });

  it("keeps any number but NaN as a value, and any as a report", async () => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"]);
    const reported = await optuna.createTrial(id);
    const all = [...NUMBERS, Number.NaN];
    for (const [step, value] of all.entries()) await optuna.report(reported, step, value);
    expect((await optuna.trial(reported)).intermediate).toEqual(new Map(all.entries()));
    for (const value of NUMBERS) {
      const trial = await optuna.createTrial(id);
      await optuna.setState(trial, "COMPLETE", [value]);
      expect((await optuna.trial(trial)).values).toEqual([value]);
    }
  });

  it("keeps the newest value of a step, of each trial apart, at steps of any order and size", async () => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"]);
    const [one, two] = [await optuna.createTrial(id), await optuna.createTrial(id)];
    const three = await optuna.createTrial(await optuna.createStudy(["maximize"]));
    for (const [step, value] of [
      [4, 0.5],
      [0, 0.25],
      [2 ** 40, 1],
      [0, 0.125],
      [-3, 2],
      [4, Number.NaN],
    ] as const)
      await optuna.report(one, step, value);
    await optuna.report(three, 0, Number.POSITIVE_INFINITY);
    expect([...(await optuna.trial(one)).intermediate]).toEqual([
      [4, Number.NaN],
      [0, 0.125],
      [2 ** 40, 1],
      [-3, 2],
    ]);
    expect((await optuna.trial(two)).intermediate.size).toBe(0);
    expect([...(await optuna.trial(three)).intermediate]).toEqual([[0, Number.POSITIVE_INFINITY]]);
    await expectMissing(optuna.report({ study: id, number: 2 }, 0, 1));
    const driver = await optuna.study(id);
    expect(driver.trial(0).reports).toHaveLength(6);
  });

  it("gives a waiting trial to one of many clients that want it", async () => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"]);
    const trials: OptunaTrialId[] = [];
    for (let k = 0; k < 8; k++) trials.push(await optuna.createTrial(id, sample(4)));
    const many = await clients(4);
    const won = await Promise.all(
      many.map((one) => Promise.all(trials.map((trial) => one.setState(trial, "RUNNING")))),
    );
    expect(trials.map((_trial, k) => won.filter((of) => of[k]).length)).toEqual(trials.map(() => 1));
    expect(await optuna.trials(id, ["RUNNING"])).toHaveLength(8);
  });

  it("lets one of many clients end a trial, and none change it after", async () => {
    const optuna = client(fixture);
    const trial = await optuna.createTrial(await optuna.createStudy(["minimize"]));
    const many = await clients(4);
    const ends = await Promise.allSettled(many.map((one, k) => one.setState(trial, "COMPLETE", [k])));
    const kept = ends.flatMap(({ status }, k) => (status === "fulfilled" ? [k] : []));
    expect(kept).toHaveLength(1);
    expect((await optuna.trial(trial)).values).toEqual(kept);
  });

  it("numbers the trials of many clients in the order of the log, without gaps, and loses none of what they set", async () => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"]);
    const many = await clients(4);
    const ids = await Promise.all(
      many.map(async (one, k) => {
        const own = [];
        for (let n = 0; n < 6; n++) {
          const trial = await one.createTrial(id);
          await Promise.all([
            one.setParam(trial, "x", n, floats(0, 9)),
            one.setTrialAttribute(trial, false, "client", `${k}`),
            one.setStudyAttribute(id, true, `${k}:${n}`, "1"),
            one.report(trial, n, k),
          ]);
          await one.setState(trial, "COMPLETE", [k]);
          own.push(trial.number);
        }
        return own;
      }),
    );
    for (const own of ids) expect(own).toEqual([...own].sort((a, b) => a - b));
    expect(ids.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_none, k) => k));
    const events = (await fixture().storage.read(id, 0)).map(({ event }) => event);
    const logged = events.flatMap((event) => (event.type === "imported" ? [event.trial] : []));
    expect(logged).toEqual(Array.from({ length: 24 }, (_none, k) => k));
    const trials = await optuna.trials(id);
    for (const [k, own] of ids.entries())
      for (const [n, number] of own.entries()) {
        const { state, params, user, intermediate } = trials[number]!;
        expect([state, params, user]).toEqual(["COMPLETE", [["x", n, floats(0, 9)]], { client: `${k}` }]);
        expect([...intermediate]).toEqual([[n, k]]);
      }
    expect(Object.keys((await optuna.study(id)).state.systemAttributes)).toHaveLength(24);
  });

  it("finds trials whose programs fell silent, and fails each once", async () => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"]);
    const [silent, alive, mute] = [
      await optuna.createTrial(id),
      await optuna.createTrial(id),
      await optuna.createTrial(id),
    ];
    expect(await optuna.stale(id)).toEqual([]);
    await optuna.beat(silent, 0);
    await optuna.beat(alive, 600_000);
    expect(await optuna.stale(id)).toEqual([silent]);
    const many = await clients(4);
    const failed = await Promise.all(many.map((one) => one.failStale(silent)));
    expect(failed.filter(Boolean)).toHaveLength(1);
    expect((await optuna.trial(silent)).state).toBe("FAIL");
    for (const trial of [alive, mute]) expect(await optuna.failStale(trial)).toBe(false);
    await optuna.beat(silent, 0);
    expect(await optuna.stale(id)).toEqual([]);
    const again = await optuna.createTrial(id, { ...(await optuna.trial(silent)), state: "WAITING", completed: null });
    expect(await optuna.setState(again, "RUNNING")).toBe(true);
  });

  it("spares a trial that gave a sign of life after it was found silent", async () => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"]);
    const trial = await optuna.createTrial(id);
    await optuna.beat(trial, 0);
    expect(await optuna.stale(id)).toEqual([trial]);
    await optuna.beat(trial, 600_000);
    expect(await optuna.failStale(trial)).toBe(false);
    expect((await optuna.trial(trial)).state).toBe("RUNNING");
  });

  it("changes no trial that a worker of ours holds but its attributes", async () => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"]);
    const driver = new Driver(fixture().storage, id);
    await driver.refresh();
    await driver.claim("worker");
    const trial = { study: id, number: 0 };
    const states: readonly OptunaState[] = ["COMPLETE", "FAIL"];
    const tries = [
      () => optuna.setParam(trial, "y", 1, floats(0, 1)),
      () => optuna.report(trial, 0, 1),
      ...states.map((state) => async () => {
        const owner = { kind: "foreign", token: "f", source: "optuna" } as const;
        const to = state === "COMPLETE" ? "complete" : "failed";
        return (await optuna.study(id)).run({ type: "transition", trial: 0, from: "running", to, owner, values: null });
      }),
    ];
    for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ code: "conflict" });
    await optuna.setTrialAttribute(trial, false, "note", '"seen"');
    await driver.refresh();
    expect(driver.trial(0)).toMatchObject({ state: "running", reports: [], attributes: { note: '"seen"' } });
    await driver.run({ type: "hand-over", trial: 0, token: "worker", owner: leased("x") }).catch(() => undefined);
    expect((await optuna.trial(trial)).state).toBe("RUNNING");
  });
}
