import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attune, folder } from "../e2e/attune.ts";
import { lacksChromium, startChromium } from "./chromium.ts";

const PROGRAM = `
const [lr, width] = process.argv.slice(2).map(Number);
console.log("val_loss=" + ((lr - 0.3) ** 2 + width / 1000));`;

describe.skipIf(lacksChromium)("a report in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it("asks for nothing but itself, shows its figures, fits a phone and prints", async () => {
    const cwd = folder({ "train.mjs": PROGRAM });
    const words = ["--", process.execPath, "train.mjs", "{lr: 0.0..1.0 default 0.9}", "{width: 1..64 default 32}"];
    const name = "a <img src=x onerror=alert(1)>";
    await attune(cwd, ["run", "--minimize", "val_loss", "--trials", "20", "--study", name, "--quiet", ...words]);
    expect((await attune(cwd, ["report", name])).code).toBe(0);
    const page = await browser.newPage({ viewport: { width: 360, height: 740 } });
    const asked: string[] = [];
    const said: string[] = [];
    page.on("request", (request) => asked.push(request.url().split(",")[0]!));
    page.on("console", (message) => said.push(message.text()));
    page.on("dialog", (dialog) => said.push(dialog.message()));
    const file = pathToFileURL(join(cwd, "report.html")).href;
    await page.goto(file);
    expect(asked.filter((url) => !url.startsWith("data:"))).toEqual([file]);
    expect(said).toEqual([]);
    expect(await page.textContent("h1")).toBe(name);
    const widths = await page.$$eval("figure img", (all) => all.map((one) => (one as HTMLImageElement).naturalWidth));
    expect(widths).toEqual([800, 800]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    await page.close();
  });
});
