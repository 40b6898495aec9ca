import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { ChanceCalibration } from "./chance-calibration.ts";

/** Trials that come with a chance whose odds are a line in the odds stated. */
function learnt(shift: number, slope: number, trials: number): ChanceCalibration {
  const stream = keyedStreams(5, 0).stream("calibration");
  const made = new ChanceCalibration();
  for (let k = 0; k < trials; k++) {
    const stated = 0.05 + 0.9 * stream.float();
    const odds = shift + slope * Math.log(stated / (1 - stated));
    made.add([stated], stream.float() < 1 / (1 + Math.exp(-odds)));
  }
  return made;
}

describe("correcting chances by what came of them", () => {
  it("changes nothing before anything is known, and little by little after", () => {
    const made = new ChanceCalibration();
    for (const chance of [0.01, 0.2, 0.5, 0.97]) expect(made.of(chance)).toBeCloseTo(chance, 12);
    made.add([0.3], true);
    expect(made.of(0.3)).toBeGreaterThan(0.3);
    expect(made.of(0.3)).toBeLessThan(0.4);
    made.forget();
    expect(made.of(0.3)).toBeCloseTo(0.3, 12);
  });

  it("finds how timid or bold they were", () => {
    for (const [shift, slope] of [
      [0, 1],
      [0.9, 1.8],
      [-0.2, 0.6],
    ] as const) {
      const made = learnt(shift, slope, 128);
      for (const chance of [0.1, 0.3, 0.6]) {
        const odds = shift + slope * Math.log(chance / (1 - chance));
        expect(Math.abs(made.of(chance) - 1 / (1 + Math.exp(-odds)))).toBeLessThan(0.12);
      }
    }
  });

  it("is slow to call all hopeless, since few have come so far", () => {
    const made = new ChanceCalibration();
    for (let k = 0; k < 40; k++) made.add([0.2], false);
    expect(made.of(0.4)).toBeGreaterThan(0.15);
    const many = new ChanceCalibration();
    for (let k = 0; k < 40; k++) many.add([0.2], true);
    expect(many.of(0.4)).toBeGreaterThan(0.55);
  });

  it("weighs a trial as much as another, however often something was said of it", () => {
    const [once, often] = [new ChanceCalibration(), new ChanceCalibration()];
    once.add([0.4], false);
    often.add(
      Array.from({ length: 20 }, () => 0.4),
      false,
    );
    expect(often.of(0.2)).toBeCloseTo(once.of(0.2), 12);
  });

  it("takes no more in once it is full", () => {
    const made = learnt(0, 1, 128);
    expect(made.full).toBe(true);
    const before = made.of(0.3);
    made.add([0.3], true);
    expect(made.of(0.3)).toBe(before);
  });

  it("gives shares that grow with the chance, whatever came", () => {
    const chance = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(chance, { minLength: 1, maxLength: 4 }), fc.boolean()), { maxLength: 40 }),
        chance,
        chance,
        (trials, a, b) => {
          const made = new ChanceCalibration();
          for (const [chances, came] of trials) made.add(chances, came);
          const [low, high] = [made.of(Math.min(a, b)), made.of(Math.max(a, b))];
          expect(low).toBeGreaterThan(0);
          expect(high).toBeLessThan(1);
          expect(low).toBeLessThanOrEqual(high);
        },
      ),
    );
  });
});
