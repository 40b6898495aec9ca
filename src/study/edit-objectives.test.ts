import { describe, expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy, openStudy } from "./create-study.ts";
import type { StudyOptions } from "./study-options.ts";

type Values = Readonly<Record<string, number>>;

const BASE = { name: "s", space: { x: float(0, 1), y: float(0, 1) }, seed: 3 } as const;
const VALUES: readonly Values[] = [
  { error: 0.1, ms: 30, mb: 5 },
  { error: 0.2, ms: 10, mb: 5 },
  { error: 0.3, ms: 20, mb: 5 },
];

async function begun(options: Partial<StudyOptions> = {}, values: readonly Values[] = VALUES) {
  const study = await createStudy({ ...BASE, minimize: "error", sampler: "random", ...options });
  await study.optimize(({ number }) => values[number]!, { trials: values.length });
  return study;
}

const front = (study: Awaited<ReturnType<typeof begun>>) => study.summary().front.map(({ number }) => number);

describe("editObjectives", () => {
  it("gains an objective whose values were kept, for the trials so far, as an event", async () => {
    const study = await begun();
    expect(front(study)).toEqual([0]);
    const report = await study.editObjectives({ minimize: "ms" });
    expect(report).toEqual({
      changes: ["ms is an objective from now on, to minimize, for the trials so far as well."],
      ...{ losses: [], leftOut: [], applied: true },
    });
    expect(study.metrics).toEqual([
      { name: "error", direction: "minimize" },
      { name: "ms", direction: "minimize" },
    ]);
    expect(front(study)).toEqual([0, 1]);
    expect(study.summary().winner).toBe(null);
    await study.optimize(() => ({ error: 0, ms: 5 }), { trials: 4 });
    expect(front(study)).toEqual([3]);
  });

  it("says what has no value of a new one, and leaves that out once it is accepted", async () => {
    const study = await begun({}, [...VALUES, { error: 0.05 }, { error: 0.01 }]);
    const loss =
      "There is no value of ms in trials 3 and 4: what stays in the record and the budget without one counts for no front and no sampler.";
    await expect(study.editObjectives({ minimize: "ms" })).rejects.toMatchObject({
      code: "study-changed",
      message: expect.stringContaining(loss),
    });
    expect(study.metrics).toHaveLength(1);
    const tried = await study.editObjectives({ minimize: "ms" }, { dryRun: true });
    expect(tried).toMatchObject({ losses: [loss, "No more the best: trial 4."], leftOut: [3, 4], applied: false });
    expect(study.metrics).toHaveLength(1);
    await study.editObjectives({ minimize: "ms" }, { accept: true });
    expect(front(study)).toEqual([0, 1]);
  });

  it("loses one with its goal, says who leaves the front, and can have it again", async () => {
    const study = await begun({ minimize: ["error", "ms"], goals: ["ms <= 12", "error <= 0.1"] });
    expect(front(study)).toEqual([0, 1]);
    const { losses } = await study.editObjectives({ drop: ["ms"] }, { dryRun: true });
    expect(losses).toEqual(["The goal ms <= 12 goes with its objective.", "No more on the front: trial 1."]);
    await study.editObjectives({ drop: ["ms"] }, { accept: true });
    expect(study.metrics).toEqual([{ name: "error", direction: "minimize", goal: 0.1 }]);
    expect(study.summary().winner).toMatchObject({ number: 0 });
    await study.editObjectives({ minimize: "ms" });
    expect(front(study)).toEqual([0, 1]);
    expect(study.metrics.map(({ goal }) => goal)).toEqual([0.1, undefined]);
  });

  it("goes on to keep what was an objective of a program", async () => {
    const command = { argv: ["true"] };
    const study = await createStudy({
      ...BASE,
      minimize: ["error", "ms"],
      command,
      extra: { metrics: { keep: ["mb"] } },
    });
    await study.editObjectives({ drop: ["ms"], minimize: "mb" });
    expect(study.settings.extra.metrics).toEqual({ keep: ["ms"] });
    await study.editObjectives({ minimize: "ms" });
    expect(study.settings.extra.metrics).toEqual({ keep: [] });
  });

  it.each([
    [{ minimize: "watts" }, 'None of the 3 complete trials of study "s" has a value of watts'],
    [{ maximize: "error" }, "is to minimize error"],
    [{ drop: ["error"] }, "would have no objective"],
    [{ drop: ["ms"] }, 'ms is no objective of study "s"; it has error'],
    [{ drop: ["error"], minimize: "error" }, "error is to be an objective and to be none"],
    [{}, "No objective is named"],
    [{ minimize: ["ms", "ms"] }, "ms is given twice"],
    [{ minimize: 3 as never }, "minimize"],
  ])("refuses %j", async (edit, words) => {
    const study = await begun();
    await expect(study.editObjectives(edit, { accept: true })).rejects.toThrow(words);
    expect(study.metrics).toHaveLength(1);
  });

  it("refuses several where the scheduler knows one alone", async () => {
    const study = await begun({ scheduler: "wilcoxon" });
    await expect(study.editObjectives({ minimize: "ms" })).rejects.toThrow(/wilcoxon/);
  });

  it("takes more objectives over where a study is created again, and refuses what loses something", async () => {
    const kept = await openStorage(":memory:");
    const study = await begun({ storage: kept });
    const again = await createStudy({ ...BASE, minimize: ["error", "ms"], storage: kept });
    expect(again.notices).toEqual(["ms is an objective from now on, to minimize, for the trials so far as well."]);
    await study.refresh();
    expect(study.metrics.map(({ name }) => name)).toEqual(["error", "ms"]);
    const wanted = { ...BASE, minimize: ["error"], storage: kept };
    await expect(createStudy(wanted)).rejects.toThrow(/it tunes minimize error, minimize ms, not minimize error/);
    await expect(createStudy({ ...wanted, minimize: ["error", "ms", "watts"] })).rejects.toThrow(/value of watts/);
  });

  it("changes nothing where the objectives are the same, and refuses options that there are not", async () => {
    const study = await begun({ minimize: ["error", "ms"] });
    expect(await study.editObjectives({ minimize: "ms" })).toEqual({
      ...{ changes: [], losses: [], leftOut: [], applied: false },
    });
    expect(study.trials()[0]).toBeDefined();
    await expect(study.editObjectives({ minimize: "ms" }, { acept: true } as never)).rejects.toThrow("accept");
  });

  it("goes by what other processes did meanwhile", async () => {
    const kept = await openStorage(":memory:");
    const study = await begun({ storage: kept });
    const other = await openStudy({ name: "s", storage: kept });
    await other.editObjectives({ minimize: "ms" });
    expect(await study.editObjectives({ minimize: "ms" })).toMatchObject({ applied: false });
  });

  it("says nothing of trials where none is complete, nor asks them for values", async () => {
    const study = await createStudy({ ...BASE, minimize: "error", sampler: "random" });
    await study.tell(await study.ask(), { failed: true });
    expect(await study.editObjectives({ minimize: "ms" })).toEqual({
      changes: ["ms is an objective from now on, to minimize."],
      ...{ losses: [], leftOut: [], applied: true },
    });
    const one = await begun({}, [{ error: 1, ms: 2 }]);
    expect((await one.editObjectives({ maximize: "ms" })).changes).toEqual([
      "ms is an objective from now on, to maximize, for the trials so far as well.",
    ]);
    await expect((await begun({}, [{ error: 1 }])).editObjectives({ minimize: "ms" })).rejects.toThrow(
      'The complete trial of study "s" has no value of ms',
    );
  });

  it("lists each trial once that lacks a value, in order, and those that leave the front", async () => {
    const values: readonly Values[] = [
      { error: 1, ms: 1, mb: 1 },
      { error: 2, ms: 2 },
      { error: 3, mb: 3 },
    ];
    const study = await begun({}, values);
    const { leftOut, losses } = await study.editObjectives({ minimize: ["mb", "ms"] }, { dryRun: true });
    expect(leftOut).toEqual([1, 2]);
    expect(losses).toEqual([
      expect.stringMatching(/^There is no value of mb in trial 1: /),
      expect.stringMatching(/^There is no value of ms in trial 2: /),
    ]);
    const wide = await begun(
      { minimize: ["error", "ms"] },
      [3, 1, 2, 4].map((error) => ({ error, ms: 5 - error })),
    );
    expect((await wide.editObjectives({ drop: ["ms"] }, { dryRun: true })).losses).toEqual([
      "No more on the front: trials 0, 2 and 3.",
    ]);
  });

  it("turns no objective round, in whatever way it is named", async () => {
    const study = await begun({ minimize: ["error", "ms"] });
    await expect(study.editObjectives({ maximize: ["mb", "ms"] })).rejects.toThrow(
      'Study "s" is to minimize ms, and what its trials came to would mean the opposite; begin another study to maximize it.',
    );
    await expect(study.editObjectives({ drop: ["ms"], maximize: "ms" })).rejects.toThrow("name it once");
    const again = { ...BASE, storage: await openStorage(":memory:") };
    const auc = await createStudy({ ...again, maximize: "auc" });
    await auc.optimize(() => ({ auc: 1, ms: 1 }), { trials: 1 });
    await expect(auc.editObjectives({ minimize: ["auc", "ms"] })).rejects.toThrow('Study "s" is to maximize auc');
    expect(auc.metrics).toHaveLength(1);
    expect((await auc.editObjectives({ maximize: "auc", minimize: "ms" })).applied).toBe(true);
    expect(auc.metrics.map(({ name }) => name)).toEqual(["auc", "ms"]);
  });

  it("keeps no further metrics of a study without a program, nor where it loses none", async () => {
    const study = await begun({ minimize: ["error", "ms"] });
    await study.editObjectives({ drop: ["ms"] }, { accept: true });
    expect(study.settings.extra).not.toHaveProperty("metrics");
    expect(study.settings).not.toHaveProperty("goals");
    const ran = await begun({ command: { argv: ["true"] } });
    await ran.editObjectives({ minimize: "ms" });
    expect(ran.settings.extra).not.toHaveProperty("metrics");
    await ran.editObjectives({ drop: ["ms"] }, { accept: true });
    expect(ran.settings.extra.metrics).toEqual({ keep: ["ms"] });
  });

  it.each(["gp", "tpe", "nsga2"])(
    "%s is replayed from before and after, with the objectives there were",
    async (sampler) => {
      const study = await createStudy({ ...BASE, minimize: "error", sampler });
      const evaluate = ({ params: { x, y } }: { params: { x: number; y: number } }) => ({
        error: x + y,
        ms: 1 - x + y,
      });
      await study.optimize(evaluate, { trials: 14 });
      await study.editObjectives({ minimize: "ms" });
      await study.optimize(evaluate, { trials: 22 });
      await study.editObjectives({ drop: ["error"] }, { accept: true });
      await study.optimize(evaluate, { trials: 28 });
      expect(await study.replay()).toMatchObject({ checked: 28, differences: [] });
      expect(study.trial(20).suggestion?.settingsVersion).toBe(2);
    },
  );
});
