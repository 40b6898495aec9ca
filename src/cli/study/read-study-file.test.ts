import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AttuneError } from "../../errors.ts";
import { readStudyFile, readStudyText } from "./read-study-file.ts";

const FULL = `
study: digits
minimize: val_loss
trials: 60
workers: 4
sampler: {name: grid, points: {lr: 7}}
seed: 42
timeout: 1h30m
grace: 5
storage: lab.db
keep-going: true
space:
  lr: 1e-5..1e-1 log
  layers: {type: int, low: 1, high: 6}
command: [python, train.py, --lr, "\${lr}", 7, true]
`;

function failure(text: string): AttuneError {
  try {
    readStudyText(text, "study.yaml");
  } catch (error) {
    if (error instanceof AttuneError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("readStudyText", () => {
  it("reads every key", () => {
    const { space, command, ...rest } = readStudyText(FULL, "study.yaml");
    expect(rest).toEqual({
      study: "digits",
      minimized: ["val_loss"],
      trials: 60,
      workers: 4,
      sampler: { name: "grid", options: { points: { lr: 7 } } },
      samplerPosition: { file: "study.yaml", line: 6, column: 10 },
      seed: 42,
      timeout: 5400,
      grace: 5,
      storage: "lab.db",
      keepGoing: true,
    });
    expect(command?.template).toEqual({ argv: ["python", "train.py", "--lr", "${lr}", "7", "true"] });
    expect(space?.mapping).toEqual({ lr: "1e-5..1e-1 log", layers: { type: "int", low: 1, high: 6 } });
  });

  it("reads JSON the same way", () => {
    const settings = readStudyText('{"maximize": "acc", "command": "python t.py | tee log"}', "study.json");
    expect(settings.maximized).toEqual(["acc"]);
    expect(settings.command?.template).toEqual({ shell: "python t.py | tee log" });
  });

  it("knows the place of values inside space and command, quotes or not", () => {
    const { space, command } = readStudyText(FULL, "study.yaml");
    expect(space?.locate(["lr"])).toEqual({ file: "study.yaml", line: 13, column: 7 });
    expect(space?.locate(["layers", "high"])).toEqual({ file: "study.yaml", line: 14, column: 37 });
    expect(space?.locate(["nothing", "here"])).toEqual({ file: "study.yaml", line: 13, column: 3 });
    const inside = { file: null, line: 1, column: 3 };
    expect(command?.locate?.(3, inside)).toEqual({ file: "study.yaml", line: 15, column: 38 });
  });

  it.each([
    ["minimize: loss\ntrails: 5", 'Unknown key "trails". Did you mean "trials"?', 2, 1],
    ["trials: many", 'trials is "many"; give a whole number from 0 up.', 1, 9],
    ["trials: -1", "trials is -1", 1, 9],
    ["workers: 0", "workers is 0; give a whole number from 1 up.", 1, 10],
    ["timeout: 5 fortnights", "timeout is", 1, 10],
    ["maximize: b\nminimize: [a, {b: 1}]", "minimize is", 2, 11],
    ["limits: 7", "limits is 7; give comparisons over results", 1, 9],
    ["command: []", "command is []", 1, 10],
    ["command: [a, {lr: 1..2}]", "item 2", 1, 14],
    ["sampler: 7", "sampler is 7", 1, 10],
    ["keep-going: maybe", 'keep-going is "maybe"; give true or false.', 1, 13],
    ["study:", "study is empty; give a name.", 1, 7],
    ["think:", "think is empty; give the time that a suggestion may take: 50ms.", 1, 7],
    ["tensorboard: []", "tensorboard is []; give a path.", 1, 14],
    ["- a", "A study file is a mapping", 1, 1],
    ["", "A study file is a mapping", 1, 1],
    ["a: [1", "not valid YAML", 1, 6],
    ["trials: 1\ntrials: 2", "not valid YAML", 2, 1],
    ["minimize: loss\nstudy: *name", "not valid YAML: Unresolved alias", 2, 8],
  ])("finds the fault in %j", (text, message, line, column) => {
    const error = failure(text);
    expect(error.message).toContain(message);
    expect(error.position).toEqual({ file: "study.yaml", line, column });
  });

  it("answers any text with settings or an error that has a place", () => {
    const keys = fc.constantFrom("study", "minimize", "trials", "sampler", "command", "space", "x");
    const value = fc.oneof(fc.string(), fc.integer(), fc.constantFrom("[", "{a: 1}", "&a *a", "!!x y", "|", "- 1"));
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.tuple(keys, value)).map((lines) => lines.map(([key, item]) => `${key}: ${item}`).join("\n")),
    );
    fc.assert(
      fc.property(text, (source) => {
        try {
          readStudyText(source, "study.yaml");
        } catch (error) {
          expect(error).toBeInstanceOf(AttuneError);
          expect((error as AttuneError).position?.line).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("readStudyFile", () => {
  it("says why a file cannot be read", async () => {
    await expect(readStudyFile("/nowhere/study.yaml")).rejects.toThrow("there is no such file");
    await expect(readStudyFile("/")).rejects.toThrow("it is a folder");
  });
});
