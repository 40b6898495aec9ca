import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { afterEach, describe, expect, it } from "vitest";
import { LeftoverSweep } from "./leftover-sweep.ts";

const begun: ReturnType<typeof spawn>[] = [];
afterEach(() => {
  for (const child of begun.splice(0)) child.kill("SIGKILL");
});

/** A daemon that an attempt has left, and its end. */
async function daemon(mark: string) {
  const child = spawn("sleep", ["1000"], { detached: true, env: { ATTUNE_RUN: `${mark}/` } });
  begun.push(child);
  await once(child, "spawn");
  return { child, ended: once(child, "exit") };
}

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

describe.runIf(process.platform === "linux")("what programs left behind", () => {
  it("is ended about a second after their attempts, those that are over alone", async () => {
    const run = randomUUID();
    const [first, second, other] = [await daemon(`${run}-1`), await daemon(`${run}-2`), await daemon(`${run}-3`)];
    const sweep = new LeftoverSweep();
    expect(sweep.found).toBe(false);
    const before = timers();
    const begin = performance.now();
    sweep.add(`${run}-1/`);
    sweep.add(`${run}-2/`);
    // It holds no process that is otherwise over.
    expect(timers()).toBe(before);
    expect(await first.ended).toEqual([null, "SIGKILL"]);
    expect(await second.ended).toEqual([null, "SIGKILL"]);
    expect(performance.now() - begin).toBeGreaterThanOrEqual(990);
    expect(other.child.signalCode).toBeNull();
    await sweep.end(`${run}-9`);
    expect(sweep.found).toBe(true);
    expect(other.child.signalCode).toBeNull();
    const later = await daemon(`${run}-4`);
    sweep.add(`${run}-4/`);
    expect(await later.ended).toEqual([null, "SIGKILL"]);
  });

  it("is nothing where nothing was left", async () => {
    const sweep = new LeftoverSweep();
    sweep.add(randomUUID());
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await sweep.end(randomUUID());
    expect(sweep.found).toBe(false);
  });

  it("is all ended at the end, by what the marks have in common, and none is looked for later", async () => {
    const run = randomUUID();
    const another = randomUUID();
    const [left, later] = [await daemon(`${run}-1`), await daemon(another)];
    const sweep = new LeftoverSweep();
    sweep.add(another);
    await sweep.end(run);
    expect(await left.ended).toEqual([null, "SIGKILL"]);
    expect(sweep.found).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(later.child.signalCode).toBeNull();
  });
});
