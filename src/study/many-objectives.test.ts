import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, expectTypeOf, it } from "vitest";
import { AttuneError } from "../errors.ts";
import { dominates } from "../objective/index.ts";
import { registerSampler } from "../sampler/registry.ts";
import type { Sampler } from "../sampler/sampler.ts";
import { HASH_VIEW } from "../sampler/testing/hash-view.testing.ts";
import { float, int } from "../space/index.ts";
import { sampleUniform } from "../space/sample-uniform.ts";
import { openStorage } from "../storage/registry.ts";
import type { Measured } from "../trial/measured.ts";
import { createStudy, openStudy, type RunEvent } from "./index.ts";

const space = { threshold: float(0, 1), depth: int(1, 30) };
const FRAUD = { name: "fraud", maximize: ["recall"], minimize: ["falseAlarms", "ms"], space, seed: 7 } as const;

/** Deeper is better and slower; a low threshold finds more and errs more. */
function evaluate(params: { readonly threshold: number; readonly depth: number }) {
  const skill = params.depth / 30;
  return { recall: (1 - params.threshold) * (0.5 + skill / 2), falseAlarms: 1 - params.threshold, ms: params.depth };
}

const folder = mkdtempSync(join(tmpdir(), "attune-many-"));
let files = 0;
const file = (): string => join(folder, `${files++}.db`);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a study with several objectives", () => {
  it("has a front and no best, typed by the objectives' names", async () => {
    const study = await createStudy(FRAUD);
    const { best, front } = await study.optimize(({ params }) => evaluate(params), { trials: 40 });
    expect(best).toBe(null);
    expect(front.length).toBeGreaterThan(3);
    expectTypeOf(front[0]!.values).toMatchTypeOf<{ recall: number; falseAlarms: number; ms: number }>();
    expectTypeOf(front[0]!.params.depth).toEqualTypeOf<number>();
    const points = study.trials().map(({ params }) => {
      const { recall, falseAlarms, ms } = evaluate(params);
      return [recall, falseAlarms, ms];
    });
    const expected = points.flatMap((p, k) => (points.some((q) => dominates(q, p, study.metrics)) ? [] : [k]));
    expect(front.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(expected);
    for (const { number, params, values } of front) {
      expect(study.trial(number).params).toEqual(params);
      expect(values).toEqual(evaluate(params));
    }
    expect(study.summary()).toMatchObject({ winner: null, front });
    await study.close();
  });

  it("keeps the objectives in the order in which they are named", async () => {
    const study = await createStudy(FRAUD);
    expect(study.metrics).toEqual([
      { name: "recall", direction: "maximize" },
      { name: "falseAlarms", direction: "minimize" },
      { name: "ms", direction: "minimize" },
    ]);
    const listed = await createStudy({
      name: "listed",
      metrics: [{ name: "a", direction: "minimize", goal: 3 }],
      maximize: "b",
      space,
    });
    expect(listed.metrics.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(listed.metrics[0]).toMatchObject({ goal: 3 });
  });

  it("gets the usual sampler where nobody chose one, which knows several objectives and limits", async () => {
    const study = await createStudy(FRAUD);
    expect([study.settings.sampler.name, study.notices]).toEqual(["auto", []]);
    const limited = await createStudy({ name: "one", minimize: "loss", limits: ["ms <= 20"], space });
    expect([limited.settings.sampler.name, limited.notices]).toEqual(["auto", []]);
    const chosen = await createStudy({ ...FRAUD, sampler: "random" });
    expect([chosen.settings.sampler.name, chosen.notices]).toEqual(["random", []]);
  });

  it.each([
    [
      { sampler: { name: "program", command: ["sampler"] } },
      /The sampler program knows one objective, and the study has 3: recall, falseAlarms, ms. Choose one that can: random, grid, qmc/,
    ],
    [{ scheduler: "wilcoxon" }, /The scheduler wilcoxon knows one objective.*Choose one that can: none, median, /],
    [{ grows: ["seconds"] }, /grows names "seconds", which is no objective and in no limit.*recall, falseAlarms, ms/],
    [{ grows: "ms" }, /grows is "ms"; give a list of metrics: \["seconds"\]/],
    [{ scheduler: { name: "threshold", upper: 3 } }, /The scheduler threshold knows one objective/],
    [{ minimize: ["ms", "ms"] }, /ms is given twice; name each objective once/],
    [{ minimize: ["recall"] }, /recall is given twice/],
    [{ minimize: [], maximize: [] }, /No metric is given; name at least one to minimize or to maximize/],
    [{ goals: ["ms >= 3"] }, /ms is to be minimized, so that its goal is "ms <= 3"/],
    [{ limits: ["depth <= 3"] }, /it looks at no result, so it is a constraint; give it as where/],
    [{ limits: "ms <= 3" }, /limits is "ms <= 3"; give a list of comparisons over results/],
    [{ where: ["recall > 0.5"] }, /recall is a result, and a constraint looks at parameters alone; give it as limits/],
  ])("refuses %j", async (more, message) => {
    const refused = createStudy({ ...FRAUD, ...more } as never);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toBeInstanceOf(AttuneError);
  });

  it("fails a trial that lacks one, or has NaN for it, by name", async () => {
    const study = await createStudy(FRAUD);
    const returned: unknown[] = [
      { recall: 0.9, ms: 3 },
      { recall: Number.NaN, falseAlarms: Number.NaN, ms: 3 },
      0.5,
      { recall: 0.9, falseAlarms: 0.1, ms: 3 },
    ];
    await study.optimize(({ number }) => returned[number] as Measured<"recall" | "falseAlarms" | "ms", never>, {
      trials: 4,
      keepGoing: true,
    });
    expect(study.trials().map(({ state, outcome, message }) => [state, outcome, message])).toEqual([
      ["failed", "no-metric", "The function returned no falseAlarms; it returned recall, ms."],
      ["failed", "nan", "The function returned NaN for recall, falseAlarms."],
      [
        "failed",
        "no-metric",
        "The function returned 0.5, and the study has 3 objectives; it must return an object of numbers: { recall, falseAlarms, ms }.",
      ],
      ["complete", "ok", null],
    ]);
    expect(study.summary().front.map(({ number }) => number)).toEqual([3]);
  });

  it("takes a report by names alone", async () => {
    const study = await createStudy(FRAUD);
    await study.optimize(
      async ({ params, report }) => {
        await report(1, { recall: 0.5 });
        await expect((async () => await report(2, 0.5 as never))()).rejects.toThrow(
          "trial.report got 0.5, and the study has 3 objectives; give an object of numbers: { recall, falseAlarms, ms }.",
        );
        return evaluate(params);
      },
      { trials: 1 },
    );
    expect(study.trial(0).reports.map(({ values }) => values)).toEqual([{ recall: 0.5 }]);
    expect(study.trial(0).state).toBe("complete");
  });

  it("is asked and told by names", async () => {
    const study = await createStudy(FRAUD);
    const trial = await study.ask();
    await expect(trial.report(0, 3 as never)).rejects.toThrow("the study has 3 objectives; give an object of numbers");
    await expect(study.tell(trial, 0.5 as never)).rejects.toThrow(
      "What was told is 0.5, and the study has 3 objectives; give an object of numbers: { recall, falseAlarms, ms }.",
    );
    await expect(study.tell(trial, { recall: 1 } as never)).rejects.toThrow("No value for falseAlarms, ms was told");
    await study.tell(trial, { recall: 1, falseAlarms: Number.NaN, ms: 3 });
    expect(study.trial(trial.number)).toMatchObject({ state: "failed", outcome: "nan" });
    const next = await study.ask();
    await study.tell(next, { recall: 1, falseAlarms: 0.1, ms: 3, watts: 7 });
    expect(study.summary().front).toMatchObject([{ number: next.number, kept: { watts: 7 } }]);
  });

  it("takes the replicates of a configuration together", async () => {
    const study = await createStudy(FRAUD);
    const noisy = { 0: [1, 0.5, 0.5], 1: [0.8] } as const;
    const tell = async (recall: number) => {
      const trial = await study.ask();
      await study.tell(trial, { recall, falseAlarms: 0.1, ms: 3 });
    };
    await tell(noisy[0][0]);
    await tell(noisy[1][0]);
    for (const index of [1, 2]) {
      await study.replicate(0, index, index);
      await tell(noisy[0][index]!);
    }
    expect(study.summary().front).toMatchObject([{ number: 1, values: { recall: 0.8 } }]);
  });

  it("says which trials came to the front as they end", async () => {
    const study = await createStudy(FRAUD);
    const values = [
      { recall: 0.5, falseAlarms: 0.5, ms: 5 },
      { recall: 0.4, falseAlarms: 0.6, ms: 5 },
      { recall: 0.9, falseAlarms: 0.9, ms: 9 },
      { recall: 0.95, falseAlarms: 0.1, ms: 1 },
      { recall: 0.9, falseAlarms: 0.9, ms: 9 },
    ];
    const best: boolean[] = [];
    const onEvent = (event: RunEvent): void => {
      if (event.type === "finished") best.push(event.best);
    };
    await study.optimize(({ number }) => values[number]!, { trials: values.length, onEvent });
    expect(best).toEqual([true, false, true, true, false]);
  });

  it("refuses a target that is one value", async () => {
    const study = await createStudy(FRAUD);
    await expect(study.optimize(({ params }) => evaluate(params), { trials: 3, target: 1 })).rejects.toThrow(
      'target is one value, and the study has 3 objectives: recall, falseAlarms, ms. Give goals and "target: goals", or end the run by trials or timeout.',
    );
  });

  it("opens again as it was, replays bit for bit, and loses no objective unasked", async () => {
    const storage = file();
    const first = await createStudy({ ...FRAUD, goals: ["falseAlarms <= 0.3"], limits: ["ms<=20"], storage });
    await first.optimize(({ params }) => evaluate(params), { trials: 12 });
    const { front } = first.summary();
    await first.close();
    const again = await createStudy({ ...FRAUD, minimize: ["ms", "falseAlarms"], storage });
    expect(again.created).toBe(false);
    expect(again.summary().front).toEqual(front);
    expect(again.settings.limits).toEqual(["ms <= 20"]);
    expect(again.metrics[1]).toEqual({ name: "falseAlarms", direction: "minimize", goal: 0.3 });
    expect(await again.replay()).toMatchObject({ checked: 12, differences: [] });
    await again.close();
    await expect(createStudy({ ...FRAUD, minimize: ["ms"], storage })).rejects.toThrow(
      "it tunes maximize recall, minimize falseAlarms, minimize ms, not maximize recall, minimize ms",
    );
    const opened = await openStudy({ name: "fraud", storage });
    expect(opened.summary().front).toEqual(front);
    await opened.close();
  });

  it("may change its goals, which are shown and kept, and seen by no suggestion from before", async () => {
    registerSampler({
      name: "goal-reader",
      objectives: "many",
      create: () => ({
        name: "goal-reader",
        needsView: false,
        suggest: (_, { metrics, streams, number, space: asked }) => {
          const goals = metrics.map(({ goal = 0 }) => goal).reduce((sum, goal) => sum + goal, 0);
          return [{ params: sampleUniform(asked, streams(number + Math.round(1000 * goals))) }];
        },
      }),
    });
    const storage = await openStorage(":memory:");
    const study = { ...FRAUD, sampler: "goal-reader", storage } as const;
    const run = async (goals?: readonly string[]) => {
      const own = await createStudy({ ...study, ...(goals && { goals }) });
      await own.optimize(({ params }) => evaluate(params), { trials: own.trials().length + 1 });
      const { metrics, notices } = own;
      await own.close();
      return { goals: metrics.map(({ goal }) => goal ?? null), notices };
    };
    expect(await run(["falseAlarms <= 0.3"])).toEqual({ goals: [null, 0.3, null], notices: [] });
    expect(await run()).toEqual({ goals: [null, 0.3, null], notices: [] });
    expect(await run(["recall >= 0.9", "ms <= 5"])).toEqual({
      goals: [0.9, null, 5],
      notices: ["The goals change from falseAlarms <= 0.3 to ms <= 5, recall >= 0.9."],
    });
    expect(await run()).toEqual({ goals: [0.9, null, 5], notices: [] });
    expect(await run([])).toEqual({
      goals: [null, null, null],
      notices: ["The goals are taken away: ms <= 5, recall >= 0.9."],
    });
    expect(await run(["ms <= 9"])).toEqual({ goals: [null, null, 9], notices: ["Goals from now on: ms <= 9."] });
    const opened = await openStudy({ name: "fraud", storage });
    expect(await opened.replay()).toMatchObject({ checked: 6, differences: [] });
    expect(opened.metrics.map(({ goal }) => goal)).toEqual([undefined, undefined, 9]);
    await opened.close();
    await expect(createStudy({ ...study, goals: ["ms >= 9"] })).rejects.toThrow('so that its goal is "ms <= 9"');
    expect((await storage.overview())[0]).toMatchObject({ parts: { metrics: [{}, {}, { goal: 9 }] } });
    await storage.close();
  });

  it("is imported into by names, all of them", async () => {
    const study = await createStudy(FRAUD);
    const imported = { params: { threshold: 0.5, depth: 3 }, state: "complete", reports: [], attributes: {} } as const;
    const times = { startedAt: 1, finishedAt: 2 };
    const missing = study.importTrials([{ ...imported, ...times, values: { recall: 1, ms: 3 } } as never]);
    await expect(missing).rejects.toThrow("Trial 0 to import: It has no value of falseAlarms.");
  });
});

describe("limits", () => {
  const LIMITED = {
    name: "limited",
    minimize: "loss",
    limits: ["ms <= 20"],
    space,
    seed: 3,
    sampler: "random",
  } as const;
  const run = ({ threshold, depth }: { readonly threshold: number; readonly depth: number }) => ({
    loss: threshold - depth,
    ms: depth,
  });

  it("come before the objective: what keeps them is better than what does not", async () => {
    const study = await createStudy(LIMITED);
    const best: number[] = [];
    const { best: winner } = await study.optimize(({ params }) => run(params), {
      trials: 40,
      onEvent: (event) => {
        if (event.type === "finished" && event.best) best.push(event.trial.number);
      },
    });
    const kept = study.trials().filter(({ params }) => params.depth <= 20);
    const expected = kept.reduce((a, b) => (run(b.params).loss < run(a.params).loss ? b : a));
    expect(winner).toMatchObject({ number: expected.number, limits: { feasible: true, violation: 0, broken: [] } });
    expect(best.at(-1)).toBe(expected.number);
    expect(best.every((number) => study.trial(number).params.depth <= 20)).toBe(true);
    const { runnerUp, candidate } = winner!;
    expect(study.trial(runnerUp!.number).params.depth).toBeLessThanOrEqual(20);
    expect(candidate).toBe(null);
  });

  it("give the least broken while nothing keeps them, and say so", async () => {
    const study = await createStudy({ ...LIMITED, limits: ["ms <= 0", "loss >= 0"] });
    const { best, front } = await study.optimize(({ params }) => run(params), { trials: 9 });
    expect(best).toMatchObject({ limits: { feasible: false, broken: ["ms <= 0", "loss >= 0"] } });
    expect(front).toEqual([]);
    expect(study.trial(best!.number).params.depth).toBe(Math.min(...study.trials().map(({ params }) => params.depth)));
    const many = await createStudy({ ...FRAUD, limits: ["ms <= 0"] });
    const result = await many.optimize(({ params }) => evaluate(params), { trials: 9 });
    expect(result).toMatchObject({ best: null, front: [] });
    const { nearest } = many.summary();
    expect(nearest!.limits).toMatchObject({ feasible: false, broken: ["ms <= 0"] });
    expect(nearest!.values.ms).toBe(Math.min(...many.trials().map(({ params }) => params.depth)));
  });

  it("may look at what is only kept, and at parameters", async () => {
    const study = await createStudy({ ...LIMITED, limits: ["watts <= 2 * depth"] });
    expect(study.settings.limits).toEqual(["watts <= 2 * params.depth"]);
    const { best } = await study.optimize(({ params }) => ({ loss: params.depth, watts: 20 }), { trials: 20 });
    expect(best!.params.depth).toBeGreaterThanOrEqual(10);
    expect(best!.limits).toMatchObject({ feasible: true });
  });

  it("are told of where a result was never given", async () => {
    const study = await createStudy({ ...LIMITED, limits: ["mss <= 20"] });
    const { best } = await study.optimize(({ params }) => run(params), { trials: 5 });
    expect(best).toMatchObject({
      limits: { feasible: false, violation: Number.POSITIVE_INFINITY, broken: ["mss <= 20"] },
    });
  });

  it("hold target and patience back", async () => {
    const study = await createStudy(LIMITED);
    const losses = [-9, -8, -3];
    const { reason } = await study.optimize(({ number }) => ({ loss: losses[number]!, ms: 30 - 9 * number }), {
      trials: 3,
      target: -2.5,
    });
    expect([reason, study.trials().length]).toEqual(["target", 3]);
    const patient = await createStudy(LIMITED);
    const ms = [40, 35, 30, 25, 19, 19, 19, 19, 19];
    const ended = await patient.optimize(({ number }) => ({ loss: number, ms: ms[number]! }), {
      trials: 9,
      patience: 3,
    });
    expect([ended.reason, patient.trials().length]).toEqual(["patience", 8]);
  });

  it("may change later, at once for all trials", async () => {
    const storage = file();
    const study = await createStudy({ ...LIMITED, storage });
    await study.optimize(({ params }) => run(params), { trials: 30 });
    const before = study.summary().winner!.number;
    await study.close();
    const again = await createStudy({ ...LIMITED, limits: ["ms <= 5", "loss >= -30"], storage });
    expect(again.notices).toContain(
      'The limits change from "ms <= 20" to "ms <= 5", "loss >= -30", for the trials so far as well.',
    );
    const { winner } = again.summary();
    expect(winner!.number).not.toBe(before);
    expect(again.trial(winner!.number).params.depth).toBeLessThanOrEqual(5);
    expect(await again.replay()).toMatchObject({ checked: 30, differences: [] });
    await again.close();
    const without = await createStudy({ ...LIMITED, limits: [], storage });
    expect(without.settings).not.toHaveProperty("limits");
    expect(without.notices).toContain('The limits are taken away: "ms <= 5", "loss >= -30".');
    expect(without.summary().winner).not.toHaveProperty("limits");
    await without.close();
  });

  it("are no reason for another sampler that was chosen for them, which is refused by name", async () => {
    const storage = file();
    const sampler = { name: "program", command: ["sampler"] };
    const study = await createStudy({ name: "late", minimize: "loss", space, storage, sampler });
    await study.close();
    await expect(createStudy({ name: "late", minimize: "loss", space, storage, limits: ["ms <= 3"] })).rejects.toThrow(
      'The sampler program knows no limits, and the study has "ms <= 3". Choose one that can: random, grid, qmc',
    );
    const changed = await createStudy({
      name: "late",
      minimize: "loss",
      space,
      storage,
      limits: ["ms <= 3"],
      sampler: "random",
    });
    expect(changed.settings).toMatchObject({ sampler: { name: "random" }, limits: ["ms <= 3"] });
    await changed.close();
  });

  it("hold on to the parameters that they name", async () => {
    const study = await createStudy({ ...LIMITED, limits: ["ms <= depth"] });
    await expect(study.editSpace({ drop: ["depth"] })).rejects.toThrow(
      'The limit "ms <= params.depth" looks at depth, which the new space does not have; change the limits first.',
    );
    await expect(study.editSpace({ rename: { depth: "levels" } })).rejects.toThrow("which the new space does not have");
  });

  it("are seen by samplers with the values they look at, as they were at that time", async () => {
    const storage = file();
    const seen: unknown[] = [];
    const hash = HASH_VIEW.create({}, { parameters: [], where: [] }, { spaceVersion: 1, settingsVersion: 1 });
    const sampler: Sampler = {
      ...hash,
      suggest: (view, request, count) => {
        const key = (request.limits ?? []).join(" and ");
        seen.push([request.number, key, Object.keys(view.columns.values)]);
        return hash.suggest(view, { ...request, seed: request.seed + key.length }, count);
      },
    };
    registerSampler({ name: "hash-limits", objectives: "many", limits: true, create: () => sampler });
    const next = async (limits: readonly string[]) => {
      const study = await createStudy({ ...FRAUD, sampler: "hash-limits", limits, storage });
      await study.optimize(({ params, number }) => ({ ...evaluate(params), watts: number, heat: 1 }), {
        trials: study.trialsSpent + 2,
      });
      return study;
    };
    for (const limits of [["watts <= 9"], ["heat <= 2"], []]) await (await next(limits)).close();
    const study = await next(["watts + heat <= 30"]);
    expect(seen.at(-1)).toEqual([7, "watts + heat <= 30", ["recall", "falseAlarms", "ms", "watts", "heat"]]);
    expect(seen[3]).toEqual([3, "heat <= 2", ["recall", "falseAlarms", "ms", "heat"]]);
    expect(seen[5]).toEqual([5, "", ["recall", "falseAlarms", "ms"]]);
    expect(await study.replay()).toMatchObject({ checked: 8, differences: [] });
    for (const { equal } of await study.why([...Array(8).keys()])) expect(equal).toBe(true);
    await study.close();
  });
});
