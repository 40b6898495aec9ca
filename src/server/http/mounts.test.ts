import { expect, it } from "vitest";
import { mountNames, mountOf } from "./mounts.ts";

it("names storages by their files, no two alike, and by signs that a path may hold", () => {
  expect(mountNames(["attune.db", "/data/lab.db", "old/lab.db", "lab 3.sqlite", "x/"])).toEqual([
    "attune",
    "lab",
    "lab-2",
    "lab-3",
    "x",
  ]);
  expect(mountNames(["a.db", "a-2.db", "b/a.db"])).toEqual(["a", "a-2", "a-3"]);
});

it.each([
  ["/v1/studies", null],
  ["/storages/lab/v1/studies", "lab"],
  ["/storages/lab", "lab"],
  ["/storages/", null],
  ["/v1/storages/lab/", null],
  ["/storages/a%2Fb/v1", null],
])("tells which storage %s is about", (path, name) => {
  expect(mountOf(path)).toBe(name);
});
