import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AttuneError } from "../errors.ts";
import { GpuSlots } from "../executor/command/gpu-slots.ts";
import { formatLiteral } from "../protocol/format-literal.ts";
import { float, type SpaceChange } from "../space/index.ts";
import { MemoryStorage } from "../storage/memory/memory-storage.ts";
import { checkMark } from "../storage/sqlite/migrate.ts";
import { prepareFile } from "../storage/sqlite/prepare-file.ts";
import { createStudy } from "../study/index.ts";
import type { SpaceChangePlan } from "../study/plan-space-change.ts";
import { checkMetricName } from "../trial/check-metric-name.ts";
import { editCommand, inOptionWords, reportError } from "./report-error.ts";

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

function command(changes: readonly SpaceChange[], more: Partial<SpaceChangePlan> = {}, storage = "attune.db"): string {
  const carry = { was: {}, renamed: {} };
  const plan = { changes, notices: [], losses: [], leftOut: [], unanswered: [], carry, ...more };
  return editCommand({ study: "digits", storage, plan });
}

describe("the command that edits a space", () => {
  it.each<readonly [string, SpaceChange, string]>([
    ["a new parameter", { subject: "parameter", name: "lr", before: null, after: "0..1" }, "--add 'lr: 0..1'"],
    ["another range", { subject: "parameter", name: "lr", before: "0..1", after: "0..2" }, "--set 'lr: 0..2'"],
    ["a dropped one", { subject: "parameter", name: "lr", before: "0..1", after: null }, "--drop lr"],
    [
      "one by another name",
      { subject: "parameter", name: "lr", before: "0..1", after: "0..1", renamedFrom: "rate" },
      "--set 'lr: 0..1' --rename rate=lr",
    ],
    [
      "a derived value",
      { subject: "derived", name: "n", before: null, after: "2 * m" },
      "--add 'n: '\\'':= 2 * m'\\'''",
    ],
    [
      "a text that YAML would read otherwise",
      { subject: "parameter", name: "a", before: null, after: "[x, 'y']" },
      "--add 'a: '\\''[x, '\\'''\\''y'\\'''\\'']'\\'''",
    ],
    ["a new constraint", { subject: "constraint", name: "a < b", before: null, after: "a < b" }, "--where 'a < b'"],
    [
      "a dropped constraint",
      { subject: "constraint", name: "a < b", before: "a < b", after: null },
      "--drop-where 'a < b'",
    ],
  ])("has %s", (_, change, words) => {
    expect(command([change])).toBe(`attune space edit digits ${words}`);
  });

  it("says what trials count as, asks what is open, and names another storage", () => {
    const carry = { was: { drop: 0.5, opt: "adam", list: [1] }, renamed: {} };
    expect(command([], { carry, unanswered: ["x", "y"] }, "runs/b.db")).toBe(
      "attune space edit digits --was drop=0.5 --was opt=adam --was 'list=[1]' --was x=VALUE --was y=VALUE --storage runs/b.db",
    );
  });
});

describe("a message in the words of the command line", () => {
  const saying = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      if (error instanceof AttuneError) return inOptionWords(error);
      throw error;
    }
    throw new Error("nothing was thrown");
  };

  it("names the option that a way out has", () => {
    expect(saying(() => checkMetricName("params.lr"))).toMatch(/, or read it with --metric-regex 'NAME=EXPRESSION'\.$/);
    const plan = { gpus: ["0"], trialsPerGpu: 1, gpusPerTrial: 2 };
    expect(saying(() => new GpuSlots(plan))).toMatch(/1 is given \(0\); name more with --gpus\.$/);
    expect(saying(() => formatLiteral(null, "toml"))).toMatch(
      /a file in JSON or YAML \(--params-file config\.yaml\)\.$/,
    );
    expect(saying(() => checkMark("a.db", { applicationId: 1, version: 0, tables: 1 }, 1))).toMatch(
      /Name another file with --storage\.$/,
    );
    const folder = mkdtempSync(join(tmpdir(), "attune-words-"));
    expect(saying(() => prepareFile(join(folder, "none", "a.db")))).toMatch(/or name another file with --storage\.$/);
    expect(saying(() => prepareFile(join(folder, "a.db"), () => "NFS"))).toMatch(
      /Name a file on a local disk with --storage, or/,
    );
  });

  it("gives the commands that change a study", async () => {
    const storage = new MemoryStorage();
    const open = (over: object) =>
      createStudy({ name: "s", minimize: "loss", space: { lr: float(0, 1) }, storage, ...over });
    const study = await open({});
    await study.enqueue({ lr: 0.5 });
    await study.optimize(() => 1, { trials: 1 });
    const refused = async (run: Promise<unknown>): Promise<string> => {
      const error = await run.then(
        () => null,
        (thrown: unknown) => thrown,
      );
      return saying(() => {
        throw error;
      });
    };
    expect(await refused(open({ minimize: "error" }))).toMatch(
      /Start another with --study NAME, go back to what it was, or remove it with: attune delete s$/,
    );
    expect(await refused(open({ space: { lr: float(0.4, 1) } }))).toContain(
      "\nTo have it so: attune space edit s --set 'lr: 0.4..1' --storage :memory:\n" +
        "Otherwise go back to what it was: attune run s, or start another with --study NAME.",
    );
    expect(await refused(open({ space: { lr: float(0, 1), k: float(0, 1) } }))).toContain(
      "--was k=VALUE --storage :memory:, or under was: (k: VALUE) in a study file\n",
    );
    expect(await refused(study.editSpace({ add: { k: float(0, 1) } }))).toContain(
      "until now: --was k=VALUE (in a program: was: { k: VALUE }), or give it a default. attune space edit s --add 'k: 0.0..1' --was k=VALUE --storage :memory:",
    );
    expect(await refused(study.editSpace({ set: { lr: float(0, 0.1) } }))).toContain(
      "Accept that (--yes; in a program: { accept: true }), or choose",
    );
    const { number } = await study.ask({ detached: true });
    expect(await refused(study.tell(number, 1, { token: "other" }))).not.toContain("--");
  });

  it("leaves a message alone that knows no study or edit", () => {
    const message =
      "To have it so, open the study. Give one (was: { k: VALUE }), or give it a default. Keep it, or delete it.";
    expect(inOptionWords({ message, data: {} })).toBe(message);
  });

  it("says what a trial is told with", () => {
    const message =
      "The token is missing: it was tried 2 times. Give the one that came with trial 7; where that is gone, take the trial over.";
    expect(inOptionWords(new AttuneError("invalid-argument", message))).toBe(
      "--token is missing: it was tried 2 times. Give the token that attune ask printed with trial 7; where that is gone, add --lost.",
    );
  });
});
