import { expect, it } from "vitest";
import * as leftoversThere from "../../src/executor/command/end-leftovers.browser.ts";
import * as leftovers from "../../src/executor/command/end-leftovers.ts";
import * as askerThere from "../../src/executor/current-asker.browser.ts";
import * as asker from "../../src/executor/current-asker.ts";
import * as turnThere from "../../src/executor/loop-turn.browser.ts";
import * as turn from "../../src/executor/loop-turn.ts";
import * as continueThere from "../../src/executor/on-continue.browser.ts";
import * as onContinue from "../../src/executor/on-continue.ts";
import * as identityThere from "../../src/executor/process-identity.browser.ts";
import * as identity from "../../src/executor/process-identity.ts";
import * as executorsThere from "../../src/executor/registry.browser.ts";
import * as executors from "../../src/executor/registry.ts";
import * as storagesThere from "../../src/storage/registry.browser.ts";
import * as storages from "../../src/storage/registry.ts";
import * as outsideThere from "../../src/study/outside-sampler/outside-sampler.browser.ts";
import * as outside from "../../src/study/outside-sampler/outside-sampler.ts";
import * as provenanceThere from "../../src/study/provenance.browser.ts";
import * as provenance from "../../src/study/provenance.ts";
import * as pageThere from "../../src/study/show-page.browser.ts";
import * as page from "../../src/study/show-page.ts";
import * as suggestionsThere from "../../src/study/start-suggestion-worker.browser.ts";
import * as suggestions from "../../src/study/start-suggestion-worker.ts";
import * as plotsThere from "../../src/study/study-plots.browser.ts";
import * as plots from "../../src/study/study-plots.ts";
import { readFiles } from "../architecture/source-files.ts";

/** A pair that type-checks: what stands in takes and gives what the file for Node does. */
function pair<M extends object>(file: string, node: M, browser: M): readonly [string, M, M] {
  return [`${file}.browser.ts`, node, browser];
}

const PAIRS = [
  pair("src/executor/command/end-leftovers", leftovers, leftoversThere),
  pair("src/executor/current-asker", asker, askerThere),
  pair("src/executor/loop-turn", turn, turnThere),
  pair("src/executor/on-continue", onContinue, continueThere),
  pair("src/executor/process-identity", identity, identityThere),
  pair("src/executor/registry", executors, executorsThere),
  pair("src/storage/registry", storages, storagesThere),
  pair("src/study/outside-sampler/outside-sampler", outside, outsideThere),
  pair("src/study/provenance", provenance, provenanceThere),
  pair("src/study/show-page", page, pageThere),
  pair("src/study/start-suggestion-worker", suggestions, suggestionsThere),
  pair("src/study/study-plots", plots, plotsThere),
];

it.each(PAIRS)("%s exports what the file beside it does", (_, node, browser) => {
  expect(Object.keys(browser).sort()).toEqual(Object.keys(node).sort());
});

it("knows every stand-in", () => {
  const files = readFiles("src", [".browser.ts"]).map((file) => file.path);
  expect(files).toEqual(PAIRS.map(([file]) => file));
});
