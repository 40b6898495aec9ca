import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { expect, it } from "vitest";
import { bytesByGroup, residentBytes } from "./resident-bytes.ts";

const MEBIBYTE = 1_048_576;

it.runIf(process.platform === "linux")(
  "adds up what each tree has, by group and by mark, and nothing else",
  async () => {
    const marker = randomUUID();
    const holds = (mebibytes: number): string =>
      `const held = Buffer.alloc(${mebibytes * MEBIBYTE}, 1); console.log("holds"); setInterval(() => held, 1000);`;
    const start = (mebibytes: number, mark: string) =>
      spawn(process.execPath, ["-e", holds(mebibytes)], {
        detached: true,
        env: { MARK: mark },
        stdio: ["ignore", "pipe", "ignore"],
      });
    const children = [start(100, "none"), start(200, marker), start(50, marker)] as const;
    await Promise.all(children.map(({ stdout }) => once(stdout!, "data")));
    const group = (pid: number, mark = randomUUID(), allowed = Number.POSITIVE_INFINITY) => ({
      group: pid,
      marker: mark,
      allowed,
    });
    const [first, marked] = [group(children[0].pid!), group(children[1].pid!, marker)];
    const exact = group(children[0].pid!, randomUUID(), 0);
    const nobody = group(2 ** 30);
    const used = await residentBytes([first, marked, nobody]);
    expect(used.get(nobody)).toBe(0);
    expect(used.get(first)).toBeGreaterThan(100 * MEBIBYTE);
    expect(used.get(first)).toBeLessThan(250 * MEBIBYTE);
    expect(used.get(marked)).toBeGreaterThan(250 * MEBIBYTE);
    // More than is allowed: pages that others share count in part.
    const shared = (await residentBytes([exact])).get(exact)!;
    expect(shared).toBeGreaterThan(100 * MEBIBYTE);
    expect(shared).toBeLessThanOrEqual(used.get(first)!);
    const ends = children.map((child) => once(child, "exit"));
    for (const child of children) child.kill("SIGKILL");
    await Promise.all(ends);
  },
);

it("reads what ps tells of each group", () => {
  const trees = [7, 8, 9].map((group) => ({ group, marker: "", allowed: 0 }));
  const used = bytesByGroup("    7   100\n   10 9999\n    8    50\n    7    20\n\n", trees);
  expect([...used]).toEqual([
    [trees[0], 120 * 1024],
    [trees[1], 50 * 1024],
    [trees[2], 0],
  ]);
});
