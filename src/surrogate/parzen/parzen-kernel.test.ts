import { describe, expect, it } from "vitest";
import { compileKernel, KERNELS } from "../../../scripts/build-kernel.mjs";
import { keyedStreams } from "../../numeric/random/keyed-streams.ts";
import { exp } from "../../numeric/special/exp.ts";
import { ln } from "../../numeric/special/ln.ts";
import { normalCdf, normalMass } from "../../numeric/special/normal-cdf.ts";
import { normalQuantile } from "../../numeric/special/normal-quantile.ts";
import { KernelArray } from "./kernel-array.ts";
import { ParzenKernel } from "./parzen-kernel.ts";
import { PARZEN_WASM } from "./parzen-wasm.ts";

const kernel = new ParzenKernel();
const { run } = kernel;
const stream = keyedStreams(4).stream("kernel");
/** Many sizes, the smallest most often, and the ends. */
const sizes = (most: number): readonly number[] => {
  const drawn = Array.from({ length: 20_000 }, () => most * exp(-60 * stream.float() * stream.float()));
  return [0, most, 3.725290298461914e-9, 0.3465735912322998, 1.0397205352783203, ...drawn];
};

describe("the kernel of densities", () => {
  it("is what its source compiles to", async () => {
    expect(await compileKernel(KERNELS.parzen)).toContain(PARZEN_WASM);
  });

  it("has the bits of the elementary functions", () => {
    const powers = [...sizes(746), ...sizes(50), ...sizes(1)];
    expect(powers.filter((x) => run.exp(-x) !== exp(-x))).toEqual([]);
    const pair = kernel.alloc(16);
    const expOfTwo = (x: number) => {
      kernel.floats(pair, 2).set([x, -1]);
      run.expTwo(pair);
      return kernel.floats(pair, 2)[0];
    };
    const tiny = Array.from({ length: 20_000 }, (_, i) => i * 1e-12);
    expect([...powers, ...tiny].filter((x) => x <= 700 && expOfTwo(-x) !== exp(-x))).toEqual([]);
    const positive = [...sizes(1), ...sizes(100), 5e-324, 1e-310, 1, 1 - 2 ** -53, 1 + 2 ** -52];
    expect(positive.filter((x) => run.ln(x) !== ln(x))).toEqual([]);
  });

  it("has the bits of the normal distribution, in its tails too", () => {
    const ranges = [...sizes(45), ...sizes(9)].map((size) => {
      const a = (stream.float() < 0.5 ? -1 : 1) * size;
      return [a, a + 50 * exp(-12 * stream.float())] as const;
    });
    expect(ranges.filter(([a, b]) => run.normalMass(a, b) !== normalMass(a, b))).toEqual([]);
    for (let i = 0; i < 40_000; i++) {
      const [u, mean, inverse] = [stream.float(), stream.float(), 1 + 99 * stream.float()];
      const low = normalCdf(-mean * inverse);
      const x = mean + normalQuantile(low + u * (normalCdf((1 - mean) * inverse) - low)) / inverse;
      expect(run.truncatedNormal(u, mean, inverse)).toBe(Math.min(1, Math.max(0, x)));
    }
    expect(run.truncatedNormal(0, 1, 100)).toBeLessThan(1);
    expect(run.truncatedNormal(0, 0.5, 100)).toBe(0);
  });

  it("gives out places of sixteen bytes one behind the other, all zero, and one for passing use that seldom grows", () => {
    const other = new ParzenKernel();
    const places = [1, 16, 17, 0, 100].map((bytes) => other.alloc(bytes));
    expect(places.map((place) => place - places[0]!)).toEqual([0, 16, 32, 64, 64]);
    const large = other.alloc(8 * 300_000);
    expect(other.floats(large, 300_000).every((x) => x === 0)).toBe(true);
    expect(other.alloc(1) - large).toBe(8 * 300_000);
    expect([large % 16, other.buffer.byteLength >= large + 8 * 300_000]).toEqual([0, true]);
    const scratch = [100, 4_096, 4_097, 8_194, 8_195].map((bytes) => other.scratch(bytes));
    expect(scratch.map((place) => scratch.indexOf(place))).toEqual([0, 0, 2, 2, 4]);
  });

  it("keeps numbers through a growing memory", () => {
    const other = new ParzenKernel();
    const first = new KernelArray(other);
    first.grow(3);
    first.view.set([1, 2, 3]);
    const second = new KernelArray(other);
    second.grow(1_000_000);
    expect([...second.view.slice(0, 3), second.view.at(-1)]).toEqual([0, 0, 0, 0]);
    expect([...first.view]).toEqual([1, 2, 3]);
    first.grow(5);
    expect([...first.view]).toEqual([1, 2, 3, 0, 0]);
    const scratch = other.scratch(100);
    expect(other.scratch(50)).toBe(scratch);
    expect(other.scratch(100_000)).not.toBe(scratch);
    expect([...first.view]).toEqual([1, 2, 3, 0, 0]);
  });
});
