import { expect, it } from "vitest";
import { stopOne } from "./stopped-process.ts";

it("fails nothing when one of two tuners stands still for a while", async () => {
  const found = await stopOne({ seconds: 2, namespaces: false, trials: 12 });
  expect(found).toMatchObject({ attempts: 12, lost: 0 });
}, 120_000);
