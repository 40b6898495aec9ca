import { closeSync, mkdtempSync, openSync, readFileSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ownControlGroup } from "./command/control-group.ts";
import { fromSystem, readSystemFile } from "./read-system-file.ts";

it("has nothing where there is nothing, and raises what else is wrong", () => {
  expect(readSystemFile("/nowhere/at/all")).toBeNull();
  expect(() => readSystemFile("/")).toThrow("EISDIR");
});

const mount = ownControlGroup();

it.runIf(mount !== null)("has nothing of a control group that is removed while it is read", () => {
  const group = mkdtempSync(join(mount!, "attune-test-"));
  const read = (file: string): string => {
    const descriptor = openSync(file, "r");
    try {
      rmdirSync(group);
      return readFileSync(descriptor, "utf8");
    } finally {
      closeSync(descriptor);
    }
  };
  expect(fromSystem(join(group, "cgroup.events"), read)).toBeNull();
});
