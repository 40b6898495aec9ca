import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStudy, float } from "../../../src/index.ts";
import { lacksChromium, startChromium } from "../chromium.ts";
import { type Dashboard, enter, goTo, openDashboard, problemsOf } from "./dashboard-page.ts";

/** A study of the same name in each, with values that tell the storage. */
async function makeSame(location: string): Promise<void> {
  const offset = location.endsWith("lab.db") ? 10 : 0;
  const space = { x: float(0, 1) };
  const study = await createStudy({ name: "same name", storage: location, minimize: "loss", seed: 2, space });
  await study.optimize(({ params: { x } }) => offset + x, { trials: 6 });
  await study.close();
}

describe.skipIf(lacksChromium)("a dashboard of two storages", () => {
  let browser: Browser;
  let dashboard: Dashboard;
  let tab: Page;
  let problems: readonly string[] = [];
  beforeAll(async () => {
    dashboard = await openDashboard(makeSame, ["lab.db"]);
    browser = await startChromium();
    tab = await enter(await browser.newContext({ viewport: { width: 1280, height: 900 } }), dashboard);
    problems = problemsOf(tab);
  });
  afterAll(async () => {
    await browser?.close();
    await dashboard?.close();
  });
  const ask = async (path: string, body?: object): Promise<unknown> => {
    const headers = { authorization: `Bearer ${dashboard.token}`, "content-type": "application/json" };
    const init = body === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(body) };
    return await (await fetch(`${dashboard.base}${path}`, init)).json();
  };

  it("lists the studies of both, each with its storage, best value and link", async () => {
    const rows = tab.getByRole("row", { name: /^same name (?:attune|lab) minimize loss/ });
    await expect.poll(async () => await rows.count()).toBe(2);
    const lab = tab.getByRole("row", { name: /^same name lab/ });
    await lab.getByText(/^10(?:\.\d+)?$/).waitFor();
    await tab
      .getByRole("row", { name: /^same name attune/ })
      .getByText(/^0\.\d+$/)
      .waitFor();
    await lab.getByRole("link", { name: "same name" }).click();
    await tab.getByText(/^Best: loss 10/).waitFor();
    await tab.getByText(/^storage lab · minimize loss/).waitFor();
    await tab.getByRole("link", { name: "Trials", exact: true }).click();
    await tab.getByText("6 trials").waitFor();
    await tab.locator("tbody a").first().click();
    await tab.getByRole("region", { name: "Why this trial" }).waitFor();
  });

  it("follows both by one stream", async () => {
    await goTo(tab, dashboard.base, "/");
    const lab = tab.getByRole("row", { name: /^same name lab/ });
    await lab.getByText(/^10(?:\.\d+)?$/).waitFor();
    const study = "/storages/lab/v1/studies/same%20name";
    const { number, token } = (await ask(`${study}/ask`, {})) as { number: number; token: string };
    await ask(`${study}/trials/${number}/tell`, { token, values: { loss: 3.25 } });
    await lab.getByText("3.25", { exact: true }).waitFor();
    expect(await dashboard.metrics()).toContain("attune_event_streams 1");
  });

  it("compares studies of both over the same axis", async () => {
    await goTo(tab, dashboard.base, "/compare");
    await tab.getByLabel("same name (attune)").check();
    await tab.getByLabel("same name (lab)").check();
    await tab.getByRole("img", { name: /same name \(attune\): from .*; same name \(lab\): from / }).waitFor();
  });

  it("begins a study in the storage that is chosen", async () => {
    await goTo(tab, dashboard.base, "/new");
    await tab.getByLabel("Storage").selectOption("lab");
    await tab.getByLabel("Name").fill("here");
    await tab.getByLabel("Parameters, one a line").fill("lr: 1e-5..1e-1 log");
    await tab.getByRole("button", { name: "Create the study" }).click();
    await tab.getByRole("heading", { name: "here" }).waitFor();
    const names = async (path: string) =>
      ((await ask(path)) as { studies: { name: string }[] }).studies.map(({ name }) => name);
    expect(await names("/storages/lab/v1/studies")).toEqual(["same name", "here"]);
    expect(await names("/v1/studies")).toEqual(["same name"]);
    expect(await names("/storages/attune/v1/studies")).toEqual(["same name"]);
    expect(await ask("/v1/storages")).toEqual({
      storages: [
        { name: "attune", location: "attune.db" },
        { name: "lab", location: "lab.db" },
      ],
    });
    expect(problems).toEqual([]);
  });
});
