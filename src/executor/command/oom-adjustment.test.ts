import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { asFirstVictim } from "./oom-adjustment.ts";

const score = (): number => Number(readFileSync("/proc/self/oom_score_adj", "utf8"));

describe.runIf(process.platform === "linux")("asFirstVictim", () => {
  it("raises the score for what is started, and lowers it again, also when that fails", () => {
    const own = score();
    expect(asFirstVictim(score)).toBe(Math.min(1000, own + 500));
    expect(score()).toBe(own);
    const failing = (): never => {
      throw new Error("no room");
    };
    expect(() => asFirstVictim(failing)).toThrow("no room");
    expect(score()).toBe(own);
  });
});
