import { readdirSync, readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folder, type Running, start, trials } from "../../e2e/attune.ts";
import { lacksChromium, startChromium } from "../chromium.ts";

/** Prints a step ten times a second until it is ended. */
const ENDLESS = `
let step = 0;
setInterval(() => console.log("step=" + ++step + " loss=" + 1 / step), 100);
`;
const WORDS = [
  "run",
  "--ui",
  "--study",
  "long",
  "--minimize",
  "loss",
  "--trials",
  "5",
  "--quiet",
  "--",
  process.execPath,
];

/** Processes that serve the page of this folder's storage. */
function servers(cwd: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const isOurs = readFileSync(`/proc/${pid}/environ`, "utf8").includes("ATTUNE_PAGE_REQUEST=");
        return isOurs && readFileSync(`/proc/${pid}/environ`, "utf8").includes(`PWD=${cwd}`);
      } catch {
        return false;
      }
    })
    .map(Number);
}

describe.skipIf(lacksChromium || process.platform !== "linux")("a run with a page", () => {
  let browser: Browser;
  const running: Running[] = [];
  let cwd = "";
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    for (const { child } of running) child.kill("SIGKILL");
    for (const pid of servers(cwd)) process.kill(pid, "SIGTERM");
  });

  it("says its address; the page shows what runs and prints, outlives a killed tuner, and says how to go on", async () => {
    cwd = folder({ "endless.mjs": ENDLESS });
    const run = start(cwd, [...WORDS, "endless.mjs", "--x", "{x: 0.0..1.0}"], { PWD: cwd });
    running.push(run);
    let said = "";
    run.child.stderr!.on("data", (chunk) => {
      said += chunk;
    });
    await run.wrote("#code=");
    const link = /http:\S+#code=\S+/.exec(said)![0];
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.goto(link);
    // The study that is run is shown at once.
    await tab.getByRole("heading", { name: "long" }).waitFor();
    await tab.getByText("1 running").waitFor();
    await tab.getByText("0 of 5 trials").waitFor();
    const other = await context.newPage();
    await other.goto(`${link.split("#")[0]}#/studies/long/trials/0`);
    await other
      .getByRole("log")
      .getByText(/step=\d+ loss=/)
      .waitFor();
    const length = async () => (await other.getByRole("log").textContent())!.length;
    const before = await length();
    await expect.poll(length, { timeout: 30_000 }).toBeGreaterThan(before);
    // Closing a page changes nothing.
    await other.close();
    expect(await trials(cwd, "long")).toMatchObject([{ state: "running" }]);
    run.child.kill("SIGKILL");
    await run.ended;
    await tab.getByText("Stale: its run is gone.").waitFor();
    await tab.getByText("attune run long --trials 5", { exact: true }).waitFor();
    expect(servers(cwd)).toHaveLength(1);
    // The address was good once, and another browser is not let in by this one.
    const stranger = await browser.newContext();
    const late = await stranger.newPage();
    await late.goto(link);
    await late.getByLabel("Token").waitFor();
  });
});
