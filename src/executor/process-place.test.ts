import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { readPlace } from "./process-place.ts";

const FILES = {
  machine: ["etc", "machine-id"],
  boot: ["proc/sys/kernel/random", "boot_id"],
  namespace: ["proc/self/ns", "pid"],
} as const;

/** The files of a system, of those that have a content here. */
function system(contents: Partial<Record<keyof typeof FILES, string>>): string {
  const root = mkdtempSync(path.join(tmpdir(), "attune-place-"));
  for (const [what, content] of Object.entries(contents)) {
    const [folder, name] = FILES[what as keyof typeof FILES];
    mkdirSync(path.join(root, folder), { recursive: true });
    if (what === "namespace") symlinkSync(content, path.join(root, folder, name));
    else writeFileSync(path.join(root, folder, name), `${content}\n`);
  }
  return root;
}

it("tells machine, boot and namespace, and never the machine's id itself", () => {
  const place = readPlace(system({ machine: "0123abcd", boot: "b-1", namespace: "pid:[4026531836]" }), "linux");
  expect(place).toEqual({
    machine: expect.stringMatching(/^[0-9a-f]{16}$/),
    boot: "b-1",
    namespace: "pid:[4026531836]",
    tellsReboots: true,
  });
  expect(place.machine).not.toContain("0123abcd");
  expect(readPlace(system({ machine: "0123abce" }), "linux").machine).not.toBe(place.machine);
  expect(readPlace(system({ machine: "0123abcd" }), "linux").machine).toBe(place.machine);
});

it("cannot tell a reboot in a container's namespace", () => {
  expect(readPlace(system({ namespace: "pid:[4026532999]" }), "linux").tellsReboots).toBe(false);
});

it("says nothing of what the system does not tell", () => {
  const nothing = { machine: "", boot: "", namespace: "", tellsReboots: false };
  expect(readPlace(system({}), "linux")).toEqual(nothing);
  expect(readPlace(system({ machine: "" }), "linux")).toEqual(nothing);
  expect(readPlace("/", "win32")).toEqual(nothing);
});

it("does not take what is broken for what is not there", () => {
  const root = system({});
  mkdirSync(path.join(root, "etc", "machine-id"), { recursive: true });
  expect(() => readPlace(root, "linux")).toThrow("EISDIR");
});
