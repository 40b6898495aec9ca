import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { choice, defineSpace, float, spaceToJson } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy, openStudy } from "./create-study.ts";

const space = { x: float(0, 1) };
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-create-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("opening a study", () => {
  it("says what there is when there is none of that name", async () => {
    const storage = await openStorage(":memory:");
    const open = (name: string) => openStudy({ name, storage });
    await expect(open("digits")).rejects.toMatchObject({
      code: "unknown-study",
      message: 'There is no study "digits" in :memory:. It holds no study yet.',
      data: { name: "digits", names: [] },
    });
    for (const name of ["digits", "letters"]) await createStudy({ name, minimize: "loss", space, storage });
    await expect(open("digit")).rejects.toThrow(
      'There is no study "digit" in :memory:. It holds: digits, letters. Did you mean "digits"?',
    );
    await expect(open("something else")).rejects.toThrow(/It holds: digits, letters\.$/);
    expect((await open("letters")).created).toBe(false);
  });

  it("takes the space that the study has, and no other", async () => {
    const storage = await openStorage(":memory:");
    await createStudy({ name: "s", minimize: "loss", space, storage });
    const open = (given: typeof space) => openStudy({ name: "s", storage, space: given });
    expect((await open({ x: float(0, 1) })).space.parameters).toHaveLength(1);
    await expect(open({ x: float(0, 2) })).rejects.toMatchObject({
      code: "study-changed",
      message: expect.stringMatching(
        /^Study "s" has another space than the one given to openStudy.*x becomes .*2.* Give the space that it has/,
      ),
    });
    await expect(openStudy({ name: "s" } as never)).rejects.toThrow("openStudy needs a name and a storage; give both.");
  });

  it("closes what it opened itself, and leaves open what it was given", async () => {
    const file = join(folder, "attune.db");
    const own = await createStudy({ name: "s", minimize: "loss", space, storage: file });
    await own.ask();
    expect(existsSync(`${file}-wal`)).toBe(true);
    await own.close();
    await own.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
    await expect(own.ask()).rejects.toThrow('Study "s" was closed; open it again with openStudy or createStudy.');
    await expect(own.refresh()).rejects.toThrow('Study "s" was closed');
    const storage = await openStorage(":memory:");
    const given = await createStudy({ name: "s", minimize: "loss", space, storage });
    await given.close();
    expect(await storage.listStudies()).toHaveLength(1);
    await expect(given.ask()).rejects.toThrow('Study "s" was closed');
  });
});

describe("a new study", () => {
  it("is told from one that was there, and knows what it was made with", async () => {
    const storage = await openStorage(":memory:");
    const make = () => createStudy({ name: "s", maximize: "acc", space, storage, seed: 3 });
    const [first, second] = [await make(), await make()];
    expect([first.created, second.created]).toEqual([true, false]);
    expect(first).toMatchObject({ name: "s", seed: 3, location: ":memory:", trialsSpent: 0 });
    expect(first.metrics).toEqual([{ name: "acc", direction: "maximize" }]);
    await first.optimize(() => 1, { trials: 2 });
    expect(first.trialsSpent).toBe(2);
    expect(first.programParams(1)).toEqual(first.trial(1).params);
    expect(() => first.trial(2)).toThrow('Study "s" has no trial 2; it has trials 0 to 1.');
  });

  it("is not made where nothing fits its constraints", async () => {
    const storage = await openStorage(":memory:");
    const made = () =>
      createStudy({ name: "s", minimize: "loss", space: { a: choice([1, 2]) }, where: ["a > 5"], storage });
    await expect(made()).rejects.toMatchObject({ code: "invalid-space" });
    expect(await storage.listStudies()).toEqual([]);
  });

  it("has no parameter named until, which studies of before keep and none gets", async () => {
    const storage = await openStorage(":memory:");
    const made = (name: string) =>
      createStudy({ name, minimize: "loss", space: { until: float(0, 1) }, sampler: "random", storage });
    const reserved =
      "A parameter is named until, which is reserved: `${until}` in a command is the step that a trial is";
    await expect(made("new")).rejects.toMatchObject({
      code: "invalid-space",
      message: expect.stringContaining(reserved),
    });
    expect(await storage.listStudies()).toEqual([]);
    const { definition } = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", storage });
    const json = spaceToJson(defineSpace({ until: float(0, 1) }));
    await storage.createStudy({ ...definition, name: "old", space: json });
    const old = await made("old");
    expect([old.created, old.space.parameters.map(({ name }) => name)]).toEqual([false, ["until"]]);
    await old.editSpace({ set: { until: float(0, 2) } });
    const other = await openStudy({ name: "s", storage });
    await expect(other.editSpace({ add: { until: float(0, 1) }, was: { until: 0 } })).rejects.toThrow(reserved);
  });

  it("tells what another run of a trial would be given, and which configuration that is", async () => {
    const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", seed: 1 });
    await study.optimize(() => 1, { trials: 2 });
    expect(study.again(1)).toEqual({ params: study.trial(1).params, configuration: 1 });
    const number = await study.replicate(1, 1, 7);
    expect(study.trial(number)).toMatchObject({ params: study.trial(1).params, configuration: 1 });
    expect(study.again(number)).toEqual(study.again(1));
  });
});

it("leaves a storage open that it was given, and closes one that it opened", async () => {
  const storage = await openStorage(join(folder, "given.db"));
  const study = await createStudy({ name: "s", minimize: "loss", space, storage });
  await study.close();
  expect((await storage.listStudies()).map(({ name }) => name)).toEqual(["s"]);
  await storage.close();
  const own = await createStudy({ name: "s", minimize: "loss", space, storage: join(folder, "given.db") });
  await own.close();
  await expect(own.enqueue({ x: 0.5 })).rejects.toThrow();
});

it("closes the storage again that it opened for a study which cannot be had, and leaves one open that it was given", async () => {
  const file = join(folder, "attune.db");
  const first = await createStudy({ name: "s", minimize: "loss", space, storage: file });
  await first.optimize(() => 1, { trials: 1 });
  await first.close();
  await expect(createStudy({ name: "s", minimize: "other", space, storage: file })).rejects.toThrow(
    "exists and differs",
  );
  expect(existsSync(`${file}-wal`)).toBe(false);
  await expect(openStudy({ name: "nosuch", storage: file })).rejects.toThrow("There is no study");
  expect(existsSync(`${file}-wal`)).toBe(false);
  const storage = await openStorage(file);
  await expect(createStudy({ name: "s", minimize: "other", space, storage })).rejects.toThrow("exists and differs");
  await expect(openStudy({ name: "nosuch", storage })).rejects.toThrow("There is no study");
  expect(await storage.listStudies()).toHaveLength(1);
  await storage.close();
});

it("refuses options that there are not, and what grows that nobody looks at, and makes nothing", async () => {
  const storage = await openStorage(":memory:");
  const made = (more: object) => createStudy({ name: "s", minimize: "loss", space, storage, ...more });
  await expect(made({ trails: 5 })).rejects.toThrow(/^createStudy/);
  await expect(openStudy({ name: "s", storage, trails: 5 } as never)).rejects.toThrow(/^openStudy/);
  await expect(made({ grows: ["gb"] })).rejects.toThrow('grows names "gb"');
  expect(await storage.listStudies()).toEqual([]);
});

describe("what a study says before its first trial", () => {
  it("is that its space is nearly empty, until a trial began", async () => {
    const storage = await openStorage(":memory:");
    const two = { a: float(0, 1), b: float(0, 1) };
    const open = () =>
      createStudy({ name: "s", minimize: "loss", space: two, where: ["a + b < 0.001"], storage, sampler: "random" });
    const empty = [expect.stringMatching(/^The space is nearly empty: /)];
    expect((await open()).notices).toEqual(empty);
    const again = await open();
    expect(again.notices).toEqual(empty);
    await again.enqueue({ a: 0, b: 0 });
    expect((await open()).notices).toEqual(empty);
    await again.ask();
    expect((await open()).notices).toEqual([]);
    expect((await createStudy({ name: "wide", minimize: "loss", space: two, storage })).notices).toEqual([]);
  });

  it("is that its defaults cannot be tried first, the first time alone", async () => {
    const storage = await openStorage(":memory:");
    const open = () =>
      createStudy({
        name: "s",
        minimize: "loss",
        space: { a: float(0, 1, { default: 0.9 }), b: float(0, 1, { default: 0.9 }) },
        where: ["a + b < 1"],
        storage,
      });
    const study = await open();
    expect(study.notices).toEqual([
      "The defaults are not tried first: they are inactive together, or break a constraint.",
    ]);
    expect(study.trials()).toEqual([]);
    expect((await open()).notices).toEqual([]);
  });

  it("is nothing of a grid, which has its own cells, nor where one parameter alone has a default that is tried", async () => {
    const one = { a: choice([1, 2], { default: 2 }), b: choice([1, 2]) };
    const grid = await createStudy({ name: "s", minimize: "loss", space: one, sampler: "grid" });
    expect([grid.notices, grid.trials()]).toEqual([[], []]);
    const study = await createStudy({ name: "s", minimize: "loss", space: one });
    expect([study.notices, study.trials().length]).toEqual([[], 1]);
    expect(study.trial(0)).toMatchObject({ origin: "enqueued", params: { a: 2 } });
    const none = await createStudy({ name: "s", minimize: "loss", space: { b: choice([1, 2]) } });
    expect([none.notices, none.trials()]).toEqual([[], []]);
  });
});
