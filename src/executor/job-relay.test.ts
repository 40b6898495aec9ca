import { expect, it } from "vitest";
import type { FrozenJob, JobControl, JobEvents, JobResult } from "./executor.ts";
import { type Freezing, JobRelay } from "./job-relay.ts";

const ENDED: JobResult = {
  state: "complete",
  values: { loss: 1 },
  end: { outcome: "ok", message: null, exitCode: 0, signal: null, checkpoint: null },
};

/** A program in the hands of the test, and the job that it runs for. */
function program(freeze: Freezing["freeze"] = async () => 7) {
  const whole = Promise.withResolvers<JobResult>();
  const thawed: string[] = [];
  const job = newJob();
  const relay = new JobRelay(job.events, job.control);
  relay.begun({ freeze, thaw: () => thawed.push("thawed"), units: () => ({ loss: "s" }) });
  const result = relay.run(() => whole.promise);
  return { whole, thawed, job, relay, result };
}

function newJob() {
  const told: unknown[] = [];
  const [stop, kill, freeze] = [new AbortController(), new AbortController(), new AbortController()];
  const events: JobEvents = {
    report: (step, values) => told.push([step, values]),
    room: () => null,
    missing: (checkpoint) => told.push(checkpoint),
    unfrozen: (why) => told.push({ why }),
    ask: (parameter) => parameter.name,
  };
  const control: JobControl = { stop: stop.signal, kill: kill.signal, freeze: freeze.signal };
  return { told, events, control, stop, kill, freeze };
}

it("hands on what a program says, to the job of the time, and keeps what it says between two", async () => {
  const { whole, thawed, job, relay, result } = program();
  relay.events.report(1, { loss: 3 });
  relay.events.missing?.("gone");
  job.freeze.abort();
  const { frozen, end, state } = await result;
  expect([state, end.outcome, end.units, frozen?.bytes]).toEqual([null, "paused", { loss: "s" }, 7]);
  relay.events.report(2, { loss: 2 });
  expect(relay.events.room()).toBe(null);
  expect(job.told).toEqual([[1, { loss: 3 }], "gone"]);
  // The job is over: what it asks for concerns nobody.
  job.stop.abort();
  expect(relay.control.stop.aborted).toBe(false);
  const next = newJob();
  const woken = frozen!.wake(next.events, next.control);
  expect(thawed).toEqual(["thawed"]);
  relay.events.report(3, { loss: 1 });
  next.stop.abort();
  expect(relay.control.stop.aborted).toBe(true);
  whole.resolve(ENDED);
  expect(await woken).toBe(ENDED);
  expect(next.told).toEqual([
    [2, { loss: 2 }],
    [3, { loss: 1 }],
  ]);
  await frozen!.over;
});

it.each(["it has reasons", null])("tells why the program goes on: %s", async (why) => {
  const { whole, job, result } = program(async () => why);
  job.freeze.abort();
  await Promise.resolve();
  whole.resolve(ENDED);
  expect(await result).toBe(ENDED);
  expect(job.told).toEqual([{ why }]);
});

it("lets a program go on that was asked to end while it was being frozen", async () => {
  const gate = Promise.withResolvers<number>();
  const { whole, thawed, job, result } = program(() => gate.promise);
  job.freeze.abort();
  job.stop.abort();
  gate.resolve(7);
  await new Promise((resolve) => setImmediate(resolve));
  expect([thawed, job.told]).toEqual([["thawed"], [{ why: null }]]);
  whole.resolve(ENDED);
  expect(await result).toBe(ENDED);
});

it("tells an error of freezing as the job's own, and ends the program", async () => {
  const { job, relay, result } = program(() => Promise.reject(new Error("broken")));
  job.freeze.abort();
  await expect(result).rejects.toThrow("broken");
  expect(relay.control.kill.aborted).toBe(true);
});

it("ends a frozen program by asking first, and at once where there is no grace left", async () => {
  const frozenOf = async () => {
    const made = program();
    made.job.freeze.abort();
    return { ...made, frozen: (await made.result).frozen as FrozenJob };
  };
  const one = await frozenOf();
  const ended = one.frozen.end(60_000);
  expect([one.relay.control.stop.aborted, one.relay.control.kill.aborted]).toEqual([true, false]);
  void one.frozen.end(0);
  expect(one.relay.control.kill.aborted).toBe(true);
  one.whole.resolve(ENDED);
  expect(await ended).toBe(ENDED);
  // Nobody is left to be woken.
  const { events, control } = newJob();
  expect((await one.frozen.wake(events, control)).end.outcome).toBe("lost");
  const two = await frozenOf();
  void two.frozen.end(1);
  await new Promise((resolve) => two.relay.control.kill.addEventListener("abort", resolve));
  two.whole.resolve(ENDED);
  await two.frozen.over;
});
