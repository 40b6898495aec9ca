import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Scene, type Started } from "./support/scene.ts";

const MAIN = path.join(import.meta.dirname, "..", "..", "src", "cli", "main.ts");

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});
afterEach(() => scene.close());

const inScene = (name: string): string => path.join(scene.folder, name);

/** A run of the one trial there is, which ends when the file `go` is there. */
function run(): Started {
  const words = ["run", "--study", scene.study, "--storage", scene.storage, "--minimize", "loss", "--trials", "1"];
  const program = ": > begun; while [ ! -e go ]; do sleep 0.05; done; echo loss=$0";
  return scene.start([MAIN, ...words, "--sampler", "random", "--", "sh", "-c", program, "{x: 0.0..1.0}"]);
}

async function said(tuner: Started, words: RegExp): Promise<void> {
  await expect.poll(() => tuner.output, { timeout: 60_000 }).toMatch(words);
}

describe.runIf(process.platform === "linux")("A run that has nothing left to begin", () => {
  it("says which process has what it waits for, and how to wake it when that stands still", async () => {
    const first = run();
    while (!existsSync(inScene("begun"))) await sleep(10);
    const second = run();
    await said(second, new RegExp(`note: nothing is left to begin here; trial 0 runs in process ${first.pid}\\.\n`));
    first.child.kill("SIGSTOP");
    await said(
      second,
      new RegExp(`trial 0 runs in process ${first.pid}, which stands still: kill -CONT ${first.pid} wakes it\\.\n`),
    );
    first.child.kill("SIGCONT");
    writeFileSync(inScene("go"), "");
    const [one, two] = [await first.ended, await second.ended];
    expect([one.code, two.code], `${one.output}\n${two.output}`).toEqual([0, 0]);
    expect(two.output.split("nothing is left to begin").length - 1).toBe(2);
  }, 180_000);
});
