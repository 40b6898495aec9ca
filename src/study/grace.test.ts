import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { expect, it } from "vitest";
import { Grace } from "./grace.ts";
import type { RunningJob } from "./run-job.ts";

function running(): RunningJob {
  const control = { stop: new AbortController(), kill: new AbortController(), freeze: new AbortController() };
  const claimed = { kind: "trial", trial: 0, segment: 0, attempt: 0, until: null } as const;
  return { claimed, token: "t", control };
}

const endOf = ({ control }: RunningJob) => [control.stop.signal.aborted, control.kill.signal.aborted];

it("lets trials finish for most of its time, then asks them to end, and ends them when it is over", async () => {
  const [first, second] = [running(), running()];
  const jobs = new Set([first]);
  const grace = new Grace(200, jobs);
  const begun = performance.now();
  grace.start();
  jobs.add(second);
  let asked = 0;
  first.control.stop.signal.addEventListener("abort", () => {
    asked = performance.now() - begun;
    expect(grace.killing).toBe(false);
  });
  await once(second.control.stop.signal, "abort");
  expect(asked).toBeGreaterThanOrEqual(155);
  expect([endOf(first), endOf(second)]).toEqual([
    [true, false],
    [true, false],
  ]);
  await once(second.control.kill.signal, "abort");
  expect(performance.now() - begun).toBeGreaterThanOrEqual(195);
  expect(grace.killing).toBe(true);
  expect(endOf(first)).toEqual([true, true]);
});

it("ends all trials at once where it is over before, and asks nobody later", async () => {
  const jobs = new Set([running()]);
  const grace = new Grace(20, jobs);
  grace.start();
  grace.now();
  expect(grace.killing).toBe(true);
  expect([...jobs].map(endOf)).toEqual([[true, true]]);
  const later = running();
  jobs.add(later);
  await delay(40);
  expect(endOf(later)).toEqual([false, false]);
});

it("begins once, and asks nobody once the run is over", async () => {
  const job = running();
  const grace = new Grace(20, new Set([job]));
  grace.start();
  grace.start();
  grace.clear();
  grace.start();
  await delay(40);
  expect(endOf(job)).toEqual([false, false]);
});
