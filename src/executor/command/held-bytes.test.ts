import { expect, it } from "vitest";
import { heldBytes, heldInProc, residentInPs } from "./held-bytes.ts";

it("tells what a process holds, and nothing of one that is gone", () => {
  const own = heldBytes([process.pid]);
  if (process.platform === "linux" || process.platform === "darwin") expect(own).toBeGreaterThan(10_000_000);
  expect(heldBytes([])).toBe(0);
  expect(heldBytes([2 ** 22 + 1])).toBe(0);
});

it("reads what ps tells", () => {
  expect(residentInPs("  1024\n 2048\n")).toBe(3 * 1024 * 1024);
  expect(residentInPs("")).toBe(0);
});

it("counts what is in memory and what is swapped out, shared pages in parts where that is told", () => {
  const rollup =
    "55d0-7ffe ---p 0 [rollup]\nRss:  900 kB\nPss:  500 kB\nPss_Dirty:  90 kB\nSwap:  80 kB\nSwapPss:  70 kB\n";
  const status = "Name:\tsh\nVmPeak:\t 9000 kB\nVmRSS:\t  900 kB\nVmSwap:\t   80 kB\n";
  expect(heldInProc(rollup, status)).toBe(570 * 1024);
  expect(heldInProc(null, status)).toBe(980 * 1024);
  expect(heldInProc("", status)).toBe(0);
  expect(heldInProc(null, "Name:\tkthreadd\n")).toBe(0);
});
