import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AttuneError } from "../errors.ts";
import { reportError } from "./report-error.ts";

describe("reportError", () => {
  it("names file, line and column, and marks the place", () => {
    const file = join(mkdtempSync(join(tmpdir(), "attune-")), "study.yaml");
    writeFileSync(file, "minimize: loss\ntrails: 5\n");
    const error = new AttuneError("invalid-file", 'Unknown key "trails".', { position: { file, line: 2, column: 1 } });
    expect(reportError(error, false)).toEqual({
      lines: [`attune: ${file}:2:1: Unknown key "trails".`, "  trails: 5", "  ^"],
      exitCode: 2,
    });
  });

  it("names the argument of a command line", () => {
    const error = new AttuneError("invalid-space", "No upper end.", {
      position: { file: null, line: 1, column: 6 },
      data: { argument: 4, text: "{lr: 1..}" },
    });
    expect(reportError(error, false).lines).toEqual([
      "attune: argument 4, column 6: No upper end.",
      "  {lr: 1..}",
      "       ^",
    ]);
  });

  it("stands without the line when the file is gone", () => {
    const position = { file: "/nowhere/study.yaml", line: 1, column: 1 };
    const { lines } = reportError(new AttuneError("invalid-file", "Wrong.", { position }), false);
    expect(lines).toEqual(["attune: /nowhere/study.yaml:1:1: Wrong."]);
  });

  it("shows no stack for a user's mistake unless asked", () => {
    const error = new AttuneError("invalid-argument", "Wrong.", { cause: new Error("deeper") });
    expect(reportError(error, false).lines).toHaveLength(1);
    expect(reportError(error, true).lines.join("\n")).toContain("caused by:");
  });

  it("takes a full disk for no fault of Attune, whatever met it", () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    for (const thrown of [full, new Error("A file could not be kept.", { cause: full })])
      expect(reportError(thrown, false)).toEqual({
        lines: [
          `attune: There is no room left on a disk (${thrown.message}). Free some space and run the same command again.`,
        ],
        exitCode: 3,
      });
  });

  it("owns up to a fault of Attune, with code 70 and the stack", () => {
    const { lines, exitCode } = reportError(new TypeError("x is undefined"), false);
    expect(exitCode).toBe(70);
    expect(lines[0]).toBe("attune: internal error: x is undefined");
    expect(lines.join("\n")).toContain("report-error.test.ts");
  });
});
