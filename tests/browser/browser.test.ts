import path from "node:path";
import { runInThisContext } from "node:vm";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleForBrowser } from "../../scripts/browser-bundle.mjs";
import * as attune from "../../src/index.ts";
import { isTestFile, readFiles, root } from "../architecture/source-files.ts";
import { lacksChromium, pageWith, startChromium } from "./chromium.ts";
import { engineBits } from "./engine-bits.ts";

const PURE_ROOMS = [
  "numeric",
  "space",
  "trial",
  "component",
  "objective",
  "surrogate",
  "sampler",
  "scheduler",
  "analysis",
  "plot",
];
/** The most the library may weigh in a page: minified and compressed, in bytes. */
const CEILING = 231_000;

const index = path.join(root, "src", "index.ts");
const library = (await bundleForBrowser({ entry: index, minify: true })).code;

describe("the bundle for browsers", () => {
  it("stays small", () => {
    expect(gzipSync(library, { level: 9 }).length).toBeLessThan(CEILING);
  });

  it("can hold every file of the pure rooms", async () => {
    const files = readFiles("src", [".ts"]).filter((file) => PURE_ROOMS.includes(file.path.split("/")[1]!));
    const product = files.filter((file) => !isTestFile(file)).map((file) => `./${file.path.replace(/^src\//, "")}`);
    const contents = product
      .map((file, i) => `import * as m${i} from ${JSON.stringify(file)}; export { m${i} };`)
      .join("\n");
    const { inputs } = await bundleForBrowser({ entry: path.join(root, "src", "all.ts"), contents });
    expect(inputs.length).toBeGreaterThan(100);
  });
});

describe.skipIf(lacksChromium)("in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(async () => await browser?.close());

  it("tunes a function by the same trials as Node", async () => {
    const tune = `async (attune) => {
      const { createStudy, float, choice } = attune;
      const space = { x: float(-4, 4), kind: choice(["near", "far"]) };
      const study = await createStudy({ name: "page", minimize: "loss", seed: 5, space });
      const loss = ({ x, kind }) => (x - 1) * (x - 1) + (kind === "far" ? 3 : 0);
      const { best, trialsSpent } = await study.optimize(async (trial) => loss(trial.params), { trials: 60, timeout: 60 });
      const params = study.trials().map((trial) => trial.params);
      return { best: best.params, trialsSpent, params, replayed: await study.replay() };
    }`;
    const page = await pageWith(browser, { "attune.js": library });
    const there = await page.evaluate(`import("/attune.js").then(${tune})`);
    const here = await runInThisContext(tune)(attune);
    expect(there).toEqual(here);
    expect(here).toMatchObject({ trialsSpent: 60, best: { kind: "near" }, replayed: { checked: 60, differences: [] } });
    expect(Math.abs(here.best.x - 1)).toBeLessThan(0.3);
    await page.close();
  });

  it("asks and tells, and says what it cannot do", async () => {
    const ask = `async () => {
      const { createStudy, int } = await import("/attune.js");
      const study = await createStudy({ name: "asked", maximize: "score", sampler: "random", space: { n: int(1, 9) } });
      for (let i = 0; i < 5; i++) { const trial = await study.ask(); await study.tell(trial, trial.params.n); }
      const told = study.trials().map((trial) => trial.state);
      const refused = await createStudy({ name: "f", minimize: "loss", storage: "f.db", space: { n: int(1, 9) } }).catch(String);
      const module = await study.optimize("./objective.mjs", { trials: 9 }).catch(String);
      return { told, refused, module };
    }`;
    const page = await pageWith(browser, { "attune.js": library });
    const result = await page.evaluate(`(${ask})()`);
    expect(result).toEqual({
      told: Array(5).fill("complete"),
      refused:
        'AttuneError: A browser cannot keep a study in "f.db"; give ":memory:", and save what study.trials() answers.',
      module: "AttuneError: A browser cannot run what the module executor runs; give a function.",
    });
    await page.close();
  });

  it("computes the same bits as Node, from exp to the suggestions of every sampler", async () => {
    const { code } = await bundleForBrowser({ entry: path.join(import.meta.dirname, "engine-bits.ts") });
    const page = await pageWith(browser, { "bits.js": code });
    const there = await page.evaluate(`import("/bits.js").then(({ engineBits }) => engineBits())`);
    expect(there).toEqual(await engineBits());
    await page.close();
  });
});
