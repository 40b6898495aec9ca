import { expect, it } from "vitest";
import { crashByHand } from "./by-hand.ts";

// The points before and after the commit; the campaign has the others.
it.each(["finish.decided", "write.committed", "delete.marked"] as const)(
  "does a command given by hand once, though it crashed at %s and was given again",
  async (point) => {
    await expect(crashByHand(point)).resolves.toBeUndefined();
  },
  120_000,
);
