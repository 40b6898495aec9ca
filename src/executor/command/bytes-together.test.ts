import fc from "fast-check";
import { expect, it } from "vitest";
import { bytesTogether } from "./bytes-together.ts";

/** Processes of which each shares `kilobytes` with all others that live; `ends(look)` says how many have ended before a look. */
function machine(processes: number, kilobytes: number, ends: (look: number) => number) {
  let looks = 0;
  const read = (pid: number, file: string): string | null => {
    const ended = ends(looks++);
    if (pid < ended) return null;
    const size = file === "status" ? kilobytes : Math.ceil(kilobytes / (processes - ended));
    return `Name:\tx\n${file === "status" ? "VmRSS" : "Pss"}:\t${size} kB\n`;
  };
  return { pids: Array.from({ length: processes }, (_, pid) => pid), read };
}

it("counts nothing of processes that end between two looks, whenever they do", () => {
  const moment = fc.record({ processes: fc.integer({ min: 2, max: 8 }), at: fc.nat(40) });
  fc.assert(
    fc.property(moment, ({ processes, at }) => {
      const { pids, read } = machine(processes, 100_000, (look) => (look < at ? 0 : processes - 1));
      expect(bytesTogether(pids, 150_000 * 1024, read)).toBeLessThanOrEqual(150_000 * 1024);
    }),
  );
});

it("tells more than is allowed where there is more, and no less", () => {
  const { pids, read } = machine(3, 300_000, () => 0);
  expect(bytesTogether(pids, 200_000 * 1024, read)).toBe(300_000 * 1024);
  expect(bytesTogether(pids, 900_000 * 1024, read)).toBe(900_000 * 1024);
});

it("takes resident memory where the shares may not be read", () => {
  const { pids, read } = machine(2, 100_000, () => 0);
  const some = (pid: number, file: string) => (file === "smaps_rollup" && pid === 1 ? null : read(pid, file));
  expect(bytesTogether(pids, 0, some)).toBe(150_000 * 1024);
});
