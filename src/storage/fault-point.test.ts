import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { FAULT_POINTS } from "./fault-point.ts";

/** How many times a process passed `write.begun` that is to die somewhere, and by what it ended. */
function passages(fault: string | undefined): readonly [number, string | null] {
  const program = `
    import { faultPoint } from ${JSON.stringify(join(import.meta.dirname, "fault-point.ts"))};
    for (let k = 0; k < 5; k++) { process.stdout.write("x"); faultPoint("write.begun"); faultPoint("a.b"); }`;
  const { ATTUNE_FAULT: _none, ...rest } = process.env;
  const env = { ...rest, ...(fault !== undefined && { ATTUNE_FAULT: fault }) };
  const node = spawnSync(process.execPath, ["--input-type=module", "-e", program], { env, encoding: "utf8" });
  return [node.stdout.length, node.signal];
}

it.each([
  ["write.begun", 1],
  ["write.begun:1", 1],
  ["write.begun:3", 3],
  ["a.b:5", 5],
])("lets a process die at the passage that is named, and at no other: %s", (fault, count) => {
  expect(passages(fault)).toEqual([count, "SIGKILL"]);
});

it.each([undefined, "", "write.begun:6", "write.committed:1"])("lets it live otherwise: %s", (fault) => {
  expect(passages(fault)).toEqual([5, null]);
});

it("names each place once", () => expect(new Set(FAULT_POINTS).size).toBe(FAULT_POINTS.length));
