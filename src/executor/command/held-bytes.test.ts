import { expect, it } from "vitest";
import { heldBytes, residentInPs } from "./held-bytes.ts";

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
