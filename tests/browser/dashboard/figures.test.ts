import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FIGURE_NAMES, type FigureName } from "../../../src/plot/index.ts";
import { attune } from "../../e2e/attune.ts";
import { lacksChromium, startChromium } from "../chromium.ts";
import { type Dashboard, enter, goTo, openDashboard, problemsOf } from "./dashboard-page.ts";

interface Series {
  readonly name?: string;
  readonly type: string;
  readonly data?: readonly unknown[];
}

interface Exported {
  readonly number: number;
  readonly state: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly values: Readonly<Record<string, number>>;
  readonly attempts: number;
  readonly configuration: number;
  readonly replicate: object | null;
  readonly reports: readonly { readonly step: number; readonly values: Readonly<Record<string, number>> }[];
}

type Check = (series: readonly Series[], trials: readonly Exported[]) => void;

const complete = (trials: readonly Exported[]) => trials.filter(({ state }) => state === "complete");
const dataOf = (series: readonly Series[], name: string) => series.find((one) => one.name === name)?.data ?? [];
const sorted = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);
const lossesOf = (trials: readonly Exported[]) => sorted(complete(trials).map(({ values }) => values.loss!));

/** What is drawn, held to the trials as `attune export` tells them. */
const CHECKS: Readonly<Record<FigureName, Check>> = {
  history: (series, trials) => {
    expect(dataOf(series, "a trial")).toEqual(complete(trials).map(({ number, values }) => [number, values.loss]));
    let best = Number.POSITIVE_INFINITY;
    const improvements = complete(trials).flatMap(({ number, values: { loss } }) => {
      if (loss! >= best) return [];
      best = loss!;
      return [[number, loss]];
    });
    expect(dataOf(series, "best so far").slice(0, improvements.length)).toEqual(improvements);
    const drawn = dataOf(series, "mean of runs (95 %)") as readonly (readonly number[])[];
    const wanted = intervalsOf(trials);
    expect(drawn).toHaveLength(wanted.length);
    for (const [place, numbers] of wanted.entries())
      for (const [k, number] of numbers.entries()) expect(drawn[place]![k]).toBeCloseTo(number, 6);
  },
  curves: (series, trials) => {
    const told = trials.filter(({ reports }) => reports.length > 0);
    const drawn = series.filter(({ type }) => type === "line").map(({ data }) => JSON.stringify(data));
    const wanted = told.map(({ reports }) => JSON.stringify(reports.map(({ step, values }) => [step, values.loss])));
    expect(drawn.toSorted()).toEqual(wanted.toSorted());
  },
  parallel: (series, trials) => {
    const lines = series[0]!.data as readonly (readonly number[])[];
    expect(new Set(lines.map((line) => line.at(-1)))).toEqual(
      new Set(complete(trials).map(({ values }) => values.loss)),
    );
  },
  slice: (series, trials) => {
    const drawn = series.map(({ data = [] }) => sorted(data.map((point) => pointOf(point)[1]!)));
    const active = ["lr", "layers", "opt", "momentum"].map((name) =>
      lossesOf(trials.filter(({ params }) => Object.hasOwn(params, name))),
    );
    const text = (lists: readonly (readonly number[])[]) => lists.map((list) => JSON.stringify(list)).toSorted();
    expect(text(drawn)).toEqual(text(active));
  },
  timeline: (series, trials) => {
    const bars = series.filter(({ type }) => type === "custom").flatMap(({ data = [] }) => data);
    expect(bars.length).toBeGreaterThanOrEqual(trials.reduce((sum, { attempts }) => sum + attempts, 0));
  },
  importance: (series) => {
    const bars = dataOf(series, "share").map((bar) => (bar as { readonly value: number }).value);
    expect(bars).toHaveLength(PARAMETERS.length);
    expect(bars).toEqual(sorted(bars).toReversed());
    for (const bar of bars) expect(bar).toBeGreaterThanOrEqual(0);
    expect(bars.reduce((sum, bar) => sum + bar, 0)).toBeLessThanOrEqual(100.5);
  },
  contour: (series, trials) => {
    expect(pairCounts(trials)).toContain(dataOf(series, "a trial").length);
  },
  rank: (series, trials) => {
    const losses = lossesOf(trials);
    const places = new Set(losses.map((_loss, place) => place / (losses.length - 1)));
    expect(series.length).toBeGreaterThan(0);
    for (const { data = [] } of series) {
      expect(pairCounts(trials)).toContain(data.length);
      for (const point of data) expect(places).toContain(pointOf(point)[2]);
    }
  },
  distribution: (series, trials) => {
    const losses = lossesOf(trials);
    const bins = series[0]!.data as readonly (readonly [from: number, to: number, count: number])[];
    const last = bins.at(-1)!;
    for (const [from, to, count] of bins)
      expect(losses.filter((loss) => loss >= from && (loss < to || (to === last[1] && loss === to)))).toHaveLength(
        count,
      );
    expect(bins[0]![0]).toBe(losses[0]);
  },
  cost: (series, trials) => {
    expect(sorted(dataOf(series, "a trial").map((point) => pointOf(point)[1]!))).toEqual(lossesOf(trials));
    const best = dataOf(series, "best so far").map((point) => pointOf(point)[1]!);
    expect(best).toEqual(sorted(best).toReversed());
    expect(best.at(-1)).toBe(lossesOf(trials)[0]);
  },
  calibration: (series, trials) => {
    const losses = lossesOf(trials);
    const seen = dataOf(series, "a trial").map((point) => pointOf(point)[0]!);
    expect(seen.length).toBeGreaterThan(0);
    for (const loss of seen) expect(losses).toContain(loss);
  },
  front: (series, trials) => {
    const drawn = ["dominated", "infeasible", "on the front"].map((name) => dataOf(series, name).map(pointOf));
    const text = (points: readonly (readonly number[])[]) => points.map(([x, y]) => JSON.stringify([x, y])).toSorted();
    const seen = complete(trials).map(({ values }) => [values.loss!, values.ms!]);
    expect(text(drawn.flat())).toEqual(text(seen));
    const kept = seen.filter(([, ms]) => ms! <= 20);
    const isBeaten = ([loss, ms]: readonly number[]) =>
      kept.some(([l, m]) => l! <= loss! && m! <= ms! && (l! < loss! || m! < ms!));
    expect(text(drawn[2]!)).toEqual(text(kept.filter((point) => !isBeaten(point))));
    expect(text(drawn[1]!)).toEqual(text(seen.filter(([, ms]) => ms! > 20)));
  },
  hypervolume: (series, trials) => {
    const steps = dataOf(series, "hypervolume").map(pointOf);
    const numbers = new Set(complete(trials).map(({ number }) => number));
    for (const [trial] of steps.slice(0, -1)) expect(numbers).toContain(trial);
    const volumes = steps.map(([, volume]) => volume!);
    expect(volumes).toEqual(sorted(volumes));
    expect(volumes.at(-1)).toBeLessThanOrEqual(1);
  },
};

/** Quantiles of Student's t at 95 %, by degrees of freedom, from tables. */
const STUDENT: Readonly<Record<number, number>> = { 1: 12.7062047, 2: 4.3026527, 3: 3.1824463, 4: 2.7764451 };

/** Of each configuration with several runs its first trial, the mean, and the ends of its interval: of two runs on fresh seeds, these alone. */
function intervalsOf(trials: readonly Exported[]): readonly (readonly number[])[] {
  const groups = Map.groupBy(complete(trials), ({ configuration }) => configuration);
  return [...groups.values()].flatMap((all) => {
    const fresh = all.filter(({ replicate }) => replicate !== null);
    const runs = (fresh.length >= 2 ? fresh : all).map(({ values }) => values.loss!);
    if (runs.length < 2) return [];
    const mean = runs.reduce((sum, value) => sum + value, 0) / runs.length;
    const squares = runs.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const reach = STUDENT[runs.length - 1]! * Math.sqrt(squares / (runs.length - 1) / runs.length);
    return [[all[0]!.number, mean, mean - reach, mean + reach]];
  });
}

const PARAMETERS = ["lr", "layers", "opt", "momentum"];

/** How many complete trials have both of two parameters, by pair. */
function pairCounts(trials: readonly Exported[]): readonly number[] {
  return PARAMETERS.flatMap((x, k) =>
    PARAMETERS.slice(k + 1).map(
      (y) => complete(trials).filter(({ params }) => Object.hasOwn(params, x) && Object.hasOwn(params, y)).length,
    ),
  );
}

/** Which study has something to show of it. */
function studyOf(figure: string): "digits" | "trade" {
  return ["front", "hypervolume"].includes(figure) ? "trade" : "digits";
}

function pointOf(point: unknown): readonly number[] {
  return Array.isArray(point) ? point : (point as { readonly value: readonly number[] }).value;
}

describe.skipIf(lacksChromium)("each figure of the dashboard", () => {
  let browser: Browser;
  let dashboard: Dashboard;
  let tab: Page;
  let problems: readonly string[] = [];
  const trials = new Map<string, readonly Exported[]>();
  beforeAll(async () => {
    dashboard = await openDashboard();
    browser = await startChromium();
    tab = await enter(await browser.newContext({ viewport: { width: 1280, height: 900 } }), dashboard);
    problems = problemsOf(tab);
    for (const study of ["digits", "trade", "noisy"]) {
      const { out } = await attune(dashboard.cwd, ["export", study, "--format", "json"]);
      trials.set(study, (JSON.parse(out) as { trials: readonly Exported[] }).trials);
    }
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.close();
  });

  const shown: readonly (readonly [FigureName, "digits" | "trade" | "noisy"])[] = [
    ...FIGURE_NAMES.map((name) => [name, studyOf(name)] as const),
    ["history", "noisy"],
  ];
  it.each(shown)("draws what was exported, with its sentence and help: %s of %s", async (name, study) => {
    await goTo(tab, dashboard.base, `/studies/${study}/figures/${name}`);
    const figure = tab.locator(`[data-figure="${name}"]`);
    const told = (await dashboard.call("figure", { study, figure: name })) as {
      sentence: string;
      empty: boolean;
    };
    await figure.getByText(told.sentence.replaceAll("`", "")).waitFor();
    await figure.getByText("How to read it").waitFor();
    expect(told.empty).toBe(false);
    const chart = figure.locator(".chart");
    await chart.locator("canvas").first().waitFor();
    const series = (await chart.evaluate((element) => {
      const { chart: drawn } = element as unknown as { chart: { getOption(): { series: unknown } } };
      return drawn.getOption().series;
    })) as readonly Series[];
    expect(series.some(({ data = [] }) => data.length > 0)).toBe(true);
    CHECKS[name](series, trials.get(study)!);
    if (study === "noisy") expect(intervalsOf(trials.get(study)!)).toHaveLength(3);
    expect(await hasInk(chart)).toBe(true);
    expect(problems).toEqual([]);
  });

  it("says of an empty study what will appear, and when", async () => {
    await goTo(tab, dashboard.base, "/studies/empty/figures");
    await tab.locator("[data-figure]").first().waitFor();
    const figures = await tab.locator("[data-figure]").all();
    expect(figures).toHaveLength(FIGURE_NAMES.length);
    for (const figure of figures) {
      await figure.scrollIntoViewIfNeeded();
      await figure.locator(".empty").waitFor();
      expect(await figure.locator(".empty").textContent()).toMatch(/\.$/);
    }
  });

  it("follows the study: a trial that ends is drawn", async () => {
    await goTo(tab, dashboard.base, "/studies/trade/figures/history");
    const count = async () =>
      await tab.locator(".chart").evaluate((element) => {
        const { chart } = element as unknown as {
          chart: { getOption(): { series: { name: string; data: unknown[] }[] } };
        };
        return chart.getOption().series.find(({ name }) => name === "a trial")?.data.length ?? 0;
      });
    await tab.locator("canvas").first().waitFor();
    await expect.poll(count, { timeout: 30_000 }).toBe(25);
    const { number, token } = (await dashboard.call("ask", { study: "trade" })) as { number: number; token: string };
    await dashboard.call("tell", { study: "trade", trial: number, token, values: { loss: 0.5, ms: 3 } });
    await expect.poll(count, { timeout: 30_000 }).toBe(26);
  });
});

/** Whether anything but its ground is to be seen. */
async function hasInk(chart: ReturnType<Page["locator"]>): Promise<boolean> {
  return await chart
    .locator("canvas")
    .first()
    .evaluate((canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const { data } = (canvas as HTMLCanvasElement).getContext("2d")!.getImageData(0, 0, width, height);
      const colours = new Set<number>();
      for (let place = 0; place < data.length; place += 4)
        colours.add((data[place]! << 16) | (data[place + 1]! << 8) | data[place + 2]!);
      return colours.size > 3;
    });
}
