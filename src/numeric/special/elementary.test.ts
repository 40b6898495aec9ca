import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { keyedStreams } from "../random/keyed-streams.ts";
import { exp } from "./exp.ts";
import { expm1 } from "./expm1.ts";
import { ln } from "./ln.ts";
import { ln1p } from "./ln1p.ts";
import { powerOfTwo } from "./power-of-two.ts";

/** Each function with the built-in one and the digest of its bits over the sample, the same wherever it runs. */
const FUNCTIONS = [
  { name: "exp", own: exp, builtIn: Math.exp, digest: "04c9762ee6aefba1" },
  { name: "expm1", own: expm1, builtIn: Math.expm1, digest: "27d661a41a399b7e" },
  { name: "ln", own: ln, builtIn: Math.log, digest: "be1487ea75394667" },
  { name: "ln1p", own: ln1p, builtIn: Math.log1p, digest: "cde64a11f3accae7" },
] as const;

/** Numbers of every size and sign, most of them where samplers use these functions. */
function sample(): Float64Array {
  const stream = keyedStreams(1).stream("elementary");
  const words = new DataView(new ArrayBuffer(8));
  const anyBits = (): number => {
    words.setUint32(0, stream.uint32());
    words.setUint32(4, stream.uint32());
    return words.getFloat64(0);
  };
  const makers = [
    anyBits,
    () => stream.float(),
    () => -stream.float(),
    () => 40 * stream.float() - 20,
    () => 1500 * stream.float() - 750,
    () => 1 + 1e-6 * (stream.float() - 0.5),
    () => 1e-15 * (stream.float() - 0.5),
  ];
  const numbers = makers.flatMap((make) => Array.from({ length: 30_000 }, make));
  const powers = Array.from({ length: 2098 }, (_, i) => powerOfTwo(i - 1074)).flatMap((p) => [p, -p, 1 + p, 1 - p]);
  return Float64Array.from([
    ...numbers,
    ...powers,
    0,
    -0,
    5e-324,
    Number.MAX_VALUE,
    709.782712893384,
    -745.1332191019411,
  ]);
}

const numbers = sample();

/** How far two numbers lie apart, in units of the last place of the second. */
function ulps(a: number, b: number): number {
  if (Object.is(a, b)) return 0;
  const size = Math.abs(b);
  const unit = Math.max(5e-324, 2 ** (Math.floor(Math.log2(size)) - 52));
  return Math.abs(a - b) / unit;
}

describe.each(FUNCTIONS)("$name", ({ own, builtIn, digest }) => {
  it("is within two units in the last place of the built-in function", () => {
    const worst = numbers.reduce((most, x) => Math.max(most, ulps(own(x), builtIn(x))), 0);
    expect(worst).toBeLessThanOrEqual(2);
  });

  it("has the same bits everywhere", () => {
    const bits = new DataView(new ArrayBuffer(8 * numbers.length));
    numbers.forEach((x, i) => {
      bits.setFloat64(8 * i, own(x), true);
    });
    expect(createHash("sha256").update(bits).digest("hex").slice(0, 16)).toBe(digest);
  });

  it("takes the ends of the numbers as the built-in function does", () => {
    for (const x of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, -1, -2, 1]) {
      expect(own(x), String(x)).toBe(builtIn(x));
    }
  });
});
