import { describe, expect, it } from "vitest";
import { EXECUTOR_NAMES } from "../../src/executor/registry.ts";
import { samplerJudges, samplerNames } from "../../src/sampler/registry.ts";
import { schedulerNames } from "../../src/scheduler/registry.ts";
import { STORAGE_NAMES } from "../../src/storage/registry.ts";
import { readFiles } from "./source-files.ts";

const registries = [
  { room: "sampler", pages: "docs/guide/samplers", names: samplerNames() },
  { room: "scheduler", pages: "docs/guide/schedulers", names: schedulerNames() },
  { room: "storage", pages: "docs/guide/storages", names: STORAGE_NAMES },
  { room: "executor", pages: "docs/guide/executors", names: EXECUTOR_NAMES },
];

const pages = readFiles("docs", [".md"]);

it.each(samplerNames())(
  "the sampler %s is held to several objectives where its entry says that it knows them",
  (name) => {
    const call = new RegExp(`samplerContract\\("${name}", \\{[^}]*objectives: "many"`);
    const holds = readFiles("src/sampler", [".test.ts"]).some((file) => call.test(file.text));
    expect(holds).toBe(samplerJudges(name, 2, 0));
  },
);

it.each(samplerNames())("the sampler %s is held to limits where its entry says that it knows them", (name) => {
  const call = new RegExp(`samplerContract\\("${name}", \\{[^}]*limits: true`);
  const holds = readFiles("src/sampler", [".test.ts"]).some((file) => call.test(file.text));
  expect(holds).toBe(samplerJudges(name, 1, 1));
});

describe.each(registries)("every $room", ({ room, pages: folder, names }) => {
  const tests = readFiles(`src/${room}`, [".test.ts"]);

  it("has a name", () => expect(names.length).toBeGreaterThan(0));

  // A program's suggestions are nobody's to hold to a contract; src/study/outside-sampler tests what is said to it.
  const held = names.filter((name) => name !== "program");

  it.each(held)("%s runs the contract suite", (name) => {
    const call = new RegExp(`[cC]ontract\\(\\s*"${name}"`);
    expect(tests.filter((file) => call.test(file.text)).map((file) => file.path)).not.toEqual([]);
  });

  it.each(names)("%s has a docs page with an example", (name) => {
    const page = pages.find((file) => file.path === `${folder}/${name}.md`);
    expect(page?.path).toBe(`${folder}/${name}.md`);
    expect(page!.text).toMatch(/^```[\s\S]+?^```/m);
  });

  it.each(names)("%s is in the table of contents", (name) => {
    const index = pages.find((file) => file.path === "docs/index.md");
    expect(index!.text).toContain(`(${folder.replace("docs/", "")}/${name}.md)`);
  });
});
