import { expect, it } from "vitest";
import { ReportQueue } from "./report-queue.ts";

it.each([0, 1, 2, 3, 4, 5])(
  "sends what comes %i turns after a batch was written, without being asked to",
  async (turns) => {
    const sent: number[] = [];
    const queue = new ReportQueue(0, 0, async (reports) => {
      sent.push(...reports.map(({ step }) => step));
      if (sent.length === 1) void later(turns, () => queue.push({ step: 2, values: {} }));
    });
    queue.push({ step: 1, values: {} });
    await expect.poll(() => sent).toEqual([1, 2]);
  },
);

async function later(turns: number, act: () => void): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await null;
  act();
}
