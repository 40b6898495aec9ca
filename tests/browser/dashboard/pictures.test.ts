import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lacksChromium, startChromium } from "../chromium.ts";
import { type Dashboard, goTo, openDashboard } from "./dashboard-page.ts";

const GOLDEN = path.join(import.meta.dirname, "golden");
/** A pixel differs when a channel does by more than this, of 255; so many of all pixels may: edges of letters and lines are drawn anew by each version of the browser. */
const CHANNEL = 64;
const SHARE = 0.03;

const VIEWS = {
  light: { view: "/studies/digits", width: 1280, height: 900, colorScheme: "light" },
  dark: { view: "/studies/digits", width: 1280, height: 900, colorScheme: "dark" },
  phone: { view: "/studies/digits", width: 390, height: 844, colorScheme: "light" },
  "phone-health": { view: "/studies/edge", width: 390, height: 844, colorScheme: "light" },
  "phone-empty": { view: "/studies/empty", width: 390, height: 844, colorScheme: "dark" },
  "phone-trial": { view: "/studies/digits/trials/37", width: 390, height: 844, colorScheme: "dark" },
  trial: { view: "/studies/digits/trials/37", width: 1280, height: 900, colorScheme: "light" },
} as const;

describe.skipIf(lacksChromium)("pictures of the dashboard", () => {
  let browser: Browser;
  let dashboard: Dashboard;
  beforeAll(async () => {
    dashboard = await openDashboard();
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.close();
  });

  // UPDATE_PICTURES=1 writes them anew: look at them then.
  it.each(Object.entries(VIEWS))(
    "are as those that were looked at: %s",
    async (name, { view, width, height, colorScheme }) => {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
      const tab = await context.newPage();
      await tab.addInitScript((token) => sessionStorage.setItem("attune-secret", token), dashboard.token);
      await goTo(tab, dashboard.base, view);
      await tab
        .locator(name === "phone-empty" ? ".empty" : "canvas")
        .first()
        .waitFor();
      // Reasons are worked out anew, which takes a while.
      if (view.includes("/trials/")) await tab.getByText("It was stopped early at").waitFor();
      await settled(tab);
      const shot = await tab.screenshot();
      const file = path.join(GOLDEN, `${name}.png`);
      if (process.env.UPDATE_PICTURES === "1" || !existsSync(file)) {
        mkdirSync(GOLDEN, { recursive: true });
        writeFileSync(file, shot);
      }
      expect(await difference(browser, readFileSync(file), shot)).toBeLessThanOrEqual(SHARE);
      await context.close();
    },
  );

  it("that differ are told apart", async () => {
    const [light, dark] = ["light", "dark"].map((name) => readFileSync(path.join(GOLDEN, `${name}.png`)));
    expect(await difference(browser, light!, dark!)).toBeGreaterThan(0.5);
    expect(await difference(browser, light!, light!)).toBe(0);
  });
});

/** Hides what is another one in each run, and waits until nothing changes any more. */
async function settled(tab: Page): Promise<void> {
  await tab.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>("[data-varies], time"))
      element.style.visibility = "hidden";
  });
  for (let before = ""; ; ) {
    const now = (await tab.screenshot()).toString("base64");
    if (now === before) return;
    before = now;
  }
}

/** The share of pixels that differ; 1 where the sizes do. */
async function difference(browser: Browser, golden: Buffer, shot: Buffer): Promise<number> {
  const page = await browser.newPage();
  const share = await page.evaluate(
    async ([one, other, least]) => {
      const read = async (base64: string) => {
        const image = new Image();
        image.src = `data:image/png;base64,${base64}`;
        await image.decode();
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext("2d")!;
        context.drawImage(image, 0, 0);
        return context.getImageData(0, 0, image.width, image.height);
      };
      const [a, b] = [await read(one as string), await read(other as string)];
      if (a.width !== b.width || a.height !== b.height) return 1;
      let differing = 0;
      for (let place = 0; place < a.data.length; place += 4) {
        const far = [0, 1, 2].some(
          (channel) => Math.abs(a.data[place + channel]! - b.data[place + channel]!) > (least as number),
        );
        if (far) differing += 1;
      }
      return (differing * 4) / a.data.length;
    },
    [golden.toString("base64"), shot.toString("base64"), CHANNEL],
  );
  await page.close();
  return share;
}
