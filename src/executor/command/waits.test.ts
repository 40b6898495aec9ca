import fc from "fast-check";
import { expect, it } from "vitest";
import { type WaitReason, Waits } from "./waits.ts";

it("lets the program go on when the last reason is gone, whatever comes and goes", () => {
  const change = fc.tuple(fc.constantFrom<WaitReason>("log", "reports", "files"), fc.boolean());
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const told: boolean[] = [];
      const waits = new Waits((now) => told.push(now));
      const reasons = { log: false, reports: false, files: false };
      for (const [reason, wait] of changes) {
        waits.set(reason, wait);
        reasons[reason] = wait;
        const any = reasons.log || reasons.reports || reasons.files;
        expect(waits.any).toBe(any);
        expect(told.at(-1) ?? false).toBe(any);
      }
      // Each change once.
      expect(told).toEqual(told.map((_, k) => k % 2 === 0));
    }),
  );
});
