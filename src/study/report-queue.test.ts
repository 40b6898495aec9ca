import { expect, it } from "vitest";
import { FULL_QUEUE, MOST_TOGETHER, ReportQueue } from "./report-queue.ts";

/** Longer than any test takes. */
const LONG = 2 ** 30;

it.each([0, 1, 2, 3, 4, 5])(
  "sends what comes %i turns after a batch was written, without being asked to",
  async (turns) => {
    const sent: number[] = [];
    const queue = new ReportQueue(
      () => 0,
      0,
      async (reports) => {
        sent.push(...reports.map(({ step }) => step));
        if (sent.length === 1) void later(turns, () => queue.push({ step: 2, values: {} }));
      },
    );
    queue.push({ step: 1, values: {} });
    await expect.poll(() => sent).toEqual([1, 2]);
  },
);

it("has room until so many reports are not written, and again when they are", async () => {
  const sent: number[] = [];
  let most = 0;
  const queue = new ReportQueue(
    () => 0,
    LONG,
    async (reports) => {
      await later(sent.length % 7, () => undefined);
      sent.push(...reports.map(({ seq }) => seq));
    },
  );
  const count = 3.5 * FULL_QUEUE;
  for (let step = 0; step < count; step++) {
    queue.push({ step, values: {} });
    most = Math.max(most, step + 1 - sent.length);
    for (let full = queue.room(); full !== null; full = queue.room()) await full;
  }
  await queue.flush();
  expect(most).toBe(FULL_QUEUE);
  expect(sent).toEqual(Array.from({ length: count }, (_, seq) => seq));
});

it("lets a program go on when the storage fails, and tells the failure at the end", async () => {
  let batches = 0;
  const queue = new ReportQueue(
    () => 0,
    LONG,
    async () => {
      batches += 1;
      throw new Error(`disk ${batches}`);
    },
  );
  for (let step = 0; step < 2.5 * FULL_QUEUE; step++) {
    queue.push({ step, values: {} });
    for (let full = queue.room(); full !== null; full = queue.room()) await full;
  }
  await expect(queue.flush()).rejects.toThrow("disk");
  expect(batches).toBe((2.5 * FULL_QUEUE) / MOST_TOGETHER);
});

it("has no room while a batch is under way that took all of it", async () => {
  const written = Promise.withResolvers<void>();
  const queue = new ReportQueue(
    () => 0,
    LONG,
    () => written.promise,
  );
  for (let step = 0; step < FULL_QUEUE; step++) queue.push({ step, values: {} });
  expect(queue.room()).not.toBeNull();
  expect(queue.busy).toBe(true);
  const room = queue.room();
  expect(room).not.toBeNull();
  written.resolve();
  await room;
  expect(queue.room()).toBeNull();
});

it.each([0, 1])(
  "tells each batch's failure to those who reported in it alone, and numbers on from what the log has (%i ms)",
  async (delay) => {
    const log: number[] = [];
    const tries: (readonly number[])[] = [];
    const queue = new ReportQueue(
      () => log.length,
      delay,
      async (reports) => {
        tries.push(reports.map(({ seq }) => seq));
        await null;
        if (tries.length === 2) throw new Error("no room");
        log.push(...reports.map(({ step }) => step));
      },
    );
    const first = [queue.push({ step: 10, values: {} }), queue.push({ step: 11, values: {} })];
    const sent = queue.flush();
    const second = [queue.push({ step: 12, values: {} }), queue.push({ step: 13, values: {} })];
    await Promise.all(first);
    await expect(second[0]).rejects.toThrow("no room");
    await expect(second[1]).rejects.toThrow("no room");
    await expect(sent).rejects.toThrow("no room");
    await queue.push({ step: 14, values: {} });
    await queue.flush();
    expect(log).toEqual([10, 11, 14]);
    expect(tries).toEqual([[0, 1], [2, 3], [2]]);
  },
);

it("sends what is reported in one turn together, without waiting for a clock", async () => {
  const sent: number[] = [];
  const queue = new ReportQueue(
    () => 0,
    0,
    async (reports) => void sent.push(reports.length),
  );
  const written = [1, 2, 3].map((step) => queue.push({ step, values: {} }));
  await null;
  expect(sent).toEqual([3]);
  await Promise.all(written);
});

it("sends so many together at most, in their order, and waits for each before the next", async () => {
  const sent: (readonly number[])[] = [];
  let atOnce = 0;
  const queue = new ReportQueue(
    () => 5,
    0,
    async (reports) => {
      atOnce += 1;
      expect(atOnce).toBe(1);
      sent.push(reports.map(({ seq }) => seq));
      await null;
      atOnce -= 1;
    },
  );
  const count = 2 * MOST_TOGETHER + 7;
  const written = Array.from({ length: count }, (_none, step) => queue.push({ step, values: {} }));
  await written[MOST_TOGETHER - 1];
  expect(sent.length).toBeLessThan(3);
  await queue.flush();
  expect(sent.map(({ length }) => length)).toEqual([MOST_TOGETHER, MOST_TOGETHER, 7]);
  expect(sent.flat()).toEqual(Array.from({ length: count }, (_none, k) => 5 + k));
  await Promise.all(written);
});

async function later(turns: number, act: () => void): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await null;
  act();
}
