import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStudy, float, openStudy } from "../../../src/index.ts";
import { lacksChromium, startChromium } from "../chromium.ts";
import { type Dashboard, enter, openDashboard, problemsOf } from "./dashboard-page.ts";

const TABS = 12;

/** A study with three trials. */
async function makeSmall(location: string): Promise<void> {
  const space = { x: float(0, 1) };
  const study = await createStudy({
    name: "small",
    storage: location,
    minimize: "loss",
    sampler: "random",
    seed: 1,
    space,
  });
  await study.optimize(({ params: { x } }) => x, { trials: 3 });
  await study.close();
}

describe.skipIf(lacksChromium)("twelve tabs", () => {
  let browser: Browser;
  let dashboard: Dashboard;
  beforeAll(async () => {
    dashboard = await openDashboard(makeSmall);
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.close();
  });

  it("stay live by one stream of events, also when the tab that reads it is closed", async () => {
    const context = await browser.newContext();
    // Twelve pages at once take their time on a busy machine.
    context.setDefaultTimeout(90_000);
    const first = await enter(context, dashboard);
    const problems = problemsOf(first);
    const tabs: Page[] = [first];
    for (let number = 1; number < TABS; number++) tabs.push(await context.newPage());
    for (const tab of tabs) await tab.goto(`${dashboard.base}/#/studies/small`);
    for (const tab of tabs) await tab.getByText("3 done").waitFor();
    const streams = async () => /^attune_event_streams (\d+)$/m.exec(await dashboard.metrics())?.[1];
    expect(await streams()).toBe("1");
    await oneMore(dashboard);
    for (const tab of tabs) await tab.getByText("4 done").waitFor();
    // The first one came first, so it reads.
    await first.close();
    await oneMore(dashboard);
    for (const tab of tabs.slice(1)) await tab.getByText("5 done").waitFor();
    expect(await streams()).toBe("1");
    expect(problems).toEqual([]);
    await context.close();
  });
});

/** Another process has one more trial. */
async function oneMore({ cwd }: Dashboard): Promise<void> {
  const study = await openStudy({ name: "small", storage: `${cwd}/attune.db` });
  await study.tell(await study.ask(), 0.5);
  await study.close();
}
