import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attune, folder, trials } from "./attune.ts";

/** Noise from the seed alone, the same for every configuration, and a little for each value. */
const NOISY = `
const x = Number(process.argv[2]);
const seed = Number(process.env.ATTUNE_SEED);
console.log("loss=" + ((x - 3) ** 2 + (seed % 1000) / 5000 + (seed % 7) * (x + 1) / 1000));
`;
/** x = 7 is very good, once. */
const LUCKY = `
import { existsSync, writeFileSync } from "node:fs";
const x = Number(process.argv[2]);
const first = x === 7 && !existsSync("seen");
if (first) writeFileSync("seen", "");
console.log("loss=" + (first ? -50 : x + (Number(process.env.ATTUNE_SEED) % 100) / 10));
`;
interface Run {
  readonly params: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, number>>;
}

const run = ["run", "--minimize", "loss", "--sampler", "grid", "--seed", "4", "--quiet"];

describe("attune confirm", () => {
  it("runs winner, runner-up and defaults again on common seeds, and goes on where it was", async () => {
    const cwd = folder({ "noisy.mjs": NOISY });
    await attune(cwd, [...run, "--", process.execPath, "noisy.mjs", "{x: 1..5 default 1}"]);
    const first = await attune(cwd, ["confirm", "--replicates", "3", "--json", "--workers", "2"]);
    expect(first.code).toBe(0);
    const result = JSON.parse(first.out);
    const roles = result.configurations.map(({ role }: { role: string }) => role);
    expect(roles.slice(0, 2)).toEqual(["winner", "runner-up"]);
    expect(result.configurations.every(({ values }: { values: number[] }) => values.length === 3)).toBe(true);
    expect(result.leads[0]).toMatchObject({ method: "paired-t", runs: 3 });
    const all = await trials(cwd, "noisy");
    expect(all).toHaveLength(5 + 3 * roles.length);
    const best = JSON.parse((await attune(cwd, ["best", "--json"])).out);
    expect(best).toMatchObject({ replicates: 3, uncertainty: expect.any(Number) });
    expect((await attune(cwd, ["best"])).out).toMatch(/ ± .* mean of 3 runs/);
    expect((await attune(cwd, ["replay"])).code).toBe(0);
  });

  it("runs all of them where a study file has a target that is reached already", async () => {
    const file = `study: s
minimize: loss
target: 100
workers: 2
sampler: grid
space: {x: 1..2}
command: [${process.execPath}, noisy.mjs, "\${x}"]`;
    const cwd = folder({ "noisy.mjs": NOISY, "s.yaml": file });
    await attune(cwd, ["run", "s.yaml", "--target", "-100", "--quiet"]);
    const { out } = await attune(cwd, ["confirm", "s.yaml", "--replicates", "2", "--json"]);
    expect(JSON.parse(out).configurations.map(({ values }: { values: number[] }) => values.length)).toEqual([2, 2]);
  });

  it("says when the program does not use its seed, and ends with 1 when there is nothing to confirm", async () => {
    const cwd = folder({ "plain.mjs": 'console.log("loss=" + process.argv[2])' });
    await attune(cwd, [...run, "--trials", "0", "--", process.execPath, "plain.mjs", "{x: 1..2}"]);
    expect(await attune(cwd, ["confirm"])).toMatchObject({
      code: 1,
      err: expect.stringContaining("no complete trial"),
    });
    await attune(cwd, ["run", "plain", "--trials", "2", "--quiet"]);
    const { out, code } = await attune(cwd, ["confirm", "--replicates", "2", "--quiet"]);
    expect(code).toBe(0);
    expect(out).toContain("The winner is better than the runner-up by 1");
    expect(out).toContain("does not use its seed");
  });

  it("makes no more runs of a program that came out alike on two seeds, unless asked to", async () => {
    const cwd = folder({ "plain.mjs": 'console.log("loss=" + (process.argv[2] - 2) ** 2)' });
    await attune(cwd, [...run, "--", process.execPath, "plain.mjs", "{x: 1..4 default 4}"]);
    const { out, err } = await attune(cwd, ["confirm", "--workers", "2"]);
    expect(await trials(cwd, "plain")).toHaveLength(4 + 2);
    expect(out).toContain("The winner is better than the runner-up by 1, by their trials.");
    expect(out).toContain("The winner is better than the defaults by 4, by their trials.");
    expect(out).toContain("does not use its seed (${seed} or ATTUNE_SEED), so these runs say nothing about luck.");
    expect(out).toContain("The other 13 runs were not made; --keep-going makes them.");
    expect(err.match(/^study plain in/gm)).toHaveLength(1);
    const again = JSON.parse((await attune(cwd, ["confirm", "--json"])).out);
    expect(again).toMatchObject({ ignoresSeeds: true, notMade: 13 });
    expect(await trials(cwd, "plain")).toHaveLength(4 + 2);
    await attune(cwd, ["confirm", "--keep-going", "--replicates", "3", "--quiet"]);
    expect(await trials(cwd, "plain")).toHaveLength(4 + 3 * 3);
  });

  it("shows one run to its end where seeds matter, though the winner's first two go before", async () => {
    const cwd = folder({ "noisy.mjs": NOISY });
    await attune(cwd, [...run, "--", process.execPath, "noisy.mjs", "{x: 1..3 default 1}"]);
    const { err, code } = await attune(cwd, ["confirm", "--replicates", "3"]);
    expect(code).toBe(0);
    expect(err.match(/^study noisy in/gm)).toHaveLength(1);
    expect(err.match(/^Done: 12 of 12 trials/gm)).toHaveLength(1);
    expect(err).not.toMatch(/Done: 5/);
  });

  it("compares no configuration with itself, whoever made its runs", async () => {
    const cwd = folder({ "noisy.mjs": NOISY });
    await attune(cwd, [...run, "--trials", "2", "--", process.execPath, "noisy.mjs", "{x: 1..5 default 3}"]);
    for (const x of ["3", "3"]) await attune(cwd, ["enqueue", `x=${x}`]);
    await attune(cwd, ["run", "noisy", "--trials", "6", "--quiet"]);
    const all = await trials(cwd, "noisy");
    writeFileSync(join(cwd, "more.csv"), `x,loss\n3,${(all[0] as unknown as Run).values.loss}\n2,4\n`);
    expect((await attune(cwd, ["import", "more.csv"])).code).toBe(0);
    const { out } = await attune(cwd, ["confirm", "--replicates", "2", "--json"]);
    const { configurations } = JSON.parse(out);
    const ends = await trials(cwd, "noisy");
    const values = configurations.map(({ number }: { number: number }) => (ends[number] as unknown as Run).params.x);
    expect(values[0]).toBe(3);
    expect(new Set(values).size).toBe(values.length);
    expect(configurations.map(({ role }: { role: string }) => role)).toEqual(["winner", "runner-up", "candidate"]);
    expect(ends).toHaveLength(all.length + 2 + 3 * 2);
  });

  it("names a lucky run as worth confirming, never as best, and runs it when asked again", async () => {
    const cwd = folder({ "lucky.mjs": LUCKY });
    await attune(cwd, [...run, "--trials", "3", "--", process.execPath, "lucky.mjs", "{x: 1..9 default 2}"]);
    await attune(cwd, ["confirm", "--replicates", "3", "--quiet"]);
    const before = JSON.parse((await attune(cwd, ["best", "--json"])).out);
    expect(before).toMatchObject({ confirmed: true, replicates: 3, candidate: null });
    await attune(cwd, ["enqueue", "x=7"]);
    const count = String((await trials(cwd, "lucky")).length);
    const more = await attune(cwd, ["run", "lucky", "--trials", count, "--quiet"]);
    const { best } = JSON.parse((await attune(cwd, ["show", "--json"])).out);
    expect(best).toEqual(JSON.parse((await attune(cwd, ["best", "--json"])).out));
    expect(best.params).toEqual(before.params);
    expect(best.candidate).toMatchObject({ params: { x: 7 }, value: -50, replicates: 1 });
    expect(more.out).toMatch(/^confirm {2}trial \d+ has -50 in one run, which may be luck: .* is expected of another/m);
    const again = JSON.parse((await attune(cwd, ["confirm", "--replicates", "3", "--json"])).out);
    expect(again.configurations.map(({ role }: { role: string }) => role)).toContain("candidate");
    const now = JSON.parse((await attune(cwd, ["best", "--json"])).out);
    expect(now).toMatchObject({ params: before.params, number: again.best, candidate: null });
  });

  it("runs a winner from before a new parameter with what it counts as, and not the defaults beside it", async () => {
    const cwd = folder({ "noisy.mjs": NOISY });
    await attune(cwd, [...run, "--trials", "3", "--", process.execPath, "noisy.mjs", "{x: 1..5 default 3}"]);
    const edit = await attune(cwd, ["space", "edit", "noisy", "--add", "y: 0..4 default 0", "--was", "y=0"]);
    expect(edit).toMatchObject({ code: 0 });
    const confirm = async () => JSON.parse((await attune(cwd, ["confirm", "--replicates", "2", "--json"])).out);
    const { configurations } = await confirm();
    expect(configurations.map(({ role }: { role: string }) => role)).toEqual(["winner", "runner-up"]);
    const ends = await trials(cwd, "noisy");
    expect(ends).toHaveLength(3 + 2 * 2);
    expect(ends[configurations[0].number]!.params).toEqual({ x: 3, y: 0 });
    expect((await confirm()).configurations[0]).toMatchObject({ number: configurations[0].number });
    expect(await trials(cwd, "noisy")).toHaveLength(ends.length);
  });
});

/** Two objectives in conflict, each with noise from the seed. */
const TRADE = `
const x = Number(process.argv[2]);
const seed = Number(process.env.ATTUNE_SEED);
console.log("loss=" + (x + (seed % 1000) / 2000) + " ms=" + (10 - x + (seed % 997) / 2000));
`;

describe("attune confirm of several objectives", () => {
  it("runs the chosen point, its neighbours and the defaults again, and says what can be told apart", async () => {
    const cwd = folder({ "trade.mjs": TRADE });
    const many = ["run", "--minimize", "loss", "--minimize", "ms", "--sampler", "grid", "--seed", "4", "--quiet"];
    await attune(cwd, [...many, "--", process.execPath, "trade.mjs", "{x: 1..9 default 1}"]);
    const all = (await trials(cwd, "trade")) as unknown as readonly Run[];
    const numberOf = (x: number): number => all.findIndex(({ params }) => params.x === x);
    expect((await attune(cwd, ["choose", "--take", String(numberOf(5))])).code).toBe(0);
    const first = await attune(cwd, ["confirm", "--replicates", "3", "--json", "--workers", "2"]);
    expect(first.code).toBe(0);
    const { configurations, comparisons, ignoresSeeds } = JSON.parse(first.out);
    expect(ignoresSeeds).toBe(false);
    expect(configurations.map(({ role, number }: { role: string; number: number }) => [role, number])).toEqual([
      ["chosen", numberOf(5)],
      ["neighbour", numberOf(4)],
      ["neighbour", numberOf(6)],
      ["default", numberOf(1)],
    ]);
    expect(
      configurations.every(({ runs, onFront }: { runs: number; onFront: number }) => runs === 3 && onFront > 0),
    ).toBe(true);
    expect(comparisons[0]).toMatchObject({ number: numberOf(4), told: true });
    expect(comparisons[0].objectives[0]).toMatchObject({ metric: "loss", method: "paired-t", verdict: "worse" });
    const again = await attune(cwd, ["confirm", "--replicates", "3"]);
    expect(again.code).toBe(0);
    expect(again.out).toMatch(
      /The chosen point beside its neighbour, trial \d+: worse in loss by 1 \(-1\), better in ms by 1/,
    );
    expect(await trials(cwd, "trade")).toHaveLength(9 + 4 * 3);
    const unprinted = await attune(cwd, ["confirm", "--holdout", "--", "true"]);
    expect([unprinted.code, unprinted.out]).toEqual([
      1,
      expect.stringContaining("No held-out value of the chosen point"),
    ]);
  }, 300_000);
});
