import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lacksChromium, startChromium } from "../chromium.ts";
import { type Dashboard, enter, goTo, openDashboard, problemsOf, seriousFindings } from "./dashboard-page.ts";
import { DIGITS_TRIALS } from "./make-studies.ts";

const SIZE = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

describe.skipIf(lacksChromium)("the dashboard", () => {
  let browser: Browser;
  let dashboard: Dashboard;
  let context: BrowserContext;
  let tab: Page;
  let problems: readonly string[] = [];
  beforeAll(async () => {
    dashboard = await openDashboard();
    browser = await startChromium();
    context = await browser.newContext({ viewport: SIZE, colorScheme: "light" });
    tab = await enter(context, dashboard);
    problems = problemsOf(tab);
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.close();
  });
  const show = async (view: string): Promise<void> => await goTo(tab, dashboard.base, view);

  describe("tells a newcomer, on the first screen or one click away,", () => {
    it("what is best so far and by how much", async () => {
      await show("/studies/digits");
      const best = tab.getByText(/^Best: loss 0\.\d+ \(trial \d+, one run\)$/);
      await best.waitFor();
      const lead = tab.getByText(/^0\.\d+ \(\d+ %\) better than the defaults \(trial 0: 0\.\d+\); one run each/);
      for (const text of [best, lead]) expect(await isOnScreen(text)).toBe(true);
    });

    it("which parameter matters", async () => {
      await show("/studies/digits");
      await tab.getByRole("link", { name: "Figures" }).click();
      const told = (await dashboard.call("figure", { study: "digits", figure: "importance" })) as { sentence: string };
      // Which, or that so few trials cannot tell.
      expect(told.sentence).toMatch(
        /explains .* % ± |explains more .* than chance|cannot tell yet which parameters matter/,
      );
      const sentence = tab.locator('[data-figure="importance"] .sentence');
      await sentence.getByText(told.sentence.replaceAll("`", "")).waitFor();
    });

    it("why trial 37", async () => {
      await show("/studies/digits");
      await tab.getByLabel("Why trial").fill("37");
      await tab.getByRole("button", { name: "Go" }).click();
      const why = tab.getByRole("region", { name: "Why this trial" });
      await why.getByText(/tpe suggested it/).waitFor();
      expect(await isOnScreen(why)).toBe(true);
    });

    it("whether to go on: what is odd, and since when nothing better came", async () => {
      await show("/studies/digits");
      const health = tab.getByRole("region", { name: "Health" });
      await health.waitFor();
      expect(await isOnScreen(health)).toBe(true);
      await tab
        .locator('[data-figure="history"] .sentence')
        .getByText(/found by trial \d+: /)
        .waitFor();
    });

    it("what failed", async () => {
      await show("/studies/digits");
      const failed = tab.getByRole("region", { name: "What failed" });
      await failed.getByText("out of memory: 6 layers do not fit").waitFor();
      expect(await isOnScreen(failed.getByRole("listitem").first())).toBe(true);
    });
  });

  it("lists studies with their course, finds them by name, and says what an empty storage lacks", async () => {
    await show("/");
    await tab
      .getByRole("row", { name: /^digits minimize loss/ })
      .getByRole("img", { name: /improvements in 40 trials/ })
      .waitFor();
    await tab.getByRole("searchbox").fill("trade");
    await tab.getByRole("row", { name: /^trade minimize loss, minimize ms/ }).waitFor();
    await expect.poll(async () => await tab.getByRole("row").count(), { timeout: 30_000 }).toBe(2);
    expect(tab.url()).toContain("search=trade");
    await show("/?search=nothing");
    await tab.getByText("No study has “nothing” in its name.").waitFor();
  });

  it("sorts and filters all trials, and says what is wrong with a filter", async () => {
    await show("/studies/digits/trials?sort=loss");
    await tab.getByText(`${DIGITS_TRIALS} trials`).waitFor();
    const losses = async () => await tab.locator("tbody td:nth-child(3)").allTextContents();
    await expect.poll(async () => (await losses()).length, { timeout: 30_000 }).toBeGreaterThan(10);
    const values = (await losses()).filter((text) => text !== "" && text !== "…").map(Number);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    await tab.getByLabel("Only trials with").fill("state == 'failed'");
    await tab.keyboard.press("Enter");
    const { trials } = (await dashboard.call("trials", { study: "digits", filter: "state == 'failed'" })) as {
      trials: object[];
    };
    await tab.getByText(`${trials.length} trials`, { exact: true }).waitFor();
    await tab.getByLabel("Only trials with").fill("state = 'failed'");
    await tab.keyboard.press("Enter");
    await tab.getByRole("alert").getByText("filter:").waitFor();
  });

  it("saves the table as it is shown", async () => {
    await show("/studies/digits/trials?filter=layers%20%3D%3D%203&columns=trial%2Closs%2Copt");
    await tab.getByRole("link", { name: "39" }).or(tab.locator("tbody a").first()).first().waitFor();
    const saved = tab.waitForEvent("download");
    await tab.getByRole("button", { name: "Save as CSV" }).click();
    const file = await (await saved).createReadStream();
    let text = "";
    for await (const chunk of file) text += chunk;
    const { trials } = (await dashboard.call("trials", {
      study: "digits",
      filter: "layers == 3",
      limit: 1000,
      newestFirst: true,
    })) as {
      trials: { number: number; values: Record<string, number>; params: Record<string, string> }[];
    };
    const lines = trials.map(({ number, values, params }) => `${number},${values.loss ?? ""},${params.opt}\r\n`);
    expect(text).toBe(`trial,loss,opt\r\n${lines.join("")}`);
  });

  it("changes a space only after it said what would change", async () => {
    await show("/studies/trade/space");
    await tab.getByRole("textbox", { name: "depth" }).fill("1..");
    await tab.getByRole("alert").getByText("depth").waitFor();
    await tab.getByRole("textbox", { name: "depth" }).fill("1..6");
    await tab.getByRole("status").getByText(/depth/).waitFor();
    await tab.getByRole("button", { name: "Change the space" }).click();
    await expect
      .poll(async () => JSON.stringify(await dashboard.call("study", { study: "trade" })), { timeout: 30_000 })
      .toContain('"high":6');
  });

  it("widens a range at whose end the best lies by one click", async () => {
    await show("/studies/edge");
    const health = tab.getByRole("region", { name: "Health" });
    const widen = health.getByRole("button", { name: /^Widen it: lr: 0\.0001\.\.\S+ log$/ }).first();
    const wider = /lr: (\S+) log/.exec((await widen.textContent())!)![1]!;
    await widen.click();
    await widen.waitFor({ state: "detached" });
    const { space } = (await dashboard.call("study", { study: "edge" })) as {
      space: { parameters: { name: string; high: number }[] };
    };
    expect(space.parameters.find(({ name }) => name === "lr")?.high).toBe(Number(wider.split("..")[1]));
  });

  it("begins a study from a form, and refuses a program where the server allows none", async () => {
    await show("/new");
    await tab.getByLabel("Name").fill("from a form");
    await tab.getByLabel("Parameters, one a line").fill("lr 1e-5");
    await tab.getByText('"lr 1e-5" is no parameter').waitFor();
    await tab.getByLabel("Parameters, one a line").fill("lr: 1e-5..1e-1 log\nopt: adam | sgd");
    await tab.getByLabel("Program (optional)").fill("python train.py ${args}");
    await tab.getByText(/python train\.py --lr=\S+ --opt=(adam|sgd)/).waitFor();
    await tab.getByRole("button", { name: "Create the study" }).click();
    await tab
      .getByRole("alert")
      .getByText(/command/)
      .waitFor();
    await tab.getByLabel("Program (optional)").fill("");
    await tab.getByRole("button", { name: "Create the study" }).click();
    await tab.getByRole("heading", { name: "from a form" }).waitFor();
    expect(await dashboard.call("study", { study: "from a form" })).toMatchObject({
      sampler: { name: "auto" },
      trials: 0,
    });
  });

  it("compares trials and studies by an address", async () => {
    await show("/studies/digits/compare?trials=%5B0%2C3%5D");
    await tab
      .getByRole("region", { name: "Trials beside each other" })
      .getByRole("link", { name: "trial 3" })
      .waitFor();
    await tab.getByRole("img", { name: /^loss by step\. trial 0: from .*; trial 3: from / }).waitFor();
    await show('/compare?studies=%5B"digits"%2C"trade"%5D&axis=cost');
    await tab.getByRole("img", { name: /digits: from .* to .*; trade: from / }).waitFor();
  });

  it("is walked through by keyboard alone", async () => {
    await show("/");
    await tab.getByRole("link", { name: "digits" }).waitFor();
    await reach(tab, "digits");
    await tab.keyboard.press("Enter");
    await tab.getByRole("heading", { name: "digits", level: 1 }).waitFor();
    await reach(tab, "Trials");
    await tab.keyboard.press("Enter");
    await tab.getByText(`${DIGITS_TRIALS} trials`).waitFor();
    await reach(tab, "loss");
    await tab.keyboard.press("Enter");
    await tab.getByRole("columnheader", { name: /loss/, exact: false }).first().waitFor();
    expect(tab.url()).toContain("sort=loss");
    await tab.locator("tbody a").first().waitFor();
    await reach(tab, /^\d+$/);
    await tab.keyboard.press("Enter");
    await tab.getByRole("heading", { name: /^Trial \d+/ }).waitFor();
    await reach(tab, "Skip to the content", "Shift+Tab");
    await tab.keyboard.press("Enter");
    expect(await tab.evaluate(() => document.activeElement?.id)).toBe("main");
  });

  it.each([
    ["/", "studies"],
    ["/studies/digits", "study"],
    ["/studies/digits/figures", "figures"],
    ["/studies/digits/trials", "trials"],
    ["/studies/digits/trials/3", "trial"],
    ["/studies/digits/space", "space"],
    ["/studies/empty", "empty study"],
    ["/new", "form"],
    ["/compare?studies=%5B%22digits%22%5D&axis=trials", "comparison"],
  ])("has nothing that axe-core finds serious, light and dark: %s", async (view) => {
    await show(view);
    await tab.locator("main :is(h1, h2)").first().waitFor();
    if (view === "/studies/digits/figures") await tab.locator("canvas").first().waitFor();
    const light = await seriousFindings(tab);
    await tab.emulateMedia({ colorScheme: "dark" });
    const dark = await seriousFindings(tab);
    await tab.emulateMedia({ colorScheme: "light" });
    expect([...light, ...dark]).toEqual([]);
  });

  it("is readable on a phone: nothing but tables is wider than the screen, and what is touched is no smaller than 24 pixels", async () => {
    await tab.setViewportSize(PHONE);
    for (const view of [
      "/",
      "/studies/digits",
      "/studies/digits/trials",
      "/studies/digits/trials/3",
      "/studies/digits/space",
      "/studies/digits/figures",
      "/studies/edge",
      "/studies/empty",
      "/studies/trade",
      "/new",
    ]) {
      await show(view);
      await tab.locator("main h1").waitFor();
      expect(await tab.evaluate(() => document.documentElement.scrollWidth), view).toBeLessThanOrEqual(PHONE.width);
      expect(await tab.evaluate(smallTargets), view).toEqual([]);
    }
    await tab.setViewportSize(SIZE);
  });

  it("let nothing go wrong on the way", () => {
    // Refusals that were asked for above are told by the browser too.
    expect(problems.filter((problem) => !/status of 4\d\d/.test(problem))).toEqual([]);
  });
});

/** Goes on by the key until what has the focus is called so. */
async function reach(tab: Page, name: string | RegExp, key = "Tab"): Promise<void> {
  for (let steps = 0; steps < 200; steps++) {
    await tab.keyboard.press(key);
    const text = await tab.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
    if (typeof name === "string" ? text === name || text.startsWith(`${name} `) : name.test(text)) return;
  }
  throw new Error(`${name} cannot be reached by ${key}`);
}

/** Buttons, fields and links that are too small for a finger; links within sentences and boxes within labels are as large as these. */
function smallTargets(): readonly string[] {
  return [...document.querySelectorAll("button, select, summary, input:not([type=checkbox]), nav a, td a, .causes a")]
    .filter((element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 0 && height > 0 && (width < 24 || height < 24);
    })
    .map(({ outerHTML }) => outerHTML);
}

async function isOnScreen(what: ReturnType<Page["locator"]>): Promise<boolean> {
  const box = await what.boundingBox();
  return box !== null && box.y >= 0 && box.y + Math.min(box.height, 24) <= SIZE.height;
}
