import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { registerSampler, samplerNames } from "../sampler/registry.ts";
import { HASH_VIEW } from "../sampler/testing/hash-view.testing.ts";
import { WARM_MODEL } from "../sampler/testing/warm-model.testing.ts";
import { registerScheduler, schedulerNames } from "../scheduler/registry.ts";
import { PAUSE_AND_PROMOTE } from "../scheduler/testing/pause-and-promote.testing.ts";
import { choice, type DefineByRun, float, int } from "../space/index.ts";
import { MemoryStorage, MemoryStore } from "../storage/memory/memory-storage.ts";
import { createStudy, openStudy } from "./create-study.ts";

const space = { x: float(-3, 3), n: int(1, 9), kind: choice(["a", "b", "c"]) };

beforeAll(() => {
  for (const entry of [HASH_VIEW, WARM_MODEL]) if (!samplerNames().includes(entry.name)) registerSampler(entry);
  if (!schedulerNames().includes(PAUSE_AND_PROMOTE.name)) registerScheduler(PAUSE_AND_PROMOTE);
});

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-replay-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const file = (): string => join(folder, "attune.db");

const objective = ({ params }: { params: { x: number; n: number; kind: string } }): number =>
  params.x * params.x + params.n + (params.kind === "a" ? 0 : 1);

describe.each(["random", "grid", "hash-view", "warm-model"])("a study sampled by %s", (sampler) => {
  it("replays bit for bit after parallel handles, enqueued, failed, invalid and restored trials", async () => {
    const open = () => createStudy({ name: "s", minimize: "loss", space, sampler, storage: file() });
    const first = await open();
    await first.enqueue({ x: 0.5, n: 2, kind: "b" });
    await first.optimize(objective, { trials: 6, workers: 3 });
    const [left, right] = await Promise.all([open(), open()]);
    await left.invalidate(3, "wrong data");
    await Promise.all([
      left.optimize((trial) => (trial.number % 5 === 0 ? Number.NaN : objective(trial)), {
        trials: 20,
        workers: 3,
        keepGoing: true,
      }),
      right.optimize(objective, { trials: 20, workers: 2, keepGoing: true }),
    ]);
    await left.restore(3);
    await left.optimize(objective, { trials: 26, workers: 2, keepGoing: true });
    await first.refresh();
    expect(first.trialsSpent).toBe(26);
    expect(first.trials().map((trial) => trial.number)).toEqual(first.trials().map((_, number) => number));
    const report = await first.replay();
    expect(report).toMatchObject({ differences: [], otherEngine: [], skipped: 1 });
    expect(report.checked).toBe(first.trials().length - 1);
    const explained = await first.why(first.trials().map(({ number }) => number));
    expect(explained.filter(({ equal }) => !equal)).toEqual([]);
    for (const study of [first, left, right]) await study.close();
  });
});

it("replays a study whose trials are paused and promoted, and a trial ends once", async () => {
  const study = await createStudy({
    name: "s",
    minimize: "loss",
    space,
    sampler: "hash-view",
    scheduler: PAUSE_AND_PROMOTE.name,
    storage: file(),
  });
  await study.optimize(
    async (trial) => {
      let loss = Number.POSITIVE_INFINITY;
      for (let step = 1; step <= (trial.until ?? 9); step += 1) {
        loss = objective(trial) + 1 / step;
        trial.report(step, loss);
        await new Promise((resolve) => setImmediate(resolve));
        if (trial.shouldStop()) break;
      }
      return loss;
    },
    { trials: 12, workers: 3 },
  );
  const trials = study.trials();
  expect(study.trialsSpent + trials.filter((trial) => trial.state === "paused").length).toBe(12);
  expect(trials.length).toBe(12);
  expect(trials.some((trial) => trial.segments.length > 1)).toBe(true);
  expect(await study.replay()).toMatchObject({ differences: [], otherEngine: [] });
  await study.close();
});

it("leaves what another tool chose to that tool, whatever its names are, and recomputes what was chosen beside it", async () => {
  const storage = new MemoryStorage(new MemoryStore());
  const study = await createStudy({ name: "guest", minimize: "loss", sampler: "hash-view", seed: 3, storage });
  const objective = (trial: DefineByRun): number => trial.float("rate", 0, 1) + trial.int("layers", 1, 4);
  const guest = { params: {}, values: {}, reports: [], startedAt: 1, finishedAt: null, attributes: {} };
  const owner = { kind: "foreign", token: "f", source: "other" } as const;
  for (let round = 0; round < 3; round++) {
    const trials = [{ ...guest, state: "running", owner: { ...owner, token: `f${round}` } } as const];
    const { result } = await storage.execute(study.id, { type: "import", trials }, 0);
    const [trial] = result.numbers as [number];
    const definitions = [
      { name: "rate", domain: { type: "float", low: 0, high: 1 }, value: 0.123 },
      { name: "a b", domain: { type: "float", low: 0, high: 1 }, value: 5, given: "x" },
      { name: "kind", domain: null, value: 5 },
    ];
    await storage.execute(study.id, { type: "define", trial, token: null, definitions }, 0);
    const move = { type: "transition", from: "running", to: "complete", owner, values: { loss: 0.5 } } as const;
    await storage.execute(study.id, { ...move, trial }, 0);
    await study.optimize(objective, { trials: 4 * (round + 1) });
  }
  expect(await study.replay()).toMatchObject({ checked: 12, skipped: 3, differences: [] });
  expect((await study.why([0, 5]))[1]).toMatchObject({ equal: true });
  await study.close();
});

it("names the trial and the parameter that was tampered with", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: "random", storage: file() });
  await study.optimize(objective, { trials: 5 });
  await study.close();
  const database = new DatabaseSync(file());
  const changed = database
    .prepare(
      "UPDATE event SET body = json_set(body, '$.params.n', 10 - json_extract(body, '$.params.n') + 0.5) WHERE json_extract(body, '$.type') = 'proposed' AND json_extract(body, '$.trial') = 3",
    )
    .run();
  expect(Number(changed.changes)).toBe(1);
  database.close();
  const again = await openStudy({ name: "s", storage: file() });
  const { differences, checked } = await again.replay();
  expect(checked).toBe(4);
  expect(differences).toMatchObject([{ trial: 3, parameter: "n" }]);
  await again.close();
});

it("does not count a trial as checked of which a value asked for was tampered with", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", sampler: "random", storage: file() });
  await study.optimize((trial) => trial.float("x", 0, 1) + trial.float("y", 0, 1), { trials: 4 });
  expect(await study.replay()).toMatchObject({ checked: 4, differences: [] });
  await study.close();
  const database = new DatabaseSync(file());
  const change = "json_set(body, '$.definitions[0].value', 0.123)";
  const event = "json_extract(body, '$.type') = 'defined' AND json_extract(body, '$.trial') = 2";
  expect(Number(database.prepare(`UPDATE event SET body = ${change} WHERE ${event}`).run().changes)).toBe(1);
  database.close();
  const again = await openStudy({ name: "s", storage: file() });
  const { differences, checked } = await again.replay();
  expect(differences).toMatchObject([{ trial: 2, parameter: "x", stored: 0.123 }]);
  expect(checked).toBe(3);
  await again.close();
});

it("explains several trials in one pass as it does each alone, in the order asked for", async () => {
  const study = await createStudy({ name: "s", minimize: "loss", space, sampler: { name: "gp", initial: 3 }, seed: 5 });
  await study.enqueue({ x: 0.5, n: 2, kind: "b" });
  await study.optimize(objective, { trials: 9, workers: 2 });
  const numbers = [8, 0, 3, 7];
  const alone = [];
  for (const number of numbers) alone.push(await study.why(number));
  expect(await study.why(numbers)).toEqual(alone);
  expect(alone.map(({ why }) => why?.phase ?? null)).toEqual(["model", null, "model", "model"]);
  expect(await study.why([])).toEqual([]);
  await expect(study.why([1, 99])).rejects.toThrow("no trial 99");
});

it.each(["hash-view", "tpe"])(
  "explains what %s suggested before the space was edited and the sampler changed",
  async (sampler) => {
    const given = { name: "s", minimize: "loss", storage: file(), seed: 3 };
    const study = await createStudy({ ...given, sampler, space });
    const loss = (trial: { readonly params: { readonly x: number } } & DefineByRun): number =>
      trial.params.x ** 2 + trial.float("asked", 0, 1) + (trial.params.x > 0 ? trial.int("more", 1, 3) : 0);
    await study.optimize(loss, { trials: 14, workers: 2 });
    await study.editSpace({ set: { x: float(-1, 1) }, add: { y: int(1, 4) }, was: { y: 2 } }, { accept: true });
    await study.invalidate(2);
    await study.optimize(loss, { trials: 22, workers: 2 });
    const now = study.space;
    await study.close();
    const changed = await createStudy({ ...given, sampler: "random", space: now });
    await changed.restore(2);
    await changed.optimize(({ params }) => Number(params.x), { trials: 26 });
    expect(await changed.replay()).toMatchObject({ differences: [] });
    const explained = await changed.why(changed.trials().map(({ number }) => number));
    expect(explained.filter(({ equal }) => !equal)).toEqual([]);
    expect(new Set(explained.map((one) => one.sampler))).toEqual(new Set([sampler, "random"]));
    await changed.close();
  },
);
