import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { RungTrust } from "./rung-trust.ts";

/** Values at a rung that follow those above it as closely as `signal` says, from 0 to 1. */
function trustAfter(count: number, signal: number, seed: number): RungTrust {
  const random = keyedStreams(seed, 0).stream("values");
  const trust = new RungTrust();
  for (let k = 0; k < count; k++) {
    const high = random.float();
    trust.add(signal * high + (1 - signal) * random.float(), high);
  }
  return trust;
}

const share = (holds: (seed: number) => boolean): number =>
  Array.from({ length: 400 }, (_none, seed) => seed).filter(holds).length / 400;

describe("RungTrust", () => {
  it("says nothing before six trials, and is settled by 24 at the most", () => {
    const trust = new RungTrust();
    for (let k = 0; k < 5; k++) {
      trust.add(k, k);
      expect([trust.shown, trust.settled]).toEqual([false, false]);
    }
    expect(trust.words).toBe("5 trials have come from here to the rung above, which shows nothing yet");
    trust.add(5, 5);
    expect([trust.shown, trust.settled]).toEqual([true, true]);
    expect(trust.words).toMatch(
      /^the order here is that of the rung above: rank correlation 1.00 of 6 trials, at least 0.\d\d$/,
    );
    expect(trustAfter(23, 0, 1).settled).toBe(false);
    expect(trustAfter(24, 0, 1).settled).toBe(true);
  });

  it("is not to be had by values that rank backwards or are all one, and seldom by chance", () => {
    const backwards = new RungTrust();
    const one = new RungTrust();
    for (let k = 0; k < 40; k++) {
      backwards.add(k, -k);
      one.add(1, k);
    }
    expect([backwards.shown, one.shown]).toEqual([false, false]);
    expect(backwards.words).toMatch(
      /^the order here is not shown to be that of the rung above: rank correlation -1.00 of 24/,
    );
    // 18 % at 24 looks of 6 to 24 trials: less than one in four of rungs that say nothing.
    expect(share((seed) => trustAfter(24, 0, seed).shown)).toBeLessThan(0.25);
    expect(share((seed) => trustAfter(24, 0.6, seed).shown)).toBeGreaterThan(0.95);
  });

  it("keeps what was shown, and says the same of any number of trials read", () => {
    for (let seed = 0; seed < 50; seed++) {
      let shown = false;
      for (let count = 0; count <= 30; count++) {
        const trust = trustAfter(count, 0.3, seed);
        if (shown) expect(trust.shown).toBe(true);
        shown = trust.shown;
      }
    }
  });
});
