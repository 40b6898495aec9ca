import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FIGURE_NAMES } from "../../../src/plot/index.ts";
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
  readonly reports: readonly { readonly step: number; readonly values: Readonly<Record<string, number>> }[];
}

type Check = (series: readonly Series[], trials: readonly Exported[]) => void;

const complete = (trials: readonly Exported[]) => trials.filter(({ state }) => state === "complete");
const dataOf = (series: readonly Series[], name: string) => series.find((one) => one.name === name)?.data ?? [];
const sorted = (numbers: readonly number[]) => numbers.toSorted((a, b) => a - b);
const lossesOf = (trials: readonly Exported[]) => sorted(complete(trials).map(({ values }) => values.loss!));

/** What is drawn, held to the trials as `attune export` tells them. */
const CHECKS: Readonly<Record<string, Check>> = {
  history: (series, trials) => {
    expect(dataOf(series, "a trial")).toEqual(complete(trials).map(({ number, values }) => [number, values.loss]));
    let best = Number.POSITIVE_INFINITY;
    const improvements = complete(trials).flatMap(({ number, values: { loss } }) => {
      if (loss! >= best) return [];
      best = loss!;
      return [[number, loss]];
    });
    expect(dataOf(series, "best so far").slice(0, improvements.length)).toEqual(improvements);
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
};

function pointOf(point: unknown): readonly number[] {
  return Array.isArray(point) ? point : (point as { readonly value: readonly number[] }).value;
}

describe.skipIf(lacksChromium)("each figure of the dashboard", () => {
  let browser: Browser;
  let dashboard: Dashboard;
  let tab: Page;
  let problems: readonly string[] = [];
  let trials: readonly Exported[] = [];
  beforeAll(async () => {
    dashboard = await openDashboard();
    browser = await startChromium();
    tab = await enter(await browser.newContext({ viewport: { width: 1280, height: 900 } }), dashboard);
    problems = problemsOf(tab);
    const { out } = await attune(dashboard.cwd, ["export", "digits", "--format", "json"]);
    ({ trials } = JSON.parse(out) as { trials: readonly Exported[] });
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.close();
  });

  it.each(FIGURE_NAMES)("draws what was exported, with its sentence and help: %s", async (name) => {
    await goTo(tab, dashboard.base, `/studies/digits/figures/${name}`);
    const figure = tab.locator(`[data-figure="${name}"]`);
    const told = (await dashboard.call("figure", { study: "digits", figure: name })) as {
      sentence: string;
      empty: boolean;
    };
    await figure.getByText(told.sentence.replaceAll("`", "")).waitFor();
    await figure.getByText("How to read it").waitFor();
    if (told.empty) return;
    const chart = figure.locator(".chart");
    await chart.locator("canvas").first().waitFor();
    const series = (await chart.evaluate((element) => {
      const { chart: drawn } = element as unknown as { chart: { getOption(): { series: unknown } } };
      return drawn.getOption().series;
    })) as readonly Series[];
    expect(series.some(({ data = [] }) => data.length > 0)).toBe(true);
    CHECKS[name]?.(series, trials);
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
    await expect.poll(count).toBe(25);
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
