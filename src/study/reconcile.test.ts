import { beforeEach, describe, expect, it } from "vitest";
import { choice, float, int } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import type { Storage } from "../storage/storage.ts";
import { createStudy } from "./create-study.ts";
import type { StudyOptions } from "./study-options.ts";

const space = { lr: float(0.1, 1), layers: int(1, 6) };
let storage: Storage;
beforeEach(async () => {
  storage = await openStorage(":memory:");
});

const open = (options: Partial<StudyOptions> = {}) =>
  createStudy({ name: "s", minimize: "loss", space, storage, ...options });

async function refused(options: Partial<StudyOptions>): Promise<string> {
  return await open(options).then(
    () => "taken",
    (error: unknown) => (error instanceof Error ? error.message : ""),
  );
}

describe("a study that is asked for once more", () => {
  it("is taken as it is, with the same parts or with none named, and nothing is said or written", async () => {
    const given = { seed: 5, sampler: "random", extra: { note: "a" } } as const;
    const first = await open(given);
    await first.optimize(() => 1, { trials: 1 });
    for (const again of [given, {}]) {
      const second = await open(again);
      expect(second.notices).toEqual([]);
      expect(second.settings).toEqual(first.settings);
      expect(second.seed).toBe(5);
    }
  });

  it("takes another sampler, other options or the usual ones, and says so", async () => {
    await open({ sampler: "grid" });
    const notices = async (sampler: StudyOptions["sampler"]) => (await open({ sampler: sampler! })).notices;
    expect(await notices("grid")).toEqual([]);
    expect(await notices({ name: "grid", points: { lr: 7 } })).toEqual([
      'Sampler grid goes on with other options: {"points":{"lr":7}}.',
    ]);
    expect(await notices("grid")).toEqual(["Sampler grid goes on with its usual options."]);
    expect(await notices("random")).toEqual(["The sampler changes from grid to random."]);
    expect((await open()).settings.sampler.name).toBe("random");
  });

  it("takes any space while no trial has a value, and says what becomes of the trials there are", async () => {
    await open();
    const narrow = { space: { lr: float(0.1, 0.2), layers: int(1, 6) } };
    expect((await open(narrow)).notices).toEqual([
      "The space was changed: lr becomes 0.1..0.2 (was 0.1..1). No trial was made yet.",
    ]);
    const study = await open({ space });
    for (const lr of [0.15, 0.5]) {
      await study.enqueue({ lr, layers: 2 });
      await study.tell(await study.ask(), { failed: true });
    }
    const { notices } = await open(narrow);
    expect(notices).toEqual([
      "The space was changed: lr becomes 0.1..0.2 (was 0.1..1). No trial had a value yet; those made so far stay in the record and " +
        "in the budget, and samplers learn nothing of trial 1, outside the new space.",
    ]);
    const wide = await open({ space: { lr: float(0.1, 3), layers: int(1, 6) } });
    expect(wide.notices[0]).toMatch(/those made so far stay in the record and in the budget\.$/);
  });

  it("takes a wider space later too, and keeps the trials", async () => {
    const study = await open();
    await study.optimize(() => 1, { trials: 2 });
    const { notices } = await open({ space: { lr: float(0.01, 1), layers: int(1, 8) } });
    expect(notices).toEqual([
      "The space was widened: lr becomes 0.01..1 (was 0.1..1). layers becomes 1..8 (was 1..6). Old trials are kept.",
    ]);
  });

  it("names all that differs, and what may be done", async () => {
    const study = await open({ seed: 5, command: { argv: ["train", "{lr}"] } });
    await study.optimize(() => 1, { trials: 1 });
    const message = await refused({ minimize: "error", seed: 6, command: { argv: ["test", "{lr}"] } });
    expect(message).toContain(
      'Study "s" exists and differs from what is asked for: it tunes minimize loss, not minimize error (study.editObjectives changes that where it can be); its seed is 5, not 6; its ' +
        "program or arguments are others. A study may only be continued as it was, or with a wider space.",
    );
    expect(message).toContain("Start another under a name of its own");
  });

  it("refuses a space that is more than wider, with what makes it so", async () => {
    const study = await open();
    await study.enqueue({ lr: 0.5, layers: 2 });
    await study.optimize(() => 1, { trials: 1 });
    const kept = await refused({ space: { lr: float(0.4, 1), layers: int(1, 6) } });
    expect(kept).toContain("What would change: lr becomes 0.4..1 (was 0.1..1). It is not only wider (");
    expect(kept).toContain("though every trial so far can be kept.\n");
    expect(kept).toContain("To have it so, open the study and edit its space (study.editSpace).\n");
    const lost = await refused({ space: { lr: float(0.1, 0.2), layers: int(1, 6) } });
    expect(lost).toContain("lies outside the new space");
    const open_ = await refused({ space: { ...space, opt: choice(["a", "b"]) } });
    expect(open_).toContain(
      "Trials so far lack opt: say which value they count as (the one the program used until now).",
    );
    expect(open_).toContain(", and say what trials so far count as (was: { opt: VALUE }).\n");
    const wider = await open({ space: { ...space, opt: choice(["a", "b"]) }, was: { opt: "a" } });
    expect(wider.notices[0]).toMatch(/^The space was widened: opt is new .* Old trials are kept\.$/);
    expect(wider.programParams(0)).toEqual({ lr: 0.5, layers: 2, opt: "a" });
  });
});

/** The revision that the study's log has come to. */
async function written(): Promise<number> {
  const [found] = await storage.listStudies();
  return await storage.revision(found!.id);
}

/** Goes on with the study as given; answers what it says, having checked that once more it says and writes nothing. */
async function changed(options: Partial<StudyOptions>): Promise<readonly string[]> {
  const { notices } = await open(options);
  const revision = await written();
  expect((await open(options)).notices).toEqual([]);
  expect((await open()).notices).toEqual([]);
  expect(await written()).toBe(revision);
  return notices;
}

describe("what may change of a study, by its name alone", () => {
  it("its limits, of which it says what they were and are", async () => {
    const first = await open();
    await first.optimize(() => 1, { trials: 1 });
    expect(await changed({ limits: ["loss <= 2"] })).toEqual([
      'Limits from now on, for the trials so far as well: "loss <= 2".',
    ]);
    expect(await changed({ limits: ["loss <= 3", "loss >= 0"] })).toEqual([
      'The limits change from "loss <= 2" to "loss <= 3", "loss >= 0", for the trials so far as well.',
    ]);
    expect((await open()).settings.limits).toEqual(["loss <= 3", "loss >= 0"]);
    expect(await changed({ limits: [] })).toEqual(['The limits are taken away: "loss <= 3", "loss >= 0".']);
    expect((await open()).settings.limits).toBeUndefined();
  });

  it("its goals, in whatever order they are named, and as parts of its metrics", async () => {
    const two = { minimize: ["loss", "ms"] } as const;
    const reopen = async (goals?: readonly string[]) => (await open({ ...two, ...(goals && { goals }) })).notices;
    await reopen();
    expect(await reopen(["ms <= 9"])).toEqual(["Goals from now on: ms <= 9."]);
    expect(await reopen(["ms <= 9", "loss <= 1"])).toEqual(["The goals change from ms <= 9 to loss <= 1, ms <= 9."]);
    const revision = await written();
    expect(await reopen(["loss <= 1", "ms <= 9"])).toEqual([]);
    expect(await reopen()).toEqual([]);
    expect(await written()).toBe(revision);
    expect((await open(two)).metrics.map(({ goal }) => goal)).toEqual([1, 9]);
    expect(await reopen([])).toEqual(["The goals are taken away: loss <= 1, ms <= 9."]);
    const metrics = ["loss", "ms"].map((name) => ({ name, direction: "minimize", ...(name === "ms" && { goal: 5 }) }));
    const asMetrics = { name: "s", space, storage, metrics } as StudyOptions;
    expect((await createStudy(asMetrics)).notices).toEqual(["Goals from now on: ms <= 5."]);
  });

  it("its scheduler, what grows and what is kept besides, of which nothing is to be said", async () => {
    await open({ extra: { note: "a" }, grows: ["loss"], scheduler: "median" });
    expect(await changed({ extra: { note: "b" } })).toEqual([]);
    expect(await changed({ grows: [] })).toEqual([]);
    expect(await changed({ scheduler: { name: "percentile", percentile: 40 } })).toEqual([]);
    const { settings } = await open();
    expect(settings).toMatchObject({ extra: { note: "b" }, scheduler: { options: { percentile: 40 } } });
    expect(settings.grows).toBeUndefined();
    await open({ grows: ["loss"] });
    expect((await open()).settings.grows).toEqual(["loss"]);
    expect(await refused({ grows: ["gb"] })).toContain('grows names "gb"');
  });

  it("its program, while no trial has a value", async () => {
    const study = await open({ command: { argv: ["train", "{lr}"] } });
    expect((await open({ command: { argv: ["test", "{lr}"] } })).notices).toEqual([
      "The program or its arguments changed; no trial had a value yet.",
    ]);
    await study.optimize(() => 1, { trials: 1 });
    expect(await refused({ command: { argv: ["train", "{lr}"] } })).toContain("its program or arguments are others");
  });

  it("how its metric is read and how often its program starts, while no trial has a value", async () => {
    const study = await open({ extra: { metrics: { value: "best" } } });
    expect(await changed({ extra: { metrics: { value: "last" }, folds: 3 } })).toEqual([]);
    await study.refresh();
    await study.optimize(() => 1, { trials: 1 });
    expect(await refused({ extra: { metrics: { value: "best" }, folds: 3 } })).toContain(
      "is asked for: its metric is read in another way.",
    );
    const folds = (count: number) => ({ extra: { metrics: { value: "last" }, ...(count > 0 && { folds: count }) } });
    expect(await refused(folds(5))).toContain(
      "its trials start their program 3 times, once a fold, not 5 times, once a fold.",
    );
    expect(await refused(folds(0))).toContain("its trials start their program 3 times, once a fold, not once.");
    // What is kept besides is no other reading.
    expect(await refused({ extra: { metrics: { value: "last", keep: ["ms"], http: true }, folds: 3 } })).toBe("taken");
  });

  it("its objectives, where each trial has a value of the new one, with whatever else stays", async () => {
    const study = await open({ goals: ["loss <= 0"] });
    await study.optimize(() => ({ loss: 1, ms: 2 }), { trials: 1 });
    const two = { minimize: ["loss", "ms"] } as const;
    expect((await open(two)).notices).toEqual([
      "ms is an objective from now on, to minimize, for the trials so far as well.",
    ]);
    const revision = await written();
    const again = await open({ minimize: ["ms", "loss"] });
    expect(again.notices).toEqual([]);
    expect(again.metrics).toEqual([
      { name: "loss", direction: "minimize", goal: 0 },
      { name: "ms", direction: "minimize" },
    ]);
    expect(await written()).toBe(revision);
    expect(await refused({ ...two, scheduler: "wilcoxon" })).toContain("wilcoxon");
    expect(await refused({ minimize: ["loss", "ms"], goals: [], limits: ["nosuch > 1"] })).toBe("taken");
  });

  it("no space by which a limit would look at nothing, nor what its sampler cannot do", async () => {
    await open({ limits: ["loss <= 2 * lr"] });
    expect(await refused({ space: { layers: int(1, 6) } })).toBe(
      'The limit "loss <= 2 * params.lr" looks at lr, which the new space does not have; change the limits first.',
    );
    expect(await refused({ space: { layers: int(1, 6) }, limits: [] })).toBe("taken");
  });

  it("writes what trials lack as a part of the change, and nothing of that where nothing was said", async () => {
    const study = await open();
    await study.optimize(() => 1, { trials: 1 });
    await open({ space: { ...space, layers: int(1, 9) } });
    await open({ space: { ...space, layers: int(1, 9), opt: choice(["a", "b"]) }, was: { opt: "b" } });
    const events = (await storage.read(study.id, 0))
      .map(({ event }) => event)
      .filter(({ type }) => type === "space-changed");
    expect(events).toHaveLength(2);
    expect(events[0]).not.toHaveProperty("carry");
    expect(events[1]).toMatchObject({ carry: { was: { opt: "b" }, renamed: {} } });
  });
});
