import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createStudy, float, int } from "../../src/index.ts";
import { attune, folder } from "./attune.ts";

interface Exported {
  readonly number: number;
  readonly state: string;
  readonly params: Readonly<Record<string, number>>;
  readonly values: Readonly<Record<string, number>>;
}

/** A study of two objectives with a trial that fails, in a folder of its own. */
async function tuned(): Promise<string> {
  const cwd = folder();
  const study = await createStudy({
    name: "s",
    minimize: ["loss", "ms"],
    sampler: "random",
    seed: 4,
    storage: join(cwd, "attune.db"),
    space: { lr: float(1e-4, 1, { log: true }), width: int(1, 8) },
  });
  await study.optimize(
    ({ params: { lr, width }, number }) => {
      if (number === 3) throw new Error("no memory");
      const off = Math.log10(lr) + 2;
      return { loss: off * off + 1 / width, ms: width + lr };
    },
    { trials: 24 },
  );
  await study.close();
  return cwd;
}

async function exported(cwd: string): Promise<readonly Exported[]> {
  const { out } = await attune(cwd, ["export", "s", "--format", "json"]);
  return JSON.parse(out).trials;
}

/** The data of a figure, as its file has them. */
async function data(cwd: string, name: string, ...words: readonly string[]) {
  const { code, err } = await attune(cwd, ["plot", name, "s", "-o", `${name}.json`, ...words]);
  expect([code, err]).toEqual([0, expect.stringContaining(`Written to ${name}.json.`)]);
  return JSON.parse(readFileSync(join(cwd, `${name}.json`), "utf8"));
}

describe("attune plot", () => {
  it("draws what attune export says", async () => {
    const cwd = await tuned();
    const trials = await exported(cwd);
    const complete = trials.filter(({ state }) => state === "complete");
    const losses = complete.map(({ number, values }) => ({ trial: number, value: values.loss }));
    const best = losses.filter(({ value }, k) => losses.slice(0, k).every((before) => before.value! > value!));
    expect(await data(cwd, "history", "--metric", "loss")).toMatchObject({
      points: losses,
      best,
      failed: [3],
      trials: 24,
    });
    const { slices } = await data(cwd, "slice", "--metric", "loss");
    const places = complete.map(({ number, params, values }) => ({
      trial: number,
      place: expect.closeTo((Math.log10(params.lr!) + 4) / 4, 9),
      value: values.loss,
    }));
    expect(slices[0]).toMatchObject({ name: "lr", points: places });
    const { lines } = await data(cwd, "parallel", "--metric", "ms");
    const byMs = complete.toSorted((a, b) => a.values.ms! - b.values.ms!).map(({ number }) => number);
    expect(lines.map(({ trial }: { trial: number }) => trial)).toEqual(byMs);
    const { front, others } = await data(cwd, "front");
    const beaten = (a: Exported) =>
      complete.some(({ values }) => values.loss! < a.values.loss! && values.ms! < a.values.ms!);
    const numbers = (list: readonly { readonly trial: number }[]) =>
      list.map(({ trial }) => trial).sort((a, b) => a - b);
    expect(numbers(front)).toEqual(complete.filter((one) => !beaten(one)).map(({ number }) => number));
    expect(numbers(others)).toEqual(complete.filter(beaten).map(({ number }) => number));
    const { bins, reached } = await data(cwd, "distribution", "--metric", "loss");
    expect(bins.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(complete.length);
    expect(reached[0]).toEqual({ share: 0, value: Math.min(...losses.map(({ value }) => value!)) });
    const cost = await data(cwd, "cost", "--metric", "loss");
    expect(numbers(cost.points)).toEqual(complete.map(({ number }) => number));
    expect((await data(cwd, "timeline")).bars).toHaveLength(24);
    expect(numbers((await data(cwd, "rank", "--metric", "loss")).pairs[0].points)).toEqual(
      complete.map(({ number }) => number),
    );
    const { points } = await data(cwd, "calibration", "--metric", "loss");
    expect(points.map(({ seen }: { seen: number }) => seen)).toEqual(losses.map(({ value }) => value));
  }, 120_000);

  it("writes files by their ending, and prints in the terminal the same as show --plot", async () => {
    const cwd = await tuned();
    for (const [file, begin] of [
      ["a.svg", "<svg"],
      ["a.png", "\u0089PNG"],
      ["a.PDF", "%PDF"],
    ] as const) {
      const { code } = await attune(cwd, ["plot", "importance", "s", "--metric", "loss", "-o", file, "--dark"]);
      expect(code).toBe(0);
      expect(readFileSync(join(cwd, file), "latin1").slice(0, begin.length)).toBe(begin);
    }
    const [plot, show] = [
      await attune(cwd, ["plot", "slice", "s"]),
      await attune(cwd, ["show", "s", "--plot", "slice"]),
    ];
    expect(plot.out).toBe(show.out);
    const lines = plot.out.trimEnd().split("\n");
    expect(lines.at(-1)).toMatch(/^The best tenth by `ms` have `\w+` .*\.$/);
  }, 120_000);

  it("refuses what it cannot draw, with a sentence, and writes nothing", async () => {
    const cwd = await tuned();
    for (const [words, message] of [
      [["histry", "s"], 'there is no figure "histry". Did you mean "history"?'],
      [["history", "s", "-o", "a.svg"], "say which by --metric: loss, ms."],
      [["history", "s", "--metric", "los"], 'There is no objective "los" to draw. Did you mean "loss"?'],
      [["front", "s", "-o", "a.gif"], "there are .svg, .png, .pdf and .json."],
      [["front", "s", "-o", "a.svg", "--width", "20"], "--width"],
      [["contour", "s", "--metric", "ms", "--parameters", "lr,depth"], 'no parameter "depth" that varies'],
    ] as const) {
      const { code, err } = await attune(cwd, ["plot", ...words]);
      expect(err).toContain(message);
      expect(code).toBe(2);
    }
    for (const file of ["a.svg", "a.gif"]) expect(existsSync(join(cwd, file))).toBe(false);
  }, 120_000);
});
