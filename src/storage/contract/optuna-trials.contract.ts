import { expect, it } from "vitest";
import type { StudyId } from "../storage.ts";
import type { StorageFixture } from "./driver.testing.ts";
import { EMPTY_TRIAL, OptunaClient, type OptunaState, type OptunaTrial } from "./optuna-client.testing.ts";
import { client, ENDED_STATES, expectMissing, floats, OPTUNA_STATES, sample, TEXTS } from "./optuna-samples.testing.ts";

async function filled(
  optuna: OptunaClient,
  count: number,
): Promise<{ readonly id: StudyId; readonly made: readonly OptunaTrial[] }> {
  const id = await optuna.createStudy(["minimize"]);
  const made = Array.from({ length: count }, (_none, k) => sample(k));
  for (const trial of made) await optuna.createTrial(id, trial);
  return { id, made };
}

/** The best of the complete trials by Optuna's rule, in which infinities count; the first of equal ones. */
function best(trials: readonly OptunaTrial[], direction: "minimize" | "maximize"): OptunaTrial | null {
  const complete = trials.filter(({ state }) => state === "COMPLETE");
  return complete.reduce<OptunaTrial | null>((found, one) => {
    if (found === null) return one;
    const [a, b] = [one.values![0]!, found.values![0]!];
    return (direction === "minimize" ? a < b : a > b) ? one : found;
  }, null);
}

/** Trials as Optuna's clients create and read them. */
export function optunaTrialsContract(fixture: () => StorageFixture): void {
  it("creates trials that run, with nothing yet but the time they began, numbered from 0 in each study", async () => {
    const optuna = client(fixture);
    const studies = [await optuna.createStudy(["minimize"]), await optuna.createStudy(["minimize"])];
    const ids = [];
    for (const study of studies)
      for (let number = 0; number < 3; number++) {
        const before = Date.now();
        const id = await optuna.createTrial(study);
        expect(id).toEqual({ study, number });
        const trial = await optuna.trial(id);
        expect(trial).toEqual({ ...EMPTY_TRIAL, started: trial.started });
        expect(trial.started).toBeGreaterThanOrEqual(before);
        expect(trial.started).toBeLessThanOrEqual(Date.now());
        expect(await optuna.trials(study)).toHaveLength(number + 1);
        ids.push(JSON.stringify(id));
      }
    expect(new Set(ids).size).toBe(6);
    await expectMissing(optuna.createTrial(`${Number(studies[1]) + 1}`));
  });

  it.each([
    ["now", Date.now(), Date.now() + 5],
    ["long ago, to the microsecond", 1_662_000_000_000.001, 1_662_086_400_000.999],
  ])("creates any number of trials like a template of %s, ids and numbers apart", async (_name, started, completed) => {
    const optuna = client(fixture);
    const template: OptunaTrial = {
      state: "COMPLETE",
      values: [1e4],
      started,
      completed,
      params: [["x", 0.25, floats(0, 1)]],
      user: { mood: '"good"' },
      system: { retries: "123" },
      intermediate: new Map([
        [1, 10],
        [2, 100],
        [30, 1000],
      ]),
    };
    for (const study of [await optuna.createStudy(["minimize"]), await optuna.createStudy(["maximize"])]) {
      const ids = [];
      for (let k = 0; k < 3; k++) ids.push(await optuna.createTrial(study, template));
      expect(ids.map(({ number }) => number)).toEqual([0, 1, 2]);
      const trials = await optuna.trials(study);
      expect(trials).toEqual([template, template, template]);
      for (const [k, { started: from, completed: to }] of trials.entries()) {
        expect([k, Math.round(from! * 1000), Math.round(to! * 1000)]).toEqual([
          k,
          Math.round(started * 1000),
          Math.round(completed * 1000),
        ]);
      }
    }
  });

  it("gives back every field of trials in any state, one by one and together", async () => {
    const optuna = client(fixture);
    const { id, made } = await filled(optuna, 24);
    for (const [number, trial] of made.entries()) expect(await optuna.trial({ study: id, number })).toEqual(trial);
    expect(await optuna.trials(id)).toEqual(made);
    const { trials } = await fixture().storage.trials(id, { limit: 100 });
    expect(trials.map(({ number }) => number)).toEqual(made.map((_trial, number) => number));
    await expectMissing(optuna.trial({ study: id, number: 24 }));
    await expectMissing(optuna.trials(`${Number(id) + 1}`));
  });

  it("is another handle's trial in all fields, and a process's that begins later", async () => {
    const { id, made } = await filled(client(fixture), 24);
    const other = new OptunaClient(await fixture().another());
    expect(await other.trials(id)).toEqual(made);
    const driver = await other.study(id);
    expect((await driver.cold()).trials()).toEqual(driver.state.trials());
  });

  it("keeps several values in the order of the objectives", async () => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["maximize", "minimize", "minimize"]);
    const made = [0, 1, 2].map((k) => sample(1, { values: [k, -1 - k, Number.POSITIVE_INFINITY] }));
    for (const trial of made) await optuna.createTrial(id, trial);
    const running = await optuna.createTrial(id);
    await optuna.setState(running, "COMPLETE", [3, Number.NEGATIVE_INFINITY, 1]);
    expect((await optuna.trials(id)).map(({ values }) => values)).toEqual([
      ...made.map(({ values }) => values),
      [3, Number.NEGATIVE_INFINITY, 1],
    ]);
  });

  it("reads trials by state, and counts them", async () => {
    const optuna = client(fixture);
    const { id, made } = await filled(optuna, 11);
    const sets: readonly (readonly OptunaState[])[] = [
      [],
      ["COMPLETE"],
      ENDED_STATES,
      ["WAITING", "FAIL"],
      OPTUNA_STATES,
    ];
    for (const states of sets)
      expect(await optuna.trials(id, states)).toEqual(made.filter(({ state }) => states.includes(state)));
    await optuna.createTrial(id, sample(4));
    expect(await optuna.trials(id, ["WAITING"])).toHaveLength(3);
    expect(await optuna.trials(id, ["COMPLETE"])).toHaveLength(2);
  });

  it("shows trials as they were when they were read, whatever becomes of them", async () => {
    const optuna = client(fixture);
    const { id, made } = await filled(optuna, 10);
    const { trials } = await fixture().storage.trials(id, { limit: 100 });
    const before = structuredClone(trials);
    for (const [number, { state }] of made.entries()) {
      const trial = { study: id, number };
      if (ENDED_STATES.includes(state)) continue;
      await optuna.setParam(trial, "later", 0.5, floats(0, 1));
      await optuna.setTrialAttribute(trial, false, "later", "0");
      await optuna.setTrialAttribute(trial, true, "later", "0");
      await optuna.report(trial, 0, 0);
      await optuna.setState(trial, state === "WAITING" ? "RUNNING" : "COMPLETE", state === "WAITING" ? null : [0]);
    }
    expect(structuredClone(trials)).toEqual(before);
    expect(await optuna.trials(id)).not.toEqual(made);
  });

  it("is not changed by what a reader does to what was read", async () => {
    const { storage } = fixture();
    const { id, made } = await filled(client(fixture), 10);
    const spoil = (value: unknown): void => {
      if (value === null || typeof value !== "object" || Object.isFrozen(value)) return;
      for (const inner of Object.values(value)) spoil(inner);
      Object.assign(value, { spoilt: true });
    };
    spoil((await storage.trials(id, { limit: 100 })).trials);
    spoil(await storage.overview());
    expect(await client(fixture).trials(id)).toEqual(made);
    expect((await storage.overview())[0]?.parts?.attributes).toEqual({});
  });

  it.each([false, true])(
    "keeps a trial's attributes text for text (system: %s), and the newest of a key",
    async (system) => {
      const optuna = client(fixture);
      const id = await optuna.createStudy(["minimize"]);
      const [trial, other] = [
        await optuna.createTrial(id),
        await optuna.createTrial(id, sample(4, { user: {}, system: {} })),
      ];
      const now = async () => (await optuna.trial(trial))[system ? "system" : "user"];
      for (const [key, text] of Object.entries(TEXTS)) {
        await optuna.setTrialAttribute(trial, system, key, text);
        expect((await now())[key]).toBe(text);
      }
      await optuna.setTrialAttribute(trial, system, "corpus", '"c4"');
      expect(await now()).toEqual({ ...TEXTS, corpus: '"c4"' });
      expect((await optuna.trial(trial))[system ? "user" : "system"]).toEqual({});
      await optuna.setTrialAttribute(other, system, "score", "0.001");
      expect((await optuna.trial(other))[system ? "system" : "user"]).toEqual({ score: "0.001" });
      await expectMissing(optuna.setTrialAttribute({ study: id, number: 2 }, system, "k", "1"));
    },
  );

  it("finds no trial of a number that is not taken", async () => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"]);
    await expectMissing(optuna.trial({ study: id, number: 0 }));
    await expectMissing(optuna.setParam({ study: id, number: 0 }, "x", 1, floats(0, 1)));
    await expectMissing(optuna.setState({ study: id, number: 0 }, "COMPLETE", [1]));
    await expectMissing(optuna.report({ study: id, number: 0 }, 0, 1));
    const [one, two] = [await optuna.createTrial(id), await optuna.createTrial(await optuna.createStudy(["minimize"]))];
    expect([one.number, two.number]).toEqual([0, 0]);
    expect(one).not.toEqual(two);
  });

  const INF = Number.POSITIVE_INFINITY;
  it.each([[[0, 1, 2]], [[0, INF, 1]], [[0, -INF, 1]], [[INF, 0, 1, -INF]], [[INF]], [[-INF]]])(
    "has the best of the values %j, in either direction",
    async (values) => {
      const optuna = client(fixture);
      for (const direction of ["minimize", "maximize"] as const) {
        const id = await optuna.createStudy([direction]);
        expect(best(await optuna.trials(id), direction)).toBeNull();
        await optuna.createTrial(id, sample(2));
        for (const value of values) await optuna.createTrial(id, sample(1, { values: [value] }));
        const expected = direction === "minimize" ? Math.min(...values) : Math.max(...values);
        expect(best(await optuna.trials(id), direction)?.values).toEqual([expected]);
      }
    },
  );
}
