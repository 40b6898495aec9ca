import { readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { orIfGone, orIfRefused, orIfRefusedLater } from "./or-if-refused.ts";

const ours = new TypeError("ours");
const fail = (error: unknown) => (): string => {
  throw error;
};

describe("orIfRefused", () => {
  it("answers what was asked, or what is made of the code", () => {
    expect(
      orIfRefused(
        () => 7,
        () => 8,
      ),
    ).toBe(7);
    expect(
      orIfRefused(
        () => readFileSync("/no/such/file", "utf8"),
        (code) => code,
      ),
    ).toBe("ENOENT");
    expect(
      orIfRefused(
        () => readFileSync("/", "utf8"),
        (code) => code,
        ["ENOENT", "EISDIR"],
      ),
    ).toBe("EISDIR");
  });

  it("throws what it was not asked about, and every fault of ours", () => {
    expect(() =>
      orIfRefused(
        () => readFileSync("/", "utf8"),
        (code) => code,
        ["ENOENT"],
      ),
    ).toThrow(/EISDIR/);
    for (const error of [ours, "text", null, { code: "ENOENT" }]) {
      expect(catching(() => orIfRefused(fail(error), (code) => code))).toBe(error);
      expect(catching(() => orIfRefused(fail(error), (code) => code, ["ENOENT"]))).toBe(error);
    }
  });

  it("does so of what is under way", async () => {
    expect(await orIfRefusedLater(Promise.resolve(7), () => 8)).toBe(7);
    expect(await orIfRefusedLater(readFile("/no/such/file", "utf8"), (code) => code)).toBe("ENOENT");
    await expect(orIfRefusedLater(Promise.reject(ours), () => "none")).rejects.toBe(ours);
  });
});

it("orIfGone knows files that are not there or below a file, and nothing else", () => {
  expect(orIfGone(() => "there", "gone")).toBe("there");
  expect(orIfGone(() => readFileSync("/no/such/file", "utf8"), "gone")).toBe("gone");
  expect(orIfGone(() => String(statSync(`${import.meta.filename}/below`)), "gone")).toBe("gone");
  expect(() => orIfGone(() => readFileSync("/", "utf8"), "gone")).toThrow(/EISDIR/);
});

function catching(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}
