import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ENGINE } from "../../src/study/index.ts";
import { suggestionDigests } from "./suggestions.ts";

const golden: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(
  readFileSync(new URL("suggestions.json", import.meta.url), "utf8"),
);

it("suggests the same bits as this version of the engine always did", async () => {
  const way =
    "a change of any sampler's suggestions needs a new ENGINE in src/study/engine.ts, then `node tests/golden/record.ts`";
  expect(golden[ENGINE], `no golden suggestions of engine ${ENGINE}: ${way}`).toBeDefined();
  expect(await suggestionDigests(), way).toEqual(golden[ENGINE]);
});
