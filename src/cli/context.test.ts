import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EXIT_CODES, exitCodeOf } from "./context.ts";

describe("exit codes", () => {
  it("are each told in docs/reference/exit-codes.md, and no others are", () => {
    const page = readFileSync(new URL("../../docs/reference/exit-codes.md", import.meta.url), "utf8");
    const told = [...page.matchAll(/^\| (\d+) \|/gm)].map((match) => Number(match[1]));
    expect(told).toEqual(Object.values(EXIT_CODES));
  });

  it("tell bad input, storage, conflict and faults of Attune apart", () => {
    expect(exitCodeOf("invalid-space")).toBe(2);
    expect(exitCodeOf("unknown-study")).toBe(2);
    expect(exitCodeOf("storage-read-only")).toBe(3);
    expect(exitCodeOf("conflict")).toBe(4);
    expect(exitCodeOf("same-failure")).toBe(1);
    expect(exitCodeOf("internal")).toBe(70);
  });
});
