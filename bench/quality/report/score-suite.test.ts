import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { RunFile } from "../runner/run-file.ts";
import { getSuite } from "../suites.ts";
import { scoreSuite } from "./score-suite.ts";

const SCORE = fileURLToPath(new URL("../data/score.mjs", import.meta.url));

/** What `score.mjs` prints: by method, [mean, rank] at each share. */
function printed(...words: readonly string[]): Readonly<Record<string, readonly (readonly [number, number])[]>> {
  const lines = execFileSync(process.execPath, [SCORE, ...words], { encoding: "utf8" })
    .trim()
    .split("\n");
  const rows = lines.slice(1).filter((line) => line.includes("["));
  return Object.fromEntries(
    rows.map((line) => [
      line.split(" ")[0]!,
      Array.from(
        line.matchAll(/(-?[\d.]+) \[[^\]]*\] ([\d.]+)/g),
        ([, mean, rank]) => [Number(mean), Number(rank)] as const,
      ),
    ]),
  );
}

describe("scoreSuite", () => {
  it.each([
    ["yahpo-dev", true, ["--suite", "dev", "--conditional"]],
    ["yahpo-official", false, ["--suite", "official"]],
  ] as const)("has the means and ranks of score.mjs on %s (conditional: %s)", (name, conditional, words) => {
    const suite = getSuite(name);
    const tasks = suite.tasks().filter(({ conditions }) => !conditional || conditions > 0);
    const { methods } = scoreSuite(suite, tasks, RunFile.read(suite.storedRuns!).records, "optuna-gp");
    const ours = methods.map(({ method, cells }) => [
      method,
      cells.map(({ mean, rank }) => [Number(mean.toFixed(4)), Number(rank.toFixed(2))]),
    ]);
    expect(ours.length).toBeGreaterThan(4);
    expect(Object.fromEntries(ours)).toEqual(printed(...words));
  });

  it("compares a method with a worse one: all pairs better, ratio of the means, small p", () => {
    const suite = getSuite("bbob-2");
    const run = (method: string, gap: number, seed: number) =>
      suite.tasks().map(({ scenario, instance, budget }) => ({
        ...{ method, scenario, instance, budget, seed, seconds: 1 },
        incumbent: [[1, -gap] as const],
      }));
    const runs = [0, 1].flatMap((seed) => [...run("good", 1, seed), ...run("bad", 10, seed)]);
    const { pairs, methods } = scoreSuite(suite, suite.tasks(), runs, "good");
    expect(methods.map(({ cells }) => cells[0]!.rank)).toEqual([1, 2]);
    const ratio = 40 / 45;
    for (const pair of pairs) {
      expect(pair).toMatchObject({ other: "bad", pairs: 48, wins: 48, losses: 0 });
      expect([pair.ratio.value, pair.ratio.low, pair.ratio.high].map((x) => x / ratio - 1)).toSatisfy((all: number[]) =>
        all.every((x) => Math.abs(x) < 1e-12),
      );
      expect(pair.p).toBeLessThan(1e-6);
    }
  });
});
