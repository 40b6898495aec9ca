import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { LoggedEvent } from "./event.ts";
import { GOLDEN_LOG, meaningOf } from "./golden-log.testing.ts";

interface Golden {
  readonly log: readonly LoggedEvent[];
  readonly meaning: object;
}

it("a log that was written once means what it did: after each event, in the history, and of each trial", () => {
  const { log, meaning } = JSON.parse(readFileSync(GOLDEN_LOG, "utf8")) as Golden;
  // Fields that came since may be more.
  expect(meaningOf(log)).toMatchObject(meaning);
});
