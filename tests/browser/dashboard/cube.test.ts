import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStudy, float, int } from "../../../src/index.ts";
import { attune } from "../../e2e/attune.ts";
import { lacksChromium, startChromium } from "../chromium.ts";
import { type Dashboard, enter, goTo, openDashboard, problemsOf, seriousFindings } from "./dashboard-page.ts";

const SIZE = { width: 1000, height: 900 };
const VIEW = "/studies/three/figures/front";
/** One that the study's front holds whatever the sampler does. */
const CHOSEN = 1;

interface Exported {
  readonly number: number;
  readonly values: Readonly<Record<"loss" | "ms" | "memory", number>>;
}

interface Scene {
  readonly turn: { readonly around: number; readonly above: number };
  readonly drawn: readonly {
    readonly x: number;
    readonly y: number;
    readonly point: {
      readonly trial: number;
      readonly values: readonly number[];
      readonly standing: string;
      readonly isKnee: boolean;
      readonly isPreferred: boolean;
    };
  }[];
}

/** Three objectives and a limit; trial 1 is the best by far in one of them. */
async function makeThree(location: string): Promise<void> {
  const study = await createStudy({
    name: "three",
    storage: location,
    minimize: ["loss", "ms", "memory"],
    limits: ["ms <= 30"],
    seed: 1,
    sampler: "random",
    space: { width: float(1, 64, { log: true }), depth: int(1, 4) },
  });
  await study.enqueue({ width: 50, depth: 4 });
  await study.enqueue({ width: 1, depth: 1 });
  await study.optimize(
    ({ params: { width, depth } }) => ({
      loss: 1 / width + depth / 40,
      ms: width / 2 + 6 / depth,
      memory: width * depth,
    }),
    { trials: 60 },
  );
  await study.close();
}

const valuesOf = ({ values: { loss, ms, memory } }: Exported) => [loss, ms, memory];

function standingOf(one: Exported, trials: readonly Exported[]): string {
  if (one.values.ms > 30) return "infeasible";
  const own = valuesOf(one);
  const isBeaten = trials.some((other) => {
    const values = valuesOf(other);
    return (
      other.values.ms <= 30 &&
      values.every((value, k) => value <= own[k]!) &&
      values.some((value, k) => value < own[k]!)
    );
  });
  return isBeaten ? "dominated" : "front";
}

describe.skipIf(lacksChromium)("the front of three objectives in space", () => {
  let browser: Browser;
  let dashboard: Dashboard;
  let context: BrowserContext;
  let tab: Page;
  let problems: readonly string[] = [];
  let trials: readonly Exported[] = [];
  const asked: string[] = [];
  beforeAll(async () => {
    dashboard = await openDashboard(makeThree);
    await attune(dashboard.cwd, ["choose", "three", "--take", String(CHOSEN)]);
    const { out } = await attune(dashboard.cwd, ["export", "three", "--format", "json"]);
    trials = (JSON.parse(out) as { trials: readonly Exported[] }).trials;
    browser = await startChromium();
    context = await browser.newContext({ viewport: SIZE, colorScheme: "light", hasTouch: true });
    tab = await enter(context, dashboard);
    problems = problemsOf(tab);
    tab.on("request", (request) => asked.push(request.url()));
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.close();
  });

  const scene = async (): Promise<Scene> =>
    await tab.locator(".cube canvas").evaluate((canvas) => (canvas as unknown as { scene: Scene }).scene);
  const turned = async (change: () => Promise<void>, to: Partial<Scene["turn"]>): Promise<void> => {
    await change();
    await expect.poll(async () => (await scene()).turn, { timeout: 30_000 }).toMatchObject(to);
  };
  const open = async (): Promise<void> => {
    await goTo(tab, dashboard.base, `${VIEW}?view=3d`);
    await tab.locator(".cube canvas").waitFor();
    await expect.poll(async () => (await scene())?.drawn.length, { timeout: 30_000 }).toBe(trials.length);
  };

  it("is loaded when it is asked for, and has an address", async () => {
    await goTo(tab, dashboard.base, VIEW);
    await tab.locator(".chart canvas").waitFor();
    const cubes = () => asked.filter((url) => url.includes("cube"));
    expect(cubes()).toEqual([]);
    await tab.getByRole("button", { name: "3-D" }).click();
    await tab.locator(".cube canvas").waitFor();
    expect(cubes()).toHaveLength(1);
    expect(tab.url()).toContain("view=3d");
    await tab.getByRole("button", { name: "2-D" }).click();
    await tab.locator(".chart canvas").waitFor();
    expect(tab.url()).not.toContain("view=3d");
  });

  it("draws what was exported, each as what it is", async () => {
    await open();
    const { drawn } = await scene();
    const told = drawn.map(({ point: { trial, values, standing } }) => ({ trial, values, standing }));
    const wanted = trials.map((one) => ({
      trial: one.number,
      values: valuesOf(one),
      standing: standingOf(one, trials),
    }));
    expect(told.toSorted((a, b) => a.trial - b.trial)).toEqual(wanted);
    expect(new Set(told.map(({ standing }) => standing))).toEqual(new Set(["front", "dominated", "infeasible"]));
    expect(drawn.filter(({ point }) => point.isPreferred).map(({ point }) => point.trial)).toEqual([CHOSEN]);
    const { data } = (await dashboard.call("figure", { study: "three", figure: "front" })) as {
      data: { knee: number };
    };
    expect(drawn.filter(({ point }) => point.isKnee).map(({ point }) => point.trial)).toEqual([data.knee]);
    const legend = tab.getByRole("list", { name: "What the signs mean" }).getByRole("listitem");
    expect(await legend.allInnerTexts()).toEqual(
      ["on the front", "dominated", "infeasible", "knee", "preferred"].map((name) => expect.stringContaining(name)),
    );
  });

  it("is turned by keys, by buttons, by a mouse and by a finger", async () => {
    await open();
    const cube = tab.getByRole("application", { name: /^Pareto front: Of \d+ configurations/ });
    const first = await scene();
    await cube.focus();
    await turned(async () => await tab.keyboard.press("ArrowLeft"), { around: 35, above: 20 });
    await turned(async () => await tab.keyboard.press("ArrowUp"), { around: 35, above: 25 });
    const second = await scene();
    expect(second.drawn.map(({ x }) => x)).not.toEqual(first.drawn.map(({ x }) => x));
    await turned(async () => await tab.keyboard.press("Home"), { around: 30, above: 20 });
    await turned(async () => await tab.getByRole("button", { name: "Turn right" }).click(), { around: 15, above: 20 });
    await turned(async () => await tab.getByRole("button", { name: "From further above" }).click(), { above: 35 });
    await tab.getByRole("button", { name: "Reset" }).click();
    const box = (await tab.locator(".cube canvas").boundingBox())!;
    await tab.mouse.move(box.x + 400, box.y + 200);
    await tab.mouse.down();
    await tab.mouse.move(box.x + 380, box.y + 210, { steps: 4 });
    await turned(async () => await tab.mouse.up(), { around: 40, above: 25 });
    await tab.getByRole("button", { name: "Reset" }).click();
    const finger = await context.newCDPSession(tab);
    const touch = async (type: "touchStart" | "touchMove" | "touchEnd", x: number) =>
      await finger.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [{ x: box.x + x, y: box.y + 200 }],
      });
    await touch("touchStart", 300);
    for (const x of [320, 340, 360]) await touch("touchMove", x);
    await touch("touchEnd", 360);
    await expect.poll(async () => (await scene()).turn.around, { timeout: 30_000 }).not.toBe(30);
  });

  it("says which trial a point is, under the pointer, picked by a click, and along the front", async () => {
    await open();
    const { drawn } = await scene();
    const point = drawn.find(({ point: { trial } }) => trial === CHOSEN)!;
    const box = (await tab.locator(".cube canvas").boundingBox())!;
    await tab.mouse.move(box.x + point.x, box.y + point.y);
    await tab.getByText(/^trial 1, on the front, .*preferred: loss 1\.025, ms 6\.5, memory 1$/).waitFor();
    await tab.mouse.click(box.x + point.x, box.y + point.y);
    const link = tab.getByRole("status").getByRole("link", { name: "trial 1", exact: true });
    await link.waitFor();
    await tab.getByRole("button", { name: "Next on the front" }).click();
    await link.waitFor({ state: "detached" });
    await tab.getByRole("button", { name: "Previous on the front" }).click();
    await link.click();
    await tab.getByRole("heading", { name: /^Trial 1\b/ }).waitFor();
  });

  it("has its front as a table, and nothing that axe-core finds serious, light and dark", async () => {
    await open();
    await tab.getByText("The front as a table").click();
    const rows = tab.locator(".cube-table tbody tr");
    const numbers = (await rows.locator("td:first-child").allInnerTexts()).map(Number).toSorted((a, b) => a - b);
    expect(numbers).toEqual(trials.filter((one) => standingOf(one, trials) === "front").map(({ number }) => number));
    const light = await seriousFindings(tab);
    await tab.emulateMedia({ colorScheme: "dark" });
    const dark = await seriousFindings(tab);
    await tab.emulateMedia({ colorScheme: "light" });
    expect([...light, ...dark]).toEqual([]);
  });

  it("saves its picture", async () => {
    await open();
    const saved = tab.waitForEvent("download");
    await tab.getByRole("button", { name: "Save as PNG" }).click();
    expect((await saved).suggestedFilename()).toBe("three-front.png");
    const file = await (await saved).createReadStream();
    const parts: Buffer[] = [];
    for await (const part of file) parts.push(part);
    expect(Buffer.concat(parts).subarray(1, 4).toString()).toBe("PNG");
    expect(problems).toEqual([]);
  });
});
