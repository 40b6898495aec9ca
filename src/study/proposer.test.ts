import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";

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
