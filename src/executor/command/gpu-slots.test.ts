import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type GpuLease, GpuSlots } from "./gpu-slots.ts";

const never = new AbortController().signal;

describe("GpuSlots", () => {
  it("never puts more trials on a GPU than allowed, gives each trial different ones, and serves all in turn", () => {
    const plans = fc
      .record({ count: fc.integer({ min: 1, max: 5 }), trialsPerGpu: fc.integer({ min: 1, max: 3 }) })
      .chain((plan) => fc.record({ plan: fc.constant(plan), gpusPerTrial: fc.integer({ min: 1, max: plan.count }) }));
    return fc.assert(
      fc.asyncProperty(plans, fc.array(fc.nat(), { maxLength: 30 }), async ({ plan, gpusPerTrial }, turns) => {
        const gpus = Array.from({ length: plan.count }, (_, place) => `gpu-${place}`);
        const slots = new GpuSlots({ gpus, trialsPerGpu: plan.trialsPerGpu, gpusPerTrial });
        const held: GpuLease[] = [];
        const served: number[] = [];
        const check = (): void => {
          const used = new Map<string, number>();
          for (const lease of held) {
            expect(new Set(lease.gpus).size).toBe(gpusPerTrial);
            for (const gpu of lease.gpus) used.set(gpu, (used.get(gpu) ?? 0) + 1);
          }
          for (const count of used.values()) expect(count).toBeLessThanOrEqual(plan.trialsPerGpu);
        };
        const asked = turns.map((_, place) =>
          slots.take(never).then((lease) => {
            served.push(place);
            held.push(lease!);
            check();
          }),
        );
        for (const turn of turns) {
          await Promise.resolve();
          await new Promise(setImmediate);
          const [lease] = held.splice(held.length === 0 ? 0 : turn % held.length, 1);
          lease?.release();
          lease?.release();
        }
        await Promise.all(asked);
        expect(served).toEqual(turns.map((_, place) => place));
      }),
      { numRuns: 50 },
    );
  });

  it("gives the least used ones first, as often as allowed, and what is given back to who waited first", async () => {
    const slots = new GpuSlots({ gpus: ["a", "b"], trialsPerGpu: 2, gpusPerTrial: 1 });
    expect(slots.capacity).toBe(4);
    const leases: GpuLease[] = [];
    for (let taken = 0; taken < 4; taken++) leases.push((await slots.take(never))!);
    expect(leases.map(({ gpus }) => gpus)).toEqual([["a"], ["b"], ["a"], ["b"]]);
    const told: string[] = [];
    const waits = ["first", "second"].map((name) =>
      slots.take(never).then((lease) => told.push(`${name} ${lease?.gpus.join()}`)),
    );
    leases[1]!.release();
    // Given back once, however often that is said.
    leases[1]!.release();
    await waits[0];
    await new Promise(setImmediate);
    expect(told).toEqual(["first b"]);
    leases[0]!.release();
    await waits[1];
    expect(told).toEqual(["first b", "second a"]);
  });

  it("gives nothing to who comes later while others wait, and nothing to who is stopped already", async () => {
    const slots = new GpuSlots({ gpus: ["a", "b", "c"], trialsPerGpu: 1, gpusPerTrial: 2 });
    expect(slots.capacity).toBe(1);
    const first = await slots.take(never);
    const stop = new AbortController();
    const second = slots.take(stop.signal);
    expect(await slots.take(AbortSignal.abort())).toBeNull();
    stop.abort();
    expect(await second).toBeNull();
    first!.release();
    // Nobody waits any more: the next one is served at once, and what was given is not given to who was stopped.
    expect((await slots.take(never))!.gpus).toHaveLength(2);
  });

  it("lets a waiting trial go when it is stopped", async () => {
    const slots = new GpuSlots({ gpus: ["0"], trialsPerGpu: 1, gpusPerTrial: 1 });
    const first = await slots.take(never);
    const stop = new AbortController();
    const waiting = slots.take(stop.signal);
    const next = slots.take(never);
    stop.abort();
    expect(await waiting).toBeNull();
    first!.release();
    expect((await next)!.gpus).toEqual(["0"]);
  });

  it("refuses what can never be given", () => {
    expect(() => new GpuSlots({ gpus: ["0"], trialsPerGpu: 1, gpusPerTrial: 2 })).toThrow(/get 2 GPUs, but 1 is given/);
    expect(() => new GpuSlots({ gpus: ["0", "0"], trialsPerGpu: 1, gpusPerTrial: 1 })).toThrow(/given twice/);
  });
});
