import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openStudy } from "../../src/index.ts";
import { type Ended, Scene } from "./support/scene.ts";

const root = path.join(import.meta.dirname, "..", "..");
let scene: Scene;
let folder = "";
beforeEach(() => {
  scene = new Scene();
  folder = path.join(scene.folder, "work");
  mkdirSync(folder);
});
afterEach(async () => await scene.close());

/** Removes the working folder after the third trial of a run. */
async function removeMidway(storage: string, ...options: readonly string[]): Promise<Ended> {
  const words = [
    path.join(root, "src", "cli", "main.ts"),
    ...["run", "--study", scene.study, "--storage", storage, "--minimize", "loss", "--sampler", "random"],
    ...[
      "--trials",
      "100000",
      "--workers",
      "2",
      ...options,
      "--",
      "sh",
      "-c",
      "sleep 0.05; echo loss=$0",
      "{x: 0.0..1.0}",
    ],
  ];
  const run = scene.start(words, { cwd: folder });
  await run.printed(4);
  rmSync(folder, { recursive: true, maxRetries: 50, retryDelay: 5 });
  const ended = await run.ended;
  expect(await scene.orphans(2)).toEqual([]);
  return ended;
}

it.each([[], ["--min-free", "0"]])(
  "ends when the working folder goes away with the storage in it %s",
  async (...options) => {
    const { code, output } = await removeMidway("attune.db", ...options);
    expect(output).toMatch(/attune\.db was removed or moved while it was in use, so nothing more can be kept in it/);
    expect(output).not.toMatch(/internal error|uv_cwd/);
    expect(code).toBe(3);
  },
);

it.each([[], ["--min-free", "0"]])("ends when it goes away and the storage stays %s", async (...options) => {
  const { code, output } = await removeMidway(scene.storage, ...options);
  expect(output).toMatch(/The working folder \S+work was removed or moved: no new trial begins/);
  expect(output).toMatch(/run the winner again/);
  expect(code).toBe(3);
  const study = await openStudy({ name: scene.study, storage: scene.storage });
  expect(study.trials().filter(({ state }) => state === "running")).toEqual([]);
  await study.close();
});
