import { expect, it } from "vitest";
import type { Job, JobControl, JobEvents, JobResult } from "../executor.ts";
import { runFolds } from "./run-folds.ts";

const END = { outcome: "ok", message: null, exitCode: 0, signal: null, checkpoint: null } as const;
const job = { metrics: ["loss"] } as unknown as Job;
const control = {
  stop: new AbortController().signal,
  kill: new AbortController().signal,
} as unknown as JobControl;

async function run(folds: readonly JobResult["values"][]) {
  const reports: unknown[] = [];
  const events = {
    report: (step: number, values: object) => reports.push([step, values]),
    room: () => null,
  } as unknown as JobEvents;
  let at = 0;
  const result = await runFolds(folds.length, job, { events, control }, async () => {
    const values = folds[at++]!;
    return { state: "complete", values, end: END };
  });
  return { result, reports };
}

it("has the mean of what every fold has a value of, and none of what some lack", async () => {
  const { result, reports } = await run([
    { loss: 1, ms: 5 },
    { loss: 4, ms: 7, extra: 1 },
    { loss: 1, ms: 6, extra: 3, late: 2 },
  ]);
  expect(result).toMatchObject({ state: "complete", values: { loss: 2, ms: 6 } });
  expect(Object.keys(result.values)).toEqual(["loss", "ms"]);
  expect(reports.map((each) => (each as [number])[0])).toEqual([1, 2, 3]);
});

it("fails where the mean is infinite in both directions", async () => {
  const { result } = await run([{ loss: "Infinity" }, { loss: "-Infinity" }]);
  expect(result).toMatchObject({ state: "failed", end: { outcome: "nan" } });
  expect((await run([{ loss: "Infinity" }, { loss: 3 }])).result.values).toEqual({ loss: "Infinity" });
});
