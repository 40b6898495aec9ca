/**
 * What a run loses while a page follows it: a run of nearly 200 trials a second on a study of 100,000, with `attune ui` and Chromium on its page and
 * without both, by turns, on one machine: `node bench/page-beside-run.ts [pairs] [trials]`, after `npm run build`. The rate of each pair's two
 * stretches beside each other, and the median of the pairs.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { startBrowser, startPageServer } from "./support/page-server.ts";
import { report } from "./support/report.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";
import { makeShownStudy } from "./support/shown-study.ts";
import { median, medianInterval } from "./support/statistics.ts";

const PAIRS = Number(process.argv[2] ?? 12);
const TRIALS = Number(process.argv[3] ?? 100_000);
const STRETCH_MS = 5_000;
/** After the page has its first figure, and after it is gone. */
const SETTLE_MS = 1_500;
const NAME = "bench";

await inScratchFolder(async (folder) => {
  const file = path.join(folder, "study.db");
  await makeShownStudy(file, NAME, TRIALS);
  const run = startRun(file);
  const browser = await startBrowser();
  const pairs: { readonly alone: number; readonly followed: number }[] = [];
  await run.rate(STRETCH_MS);
  for (let pair = 0; pair < PAIRS; pair++) {
    const followedFirst = pair % 2 === 1;
    const first = followedFirst ? await followed(browser, file, run.rate) : await run.rate(STRETCH_MS);
    const second = followedFirst ? await run.rate(STRETCH_MS) : await followed(browser, file, run.rate);
    pairs.push(followedFirst ? { alone: second, followed: first } : { alone: first, followed: second });
  }
  await browser.close();
  await run.end();
  const { middle, low, high } = medianInterval(pairs.map((one) => 100 * (1 - one.followed / one.alone)));
  report("page-beside-run", folder, [
    { name: "run alone", value: median(pairs.map(({ alone }) => alone)), unit: "trials/s" },
    { name: "run that a page follows", value: median(pairs.map((one) => one.followed)), unit: "trials/s" },
    {
      name: "of its rate a run loses",
      value: middle,
      unit: "%",
      low,
      high,
      wanted: { most: 3 },
      note: `${PAIRS} pairs`,
    },
  ]);
});

type Rate = (ms: number) => Promise<number>;

/** A run, and how to learn how many trials a second it does in the next so many ms. */
function startRun(file: string): { readonly rate: Rate; end(): Promise<void> } {
  const run = spawn(process.execPath, [path.join(import.meta.dirname, "cases", "paced-run.ts"), file, NAME], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ask = async (): Promise<readonly number[]> => {
    run.stdin.write("\n");
    const [told] = (await once(run.stdout, "data")) as [Buffer];
    return String(told).trim().split(" ").map(Number);
  };
  return {
    rate: async (ms) => {
      const [begun = 0, from = 0] = await ask();
      await sleep(ms);
      const [ended = 0, to = 0] = await ask();
      return ((ended - begun) * 1_000) / (to - from);
    },
    end: async () => {
      run.stdin.end();
      await once(run, "exit");
    },
  };
}

/** The run's rate while a page follows, which has shown its first figure. */
async function followed(browser: Browser, file: string, rate: Rate): Promise<number> {
  const { server, address } = await startPageServer(file, NAME);
  const page = await browser.newPage();
  await page.goto(address, { waitUntil: "commit" });
  await page.locator('[data-figure="history"] canvas').first().waitFor({ state: "attached", timeout: 60_000 });
  await sleep(SETTLE_MS);
  const seen = await rate(STRETCH_MS);
  await page.close();
  server.kill("SIGTERM");
  await once(server, "exit");
  await sleep(SETTLE_MS);
  return seen;
}
