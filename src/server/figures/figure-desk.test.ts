import { expect, it, onTestFinished, vi } from "vitest";
import { float } from "../../space/index.ts";
import { openStorage } from "../../storage/registry.ts";
import type { Storage } from "../../storage/storage.ts";
import { createStudy } from "../../study/index.ts";
import { StudyReader } from "../../study/study-reader.ts";
import { FigureDesk } from "./figure-desk.ts";
import { answerOf, FigureMaker } from "./figure-maker.ts";

const HISTORY = { figure: "history", points: 100 } as const;

async function desk(): Promise<{ readonly desk: FigureDesk; readonly storage: Storage }> {
  const storage = await openStorage(":memory:");
  const made = new FigureDesk(storage);
  onTestFinished(async () => {
    await made.close();
    await storage.close();
  });
  return { desk: made, storage };
}

async function studyOf(storage: Storage, name: string, values: readonly number[]) {
  const study = await createStudy({
    name,
    storage,
    minimize: "loss",
    sampler: "random",
    seed: 1,
    space: { x: float(0, 1) },
  });
  for (const value of values) await study.tell(await study.ask(), value);
  return study;
}

interface Told {
  readonly revision: number;
  readonly data: { readonly points: readonly { readonly value: number }[] };
}

it("makes a figure once a revision, whoever asks, and anew when the study moved", async () => {
  const { desk: figures, storage } = await desk();
  const study = await studyOf(storage, "a", [3, 1, 2]);
  const ask = async () => await figures.ask({ study: "a", ...HISTORY });
  const [first, second] = await Promise.all([ask(), ask()]);
  expect(second.json).toBe(first.json);
  expect((await ask()).json).toBe(first.json);
  const told = first.value as Told;
  expect(told.revision).toBe(study.revision);
  expect(told.data.points.map(({ value }) => value)).toEqual([3, 1, 2]);
  await study.tell(await study.ask(), 0.5);
  const later = (await ask()).value as Told;
  expect(later.revision).toBe(study.revision);
  expect(later.data.points.map(({ value }) => value)).toEqual([3, 1, 2, 0.5]);
});

it("keeps studies apart, more than it holds at a time", async () => {
  const { desk: figures, storage } = await desk();
  const names = ["a", "b", "c", "d", "e", "f"];
  for (const [place, name] of names.entries()) await studyOf(storage, name, [place]);
  for (let round = 0; round < 2; round++)
    for (const [place, name] of names.entries()) {
      const { data } = (await figures.ask({ study: name, ...HISTORY })).value as Told;
      expect(data.points).toMatchObject([{ value: place }]);
    }
});

it("draws, and refuses what does not fit the study as the study does", async () => {
  const { desk: figures, storage } = await desk();
  await studyOf(storage, "a", [3, 1, 2]);
  const drawn = await figures.ask(
    { study: "a", ...HISTORY },
    { theme: "light", width: 400, height: 300, heading: true },
  );
  expect((drawn.value as { readonly svg: string }).svg).toContain("<svg");
  await expect(figures.ask({ study: "a", ...HISTORY, metric: "nope" })).rejects.toMatchObject({
    code: "invalid-argument",
  });
  await expect(figures.ask({ study: "zzz", ...HISTORY })).rejects.toMatchObject({ code: "unknown-study" });
});

it("answers what all trials are looked at for as the study tells it, once a revision", async () => {
  const { desk: figures, storage } = await desk();
  const study = await studyOf(storage, "a", [3, 1, 2]);
  const asked = [{ look: "summary" }, { look: "health" }, { look: "course", metric: "loss" }] as const;
  for (const value of [0.5, 4]) {
    for (const one of asked) {
      const told = await figures.answer("a", one);
      expect(told.value).toEqual(JSON.parse(JSON.stringify(answerOf(study, one))));
      expect((await figures.answer("a", one)).json).toBe(told.json);
    }
    await study.tell(await study.ask(), value);
  }
  await expect(figures.answer("a", { look: "course", metric: "nope" })).rejects.toMatchObject({
    code: "invalid-argument",
  });
});

it("makes all of one revision of one list of its trials, and of the next one another", async () => {
  const { storage } = await desk();
  const study = await studyOf(storage, "a", [3, 1, 2]);
  const list = vi.spyOn(StudyReader.prototype, "list");
  onTestFinished(() => list.mockRestore());
  const maker = new FigureMaker();
  maker.take(study.id, { head: null, blocks: [], events: await storage.read(study.id, 0) });
  const ask = async () => {
    for (const look of ["summary", "health"] as const) await maker.make({ study: study.id, look });
    await maker.make({ study: study.id, look: "course", metric: undefined });
    await maker.make({ study: study.id, look: "figure", input: HISTORY, drawn: null });
  };
  await ask();
  expect(list).toHaveBeenCalledTimes(1);
  const known = study.revision;
  await study.tell(await study.ask(), 0.5);
  maker.learn(study.id, await storage.read(study.id, known));
  await ask();
  expect(list).toHaveBeenCalledTimes(2);
});

it("begins again after it was closed", async () => {
  const { desk: figures, storage } = await desk();
  const study = await studyOf(storage, "a", [1]);
  await figures.ask({ study: "a", ...HISTORY });
  await figures.close();
  await study.tell(await study.ask(), 2);
  expect(((await figures.ask({ study: "a", ...HISTORY })).value as Told).data.points).toHaveLength(2);
});
