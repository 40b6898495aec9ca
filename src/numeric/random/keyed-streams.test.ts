import { describe, expect, it } from "vitest";
import { keyedStreams } from "./keyed-streams.ts";

const GOLDEN = [2866336215, 2108224011, 0.8918139087680419, 4, 0.32068680038072, -0.0026313700097414005];

describe("keyedStreams", () => {
  it("gives the bits written down here, on every machine and Node version", () => {
    const stream = keyedStreams(42, 7).stream("lr");
    const drawn = [stream.uint32(), stream.uint32(), stream.float(), stream.int(10), stream.normal(), stream.normal()];
    expect(drawn).toEqual(GOLDEN);
  });

  it("gives the same stream for the same key, whatever was drawn before", () => {
    const source = keyedStreams(1, 2);
    const first = source.stream("a");
    const drawn = [first.float(), first.normal(), first.int(5)];
    source.stream("b").float();
    const again = source.stream("a");
    expect([again.float(), again.normal(), again.int(5)]).toEqual(drawn);
  });

  it("tells keys apart: order, number against text, where one ends, what is empty", () => {
    const firsts = [
      keyedStreams(1, 2).stream("3"),
      keyedStreams(2, 1).stream("3"),
      keyedStreams(1, "2").stream("3"),
      keyedStreams(1, 2, "").stream("3"),
      keyedStreams(1, 23).stream(""),
      keyedStreams(1, "ab").stream("c"),
      keyedStreams(1, "a").stream("bc"),
      keyedStreams(1).stream("2"),
      keyedStreams(2 ** 53 - 1).stream("2"),
      keyedStreams(2 ** 53 - 2).stream("2"),
    ].map((s) => s.uint32());
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  // Fixed seeds: these either pass for ever or fail for ever. The bounds are 5 standard deviations, so that a sound generator
  // with other constants would fail one of them with probability below 1e-5.
  it("first draws of neighbouring trials are uniform and uncorrelated", () => {
    const n = 20_000;
    const buckets = new Array<number>(16).fill(0);
    let lag = 0;
    let cross = 0;
    let before = 0;
    for (let trial = 0; trial < n; trial++) {
      const source = keyedStreams(5, trial);
      const u = source.stream("x").float() - 0.5;
      const v = source.stream("y").float() - 0.5;
      buckets[Math.floor((u + 0.5) * 16)]! += 1;
      lag += u * before * 12;
      cross += u * v * 12;
      before = u;
    }
    const expected = n / 16;
    for (const count of buckets) expect(Math.abs(count - expected)).toBeLessThan(5 * Math.sqrt(expected * (15 / 16)));
    expect(Math.abs(lag)).toBeLessThan(5 * Math.sqrt(n));
    expect(Math.abs(cross)).toBeLessThan(5 * Math.sqrt(n));
  });

  it("normal() has the moments of a standard normal", () => {
    const n = 50_000;
    const stream = keyedStreams(9).stream("normal");
    const sums = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const x = stream.normal();
      sums[0]! += x;
      sums[1]! += x * x;
      sums[2]! += x * x * x;
      sums[3]! += x * x * x * x;
    }
    const [m1, m2, m3, m4] = sums.map((s) => s / n);
    expect(Math.abs(m1!)).toBeLessThan(5 / Math.sqrt(n));
    expect(Math.abs(m2! - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
    expect(Math.abs(m3!)).toBeLessThan(5 * Math.sqrt(15 / n));
    expect(Math.abs(m4! - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
  });

  it("int(n) is even over its values and refuses what it cannot do", () => {
    const stream = keyedStreams(3).stream("int");
    const counts = new Array<number>(7).fill(0);
    for (let i = 0; i < 70_000; i++) counts[stream.int(7)]! += 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(10_000 * (6 / 7)));
    expect(stream.int(1)).toBe(0);
    expect(stream.int(2 ** 32)).toBeGreaterThan(0);
    for (const bad of [0, -1, 1.5, 2 ** 32 + 1, Number.NaN]) expect(() => stream.int(bad)).toThrow(RangeError);
  });
});
