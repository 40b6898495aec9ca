/**
 * Records what the samplers suggest under a new version of the engine: node tests/golden/record.ts
 * The suggestions of a version are written once and never again, so that nobody changes them without counting ENGINE up.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { ENGINE } from "../../src/study/index.ts";
import { suggestionDigests } from "./suggestions.ts";

const file = new URL("suggestions.json", import.meta.url);
const golden = JSON.parse(readFileSync(file, "utf8")) as Record<string, Record<string, string>>;
if (golden[ENGINE] === undefined) {
  golden[ENGINE] = { ...(await suggestionDigests()) };
  writeFileSync(file, `${JSON.stringify(golden, null, 2)}\n`);
  console.log(`recorded the suggestions of engine ${ENGINE}`);
} else {
  console.error(`The suggestions of engine ${ENGINE} are recorded; count ENGINE in src/study/engine.ts up first.`);
  process.exitCode = 1;
}
