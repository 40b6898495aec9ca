import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { attune, folder, TRAIN, TRAIN_COMMAND } from "./attune.ts";

const node = process.execPath;
const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const run = ["run", "--minimize", "loss", "--sampler", "random", "--seed", "1", "--trials"];
/** A shell does the pasting. */
const SH = (line: string) =>
  line
    .replace(/^ *attune /, "")
    .match(/'[^']*'|\S+/g)!
    .map((word) => word.replaceAll("'", ""));

describe("what is odd about a study", () => {
  it("is told of one value that never changes: after five trials, in the result and by show", async () => {
    const cwd = folder({ "same.mjs": 'console.log("loss=0.5")' });
    const { out, err } = await attune(cwd, [...run, "6", "--", node, "same.mjs", "{x: 0.0..1.0}"]);
    const sentence = /all 5 complete trials ended with loss 0\.5, though 5 different configurations were tried/;
    expect(err).toMatch(sentence);
    expect(err.match(/note: all/g)).toHaveLength(1);
    expect(err.indexOf("note: all")).toBeLessThan(err.indexOf("trial   5"));
    expect(out).toContain("all 6 complete trials ended with loss 0.5");
    expect((await attune(cwd, ["show"])).out).toContain("all 6 complete trials ended with loss 0.5");
    const { sameValue, health } = JSON.parse((await attune(cwd, ["show", "--json"])).out);
    expect(sameValue).toEqual({ metric: "loss", value: 0.5, trials: 6, configurations: 6, last: 5 });
    expect(health).toMatchObject([
      { kind: "same-value", severity: "problem", data: sameValue, command: "attune log 5 same" },
    ]);
    expect((await attune(cwd, SH(health[0].command))).code).toBe(0);
  });

  it("is told of a scheduler that nothing is reported to", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    const { out, err } = await attune(cwd, [...run, "5", "--scheduler", "median", ...TRAIN_COMMAND]);
    expect(err).toContain("note: the median scheduler has nothing to judge by: none of 5 trials");
    expect(out).toContain("the median scheduler has nothing to judge by");
    const command = out.split("\n").find((line) => line.startsWith("  attune run"))!;
    expect(command).toBe("  attune run train --scheduler none");
    expect((await attune(cwd, [...SH(command), "--quiet"])).out).not.toContain("scheduler has nothing to judge by");
  });

  it("is told of the value that all failures share", async () => {
    const program = `
const [dropout, lr] = process.argv.slice(2).map(Number);
if (dropout === 0) { console.error("division by zero"); process.exit(1); }
console.log("loss=" + (dropout - 2) ** 2 + lr);`;
    const cwd = folder({ "fails.mjs": program });
    const words = ["--", node, "fails.mjs", "{dropout: 0..4}", "{lr: 0.0..1.0}"];
    const { out, err } = await attune(cwd, [...run, "30", "--keep-going", ...words]);
    const { failurePatterns } = JSON.parse((await attune(cwd, ["show", "--json"])).out);
    expect(failurePatterns).toMatchObject([{ parameter: "dropout", relation: "equal", value: 0, successesWith: 0 }]);
    for (const text of [err, out]) expect(text).toMatch(/all \d+ failures .* have dropout = 0; none of the \d+ trials/);
    const command = out.split("\n").find((line) => line.startsWith("  attune space edit"))!;
    expect(command).toBe("  attune space edit fails --where 'dropout != 0'");
    expect((await attune(cwd, [...SH(command), "--yes"])).code).toBe(0);
    const more = await attune(cwd, ["run", "fails", "--trials", "60", "--quiet"]);
    expect(more.code).toBe(0);
    const { counts } = JSON.parse((await attune(cwd, ["show", "--json"])).out);
    expect(counts).toMatchObject({ failed: failurePatterns[0].failures, complete: 60 - failurePatterns[0].failures });
  });

  it("is told of a winner at the end of a range, with a command that widens it and works", async () => {
    const cwd = folder({ "edge.mjs": 'console.log("loss=" + -Number(process.argv[2]) * Number(process.argv[3]))' });
    const words = ["--", node, "edge.mjs", "{lr: 1e-3..1e-1 log}", "{layers: 1..6}"];
    const grid = [
      "run",
      "--minimize",
      "loss",
      "--sampler",
      "{name: grid, points: {lr: 3}}",
      "--seed",
      "1",
      "--quiet",
      ...words,
    ];
    const { out } = await attune(cwd, grid);
    expect(out).toContain("edge     lr = 0.1 lies at the high end of its range: better values may lie beyond");
    const shown = await attune(cwd, ["show"]);
    const best = await attune(cwd, ["best"]);
    const line = out.split("\n").find((one) => one.startsWith("  attune space edit"))!;
    expect(line).toBe("  attune space edit edge --set 'lr: 0.001..1 log' --set 'layers: 1..9'");
    for (const text of [shown.out, best.out]) expect(text).toContain(line);
    const { edges } = JSON.parse((await attune(cwd, ["best", "--json"])).out);
    expect(edges).toMatchObject([
      { parameter: "lr", value: 0.1, side: "high", wider: "0.001..1 log" },
      { parameter: "layers", value: 6, side: "high", wider: "1..9" },
    ]);
    const edited = await attune(cwd, SH(line));
    expect(edited).toMatchObject({ code: 0, err: expect.stringContaining("The space of edge is changed") });
    expect((await attune(cwd, ["show"])).out).not.toContain("edge     lr");
    expect((await attune(cwd, ["run", "edge", "--quiet"])).code).toBe(0);
  });

  it("is told so of the README's own example, by a command that its shell takes", async () => {
    const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
    const [declared] = /--lr '\{lr[^\n]*/.exec(readme)!;
    const program = `
const of = (name) => process.argv[process.argv.indexOf("--" + name) + 1];
console.log("val_loss=" + -Math.log10(of("lr")) / of("layers"));`;
    const cwd = folder({ "train.mjs": program });
    const attuneOf = `attune() { '${node}' '${MAIN}' "$@"; };`;
    const shell = (line: string): string =>
      execFileSync("sh", ["-c", `${attuneOf} ${line}`], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    const grid = `--sampler '{name: grid, points: {lr: 3}}'`;
    const out = shell(`attune run --minimize val_loss ${grid} --quiet -- '${node}' train.mjs ${declared}`);
    expect(out).toContain("layers = 6 lies at the high end of its range");
    const line = out.split("\n").find((one) => one.startsWith("  attune space edit"))!;
    expect(line).toContain("--set 'lr: 0.00001..1 log' --set 'layers: 1..9'");
    shell(line);
    expect(shell("attune show")).not.toContain("lies at");
  });

  it("names kept metrics with the winner, and defaults that failed", async () => {
    const program = `
const x = Number(process.argv[2]);
if (x === 3) process.exit(1);
console.log("acc=" + x / 8 + " loss=" + x + " size=" + x * 1e6);`;
    const cwd = folder({ "kept.mjs": program });
    const grid = ["run", "--minimize", "loss", "--keep", "acc,size", "--sampler", "grid", "--quiet", "--keep-going"];
    const { out } = await attune(cwd, [...grid, "--", node, "kept.mjs", "{x: 2..5 default 3}"]);
    expect(out).toContain("kept     acc 0.25  size 2000000");
    expect(out).toContain("default  failed (trial 1), so no lead over it is known");
    expect((await attune(cwd, ["best"])).out).toContain("kept     acc 0.25  size 2000000");
    const best = JSON.parse((await attune(cwd, ["best", "--json"])).out);
    expect(best.values).toEqual({ loss: 2, acc: 0.25, size: 2e6 });
  });
});
