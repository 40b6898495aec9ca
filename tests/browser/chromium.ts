import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const SWITCHES = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** True where there is no browser; where CI is set that is an error instead, met when it is started. */
export const lacksChromium = !existsSync(CHROMIUM) && process.env.CI === undefined;

/** Starts the machine's Chromium without a window. */
export async function startChromium(): Promise<Browser> {
  return await chromium.launch({ executablePath: CHROMIUM, args: SWITCHES });
}

/** A page that can import these modules by name: `await import("/attune.js")`. */
export async function pageWith(browser: Browser, modules: Readonly<Record<string, string>>) {
  const page = await browser.newPage();
  await page.route("http://attune.test/**", async (route) => {
    const code = modules[new URL(route.request().url()).pathname.slice(1)];
    if (code === undefined)
      await route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Attune</title>" });
    else await route.fulfill({ contentType: "text/javascript", body: code });
  });
  await page.goto("http://attune.test/");
  return page;
}
