/**
 * The dashboard at 1,000, 10,000 and 100,000 trials, beside Optuna Dashboard on as many: time to the headline and to the first screen's figures, memory of page and server,
 * long tasks while 200 trials a second are added: `node bench/dashboard.ts [--python VENV/bin/python] [sizes]`, after `npm run build`.
 * Without `--python` (of an environment with optuna and optuna-dashboard) Attune alone.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { statSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { type Browser, errors, type Page } from "playwright-core";
import { openStudy } from "../src/index.ts";
import { highestMemory, said, startBrowser, startPageServer } from "./support/page-server.ts";
import { type Figure, report } from "./support/report.ts";
import { runOrThrow } from "./support/run-process.ts";
import { runWithMemory } from "./support/run-with-memory.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";
import { makeShownStudy } from "./support/shown-study.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { python: { type: "string" }, seconds: { type: "string", default: "10" } },
});
const SIZES = positionals.length > 0 ? positionals.map(Number) : [1_000, 10_000, 100_000];
const RATE = 200;
const LONGEST_WAIT_MS = 180_000;
const ROOT = path.join(import.meta.dirname, "..");
const NAME = "bench";

/** What was seen of one page. */
interface Seen {
  readonly headline: number | null;
  /** Null where there was none when it was ended. */
  readonly figures: number | null;
  readonly paint: number | null;
  readonly browserMb: number | null;
  readonly serverMb: number;
}

await inScratchFolder(async (folder) => {
  const browser = await startBrowser();
  const figures: Figure[] = [];
  for (const size of SIZES) {
    const file = path.join(folder, `attune-${size}.db`);
    await makeShownStudy(file, NAME, size);
    figures.push(...(await ofReport(folder, file, size)), ...(await ofAttune(browser, file, size)));
    if (options.python !== undefined) figures.push(...(await ofOptuna(browser, folder, size, options.python)));
  }
  await browser.close();
  report("dashboard", folder, figures);
});

/** `attune report` as a whole: one file for people who decide. */
async function ofReport(folder: string, file: string, size: number): Promise<readonly Figure[]> {
  const page = path.join(folder, `report-${size}.html`);
  const words = [path.join(ROOT, "bin", "attune.cjs"), "report", NAME, "--storage", file, "-o", page];
  const { code, seconds, peakMb, stderr } = await runWithMemory([process.execPath, ...words], folder);
  if (code !== 0) throw new Error(`attune report ended with ${code}: ${stderr}`);
  const row = (name: string, value: number, unit: string): Figure => ({
    name: `attune, ${size} trials: report, ${name}`,
    value,
    unit,
  });
  return [
    { ...row("size", statSync(page).size / 1e6, "MB"), wanted: { most: 3 } },
    row("time", seconds * 1_000, "ms"),
    row("memory", peakMb, "MB"),
  ];
}

async function ofAttune(browser: Browser, file: string, size: number): Promise<readonly Figure[]> {
  const { server, address } = await startPageServer(file, NAME);
  const page = await browser.newPage();
  const seen = await look(page, server, address, {
    headline: ".headline .best",
    figure: '[data-figure="history"] canvas',
  });
  const longest = size === SIZES.at(-1) ? await longestTask(page, file) : null;
  const after = highestMemory(server);
  await page.close();
  server.kill("SIGTERM");
  return [
    ...rows("attune", size, seen, { headline: 1_000, figures: 3_000, browser: 300, server: 200 }),
    ...(longest === null
      ? []
      : [
          {
            name: `attune: longest task while ${RATE} trials a second come`,
            value: longest,
            unit: "ms",
            wanted: { most: 100 },
          },
          { name: `attune: server after that, ${size} trials`, value: after, unit: "MB", wanted: { most: 200 } },
        ]),
  ];
}

async function ofOptuna(browser: Browser, folder: string, size: number, python: string): Promise<readonly Figure[]> {
  const file = path.join(folder, `optuna-${size}.db`);
  await runOrThrow([python, path.join(import.meta.dirname, "peers", "optuna_fill.py"), file, String(size)]);
  const command = path.join(path.dirname(python), "optuna-dashboard");
  const server = spawn(command, [`sqlite:///${file}`, "--port", "8799", "--host", "127.0.0.1"]);
  await said(server, /http:\/\/127\.0\.0\.1:8799/);
  const page = await browser.newPage();
  const seen = await look(page, server, "http://127.0.0.1:8799/dashboard/studies/1", {
    headline: null,
    figure: ".js-plotly-plot .main-svg .trace",
  });
  await page.close();
  server.kill("SIGTERM");
  await once(server, "exit");
  return rows("optuna-dashboard", size, seen, null);
}

interface Wanted {
  readonly headline: number;
  readonly figures: number;
  readonly browser: number;
  readonly server: number;
}

function rows(who: string, size: number, seen: Seen, wanted: Wanted | null): readonly Figure[] {
  const row = (name: string, value: number | null, unit: string, most?: number): readonly Figure[] =>
    value === null
      ? []
      : [{ name: `${who}, ${size} trials: ${name}`, value, unit, ...(most !== undefined && { wanted: { most } }) }];
  return [
    ...row("headline", seen.headline, "ms", wanted?.headline),
    ...(seen.figures === null
      ? [{ ...row("first figure", LONGEST_WAIT_MS, "ms")[0]!, note: "ended without one" }]
      : row("first figure", seen.figures, "ms", wanted?.figures)),
    ...row(
      "largest contentful paint",
      seen.paint,
      "ms",
      size === SIZES[0] ? (wanted === null ? undefined : 1_000) : undefined,
    ),
    ...row("heap of the page", seen.browserMb, "MB", wanted?.browser),
    ...row("server", seen.serverMb, "MB", wanted?.server),
  ];
}

async function look(
  page: Page,
  server: ChildProcess,
  address: string,
  marks: { readonly headline: string | null; readonly figure: string },
): Promise<Seen> {
  page.setDefaultTimeout(LONGEST_WAIT_MS);
  await page.addInitScript(() => {
    const kept = globalThis as unknown as { paint: number; tasks: number[] };
    kept.paint = 0;
    kept.tasks = [];
    new PerformanceObserver((list) => {
      for (const { startTime } of list.getEntries()) kept.paint = startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) kept.tasks.push(duration);
    }).observe({ type: "longtask", buffered: true });
  });
  const begun = performance.now();
  await page.goto(address, { waitUntil: "commit" });
  let headline: number | null = null;
  if (marks.headline !== null) {
    await page.locator(marks.headline).first().waitFor();
    headline = performance.now() - begun;
  }
  const isShown = await page
    .locator(marks.figure)
    .first()
    .waitFor({ state: "attached" })
    .then(() => true)
    .catch((error: unknown) => {
      if (error instanceof errors.TimeoutError) return false;
      throw error;
    });
  // Such a page may not even answer how much it holds.
  if (!isShown) return { headline, figures: null, paint: null, browserMb: null, serverMb: highestMemory(server) };
  const figures = performance.now() - begun;
  const paint = await page.evaluate(() => (globalThis as unknown as { paint: number }).paint);
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = (await session.send("Runtime.getHeapUsage")) as { usedSize: number };
  return {
    headline,
    figures,
    paint: paint === 0 ? null : paint,
    browserMb: usedSize / 1e6,
    serverMb: highestMemory(server),
  };
}

/** The longest task of the page, in ms, while trials come; 0 where none took 50 ms. */
async function longestTask(page: Page, file: string): Promise<number> {
  const kept = (work: "clear" | "read"): Promise<number> =>
    page.evaluate((what) => {
      const { tasks } = globalThis as unknown as { tasks: number[] };
      const longest = Math.max(0, ...tasks);
      if (what === "clear") tasks.length = 0;
      return longest;
    }, work);
  await kept("clear");
  const study = await openStudy({ name: NAME, storage: file });
  const end = performance.now() + Number(options.seconds) * 1_000;
  for (let told = 0, begun = performance.now(); performance.now() < end; told++) {
    await study.tell(await study.ask(), Math.abs(Math.sin(told)));
    const early = begun + (told * 1_000) / RATE - performance.now();
    if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
  }
  await study.close();
  await page.waitForTimeout(2_000);
  return await kept("read");
}
