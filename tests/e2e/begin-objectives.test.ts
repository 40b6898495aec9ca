import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { attune, folder } from "./attune.ts";

const BACKTEST = `const read = (name) => Number(process.argv[process.argv.indexOf(name) + 1]);
const [window, stop] = [read("--window"), read("--stop")];
console.log("sharpe=" + (window / 250 + stop) + " drawdown=" + (window / 250) ** 2 + " turnover=" + 100 * stop);`;
const PROGRAM = ["node", "backtest.mjs", "--window", "{window: 5..250 log}", "--stop", "{stop: 0.01..0.2 log}"];

interface Shown {
  readonly front: readonly { readonly values: Readonly<Record<string, number>> }[];
  readonly metrics: readonly { readonly name: string; readonly direction: string }[];
}

async function shown(cwd: string): Promise<Shown> {
  return JSON.parse((await attune(cwd, ["show", "--json"])).out) as Shown;
}

it("begins a study of several objectives under limits, from options and from a file", async () => {
  const cwd = folder({ "backtest.mjs": BACKTEST });
  const words = ["--study", "desk", "--maximize", "sharpe", "--minimize", "drawdown", "--limit", "turnover <= 4"];
  const goals = ["--goal", "drawdown <= 0.1"];
  const run = await attune(cwd, ["run", ...words, ...goals, "--trials", "12", "--workers", "4", "--", ...PROGRAM]);
  expect(run.code, run.err).toBe(0);
  const { front, metrics } = await shown(cwd);
  expect(metrics.map(({ direction, name }) => `${direction} ${name}`)).toEqual([
    "maximize sharpe",
    "minimize drawdown",
  ]);
  expect(front.length).toBeGreaterThan(1);
  // It goes on under the same words in any order, and under its name; another objective is another study.
  const other = ["--minimize", "drawdown", "--maximize", "sharpe", "--study", "desk", "--trials", "13"];
  expect((await attune(cwd, ["run", ...other, "--", ...PROGRAM])).code).toBe(0);
  expect((await attune(cwd, ["run", "desk", "--trials", "14"])).code).toBe(0);
  const less = await attune(cwd, ["run", "desk", "--maximize", "sharpe"]);
  expect([less.code, less.err]).toEqual([
    2,
    expect.stringContaining("Study desk tunes maximize sharpe, minimize drawdown, not maximize sharpe."),
  ]);

  const file = {
    study: "file",
    minimize: ["drawdown"],
    maximize: "sharpe",
    limits: ["turnover <= 4", "turnover <= window"],
    goals: ["drawdown <= 0.1"],
    space: { window: "5..250 log", stop: "0.01..0.2 log" },
    command: ["node", "backtest.mjs", "--window", "${window}", "--stop", "${stop}"],
  };
  writeFileSync(join(cwd, "desk.json"), JSON.stringify(file));
  expect((await attune(cwd, ["run", "desk.json", "--trials", "4"])).code).toBe(0);
  const begun = await attune(cwd, ["show", "file", "--json"]);
  expect((JSON.parse(begun.out) as Shown).metrics).toEqual([
    { name: "drawdown", direction: "minimize", goal: 0.1 },
    { name: "sharpe", direction: "maximize" },
  ]);
}, 120_000);

it("changes limits of a living study at once, for what has ended too", async () => {
  const cwd = folder({ "backtest.mjs": BACKTEST });
  const words = ["run", "--study", "s", "--maximize", "sharpe", "--minimize", "drawdown", "--trials", "8"];
  await attune(cwd, [...words, "--seed", "1", "--", ...PROGRAM]);
  const turnovers = async () =>
    (await shown(cwd)).front.map(({ values }) => values.sharpe! - Math.sqrt(values.drawdown!));
  expect(Math.max(...(await turnovers()))).toBeGreaterThan(0.04);
  const kept = await attune(cwd, ["run", "s", "--trials", "0", "--limit", "drawdown <= 0.5"]);
  expect(kept.code, kept.err).toBe(0);
  expect((await shown(cwd)).front.every(({ values }) => values.drawdown! <= 0.5)).toBe(true);
  expect((await attune(cwd, ["run", "s", "--trials", "0", "--limit", "none"])).code).toBe(0);
  expect((await shown(cwd)).front.some(({ values }) => values.drawdown! > 0.5)).toBe(true);
}, 120_000);

it("says no to what no number of limits can mean, and to an objective named twice", async () => {
  const cwd = folder({ "backtest.mjs": BACKTEST });
  const tried = async (...more: string[]) => await attune(cwd, ["run", "--trials", "1", ...more, "--", ...PROGRAM]);
  const twice = await tried("--minimize", "drawdown", "--maximize", "drawdown");
  expect([twice.code, twice.err]).toEqual([2, expect.stringContaining("drawdown is given twice")]);
  const limit = await tried("--minimize", "drawdown", "--limit", "turnover != 4");
  expect([limit.code, limit.err]).toEqual([2, expect.stringContaining("turnover != 4")]);
});

it("looks in a program that is tried for every objective, and repeats them in the line to go on with", async () => {
  const cwd = folder({ "backtest.mjs": BACKTEST });
  const words = ["try", "--maximize", "sharpe", "--minimize", "drawdown"];
  const found = await attune(cwd, [...words, "--", ...PROGRAM]);
  expect([found.code, found.out]).toEqual([
    0,
    expect.stringContaining("attune run --maximize sharpe --minimize drawdown --trials 50"),
  ]);
  const missing = await attune(cwd, [...words, "--minimize", "cost", "--", ...PROGRAM]);
  expect([missing.code, missing.out]).toEqual([1, expect.stringContaining("cost was not found")]);
});

it("names the knee, and the point that is preferred, with what going to the ends costs", async () => {
  const cwd = folder({ "backtest.mjs": BACKTEST });
  const words = ["run", "--study", "desk", "--maximize", "sharpe", "--minimize", "drawdown", "--trials", "40"];
  await attune(cwd, [...words, "--workers", "4", "--seed", "5", "--", ...PROGRAM]);
  const json = async (...more: string[]) => JSON.parse((await attune(cwd, ["best", "--json", ...more])).out);
  const record = await json();
  const points = new Map<number, { sharpe: number; drawdown: number }>(
    record.front.map((point: { number: number; values: unknown }) => [point.number, point.values]),
  );
  expect(points.has(record.knee)).toBe(true);
  expect(record.preferred).toBeNull();
  const bound = await json("--prefer", "drawdown <= 0.1, then sharpe");
  const within = [...points.values()].filter(({ drawdown }) => drawdown <= 0.1).map(({ sharpe }) => sharpe);
  expect(points.get(bound.preferred.number)!.sharpe).toBe(Math.max(...within));
  const [trade] = bound.trades;
  expect(trade.metric).toBe("sharpe");
  const [from, to] = [points.get(bound.preferred.number)!, points.get(trade.to)!];
  expect(trade.costs[0].perUnit).toBeCloseTo((to.drawdown - from.drawdown) / (to.sharpe - from.sharpe), 9);

  const shown = (await attune(cwd, ["best", "--prefer", "sharpe: 1, drawdown: 3"])).out;
  expect(shown).toMatch(/^knee +trial \d+, where more of one costs most of another: sharpe .* drawdown /m);
  expect(shown).toMatch(/^choice +trial \d+ by what is preferred: sharpe/m);
  expect(shown).toMatch(
    /^trade +from trial \d+ to trial \d+: .* better in sharpe, for .* of drawdown \(.* for each 1 gained\)$/m,
  );
  const quiet = await attune(cwd, ["best", "--quiet", "--prefer", "drawdown <= 0.1, then sharpe"]);
  expect([quiet.code, quiet.out]).toEqual([
    0,
    expect.stringMatching(/^node backtest.mjs --window [\d.]+ --stop [\d.]+\n$/),
  ]);
  expect(await attune(cwd, ["best", "--quiet"])).toMatchObject({
    code: 1,
    err: expect.stringContaining("by --prefer"),
  });
  const wrong = await attune(cwd, ["best", "--prefer", "sharp: 2"]);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('has no objective "sharp"')]);
}, 120_000);
