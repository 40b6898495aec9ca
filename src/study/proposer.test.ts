import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { float, int } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import { leasedOwner } from "./new-owner.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-proposer-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("needs no reservation when workers ask at once for suggestions that depend on no history", async () => {
  const storage = await openStorage(join(folder, "attune.db"));
  const study = await createStudy({
    name: "s",
    minimize: "loss",
    space: { x: float(0, 1) },
    storage,
    sampler: "random",
  });
  await study.optimize(({ params }) => params.x, { trials: 80, workers: 8 });
  const types = (await storage.read(study.id, 0)).map(({ event }) => event.type);
  expect(types.filter((type) => type === "proposed").length).toBe(80);
  // A claim that crosses another's answer may miss its number; without order among them nearly all would.
  expect(types.filter((type) => type === "reserved").length).toBeLessThan(8);
  await storage.close();
});

it("asks a sampler that has no more only once while others still run", async () => {
  const storage = await openStorage(":memory:");
  const space = { x: int(0, 5) };
  const study = await createStudy({ name: "s", minimize: "loss", space, storage, sampler: "grid" });
  const last = Promise.withResolvers<void>();
  const running = study.optimize(
    async ({ params, report }) => {
      if (params.x === 5) {
        await expect.poll(() => study.trials().filter(({ state }) => state === "complete").length).toBe(5);
        for (let step = 0; step < 100; step++) {
          await new Promise(setImmediate);
          await report(step, 1);
        }
        last.resolve();
      }
      return params.x;
    },
    { workers: 4 },
  );
  await last.promise;
  expect(await running).toMatchObject({ reason: "exhausted", trialsSpent: 6 });
  const types = (await storage.read(study.id, 0)).map(({ event }) => event.type);
  // Once for each trial, and for each end of one that left a worker without another, at most.
  expect(types.filter((type) => type === "reserved").length).toBeLessThanOrEqual(12);
  await storage.close();
});

it("takes over the reservation of a process that stands still once its lease has run out", async () => {
  const storage = await openStorage(":memory:");
  const study = await createStudy({ name: "s", minimize: "loss", space: { x: float(0, 1) }, storage, sampler: "tpe" });
  const proposer = leasedOwner("stopped");
  const reserve = { type: "reserve", proposer, count: 1, limit: null, evidence: null } as const;
  expect((await storage.execute(study.id, reserve, 0)).result).toMatchObject({ kind: "reserved" });
  const asked = study.ask();
  await storage.renew(study.id, [proposer.token], 0);
  expect((await asked).number).toBe(0);
  const release = storage.execute(study.id, { type: "release", token: proposer.token }, 0);
  await expect(release).rejects.toThrow("another proposer took it over");
  await storage.close();
});

it("claims the trials of one proposal side by side, so that one transaction takes them", async () => {
  const storage = await openStorage(":memory:");
  const execute = storage.execute.bind(storage);
  let underWay = 0;
  let most = 0;
  storage.execute = async (id, command, known) => {
    if (command.type === "claim") most = Math.max(most, ++underWay);
    await new Promise(setImmediate);
    return await execute(id, command, known).finally(() => {
      if (command.type === "claim") underWay -= 1;
    });
  };
  const study = await createStudy({ name: "s", minimize: "loss", space: { x: float(0, 1) }, storage, sampler: "tpe" });
  const { trialsSpent } = await study.optimize(({ params }) => params.x, { trials: 60, workers: 16 });
  expect(trialsSpent).toBe(60);
  expect(most).toBeGreaterThan(3);
  expect(await study.replay()).toMatchObject({ checked: 60, differences: [] });
  await storage.close();
});

it("goes on without reservations after a trial that somebody put in between while many were asked for", async () => {
  const storage = await openStorage(join(folder, "attune.db"));
  const space = { x: float(0, 1) };
  const study = await createStudy({ name: "s", minimize: "loss", space, storage, sampler: "random" });
  const numbers: number[] = [];
  for (let round = 0; round < 5; round++) {
    const asked = Array.from({ length: 8 }, () => study.ask());
    asked.splice(
      4,
      0,
      study.enqueue({ x: round / 5 }).then(() => study.ask()),
    );
    asked.push(...Array.from({ length: 8 }, () => study.ask()));
    numbers.push(...(await Promise.all(asked)).map(({ number }) => number));
  }
  expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 85 }, (_, k) => k));
  const types = (await storage.read(study.id, 0)).map(({ event }) => event.type);
  expect(types.filter((type) => type === "reserved").length).toBeLessThan(8);
  expect(await study.replay()).toMatchObject({ differences: [] });
  await storage.close();
});
