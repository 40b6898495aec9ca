import path from "node:path";
import { expect, it } from "vitest";
import { allCommands, settingsPages } from "../../scripts/settings-docs.ts";
import { COMMANDS } from "../../src/cli/command-table.ts";
import { importsOf, isTestFile, linesMatching, readFile, readFiles, root } from "./source-files.ts";

it("pages say of options and keys what their declarations do; npm run docs:settings, or -u, writes them", async () => {
  const pages = await settingsPages();
  expect(pages.map(({ file }) => file)).toContain("docs/reference/options.md");
  for (const { file, wanted } of pages) await expect(wanted).toMatchFileSnapshot(path.join(root, file));
});

/** All that is loaded with a file. */
function loadedWith(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  const source = readFile(file);
  const lazily = new Set([...source.text.matchAll(/\bimport\(\s*["']([^"']+)["']/g)].map(([, name]) => name));
  const types = new Set(
    [...source.text.matchAll(/\bimport type [^;]*? from ["']([^"']+)["']/g)].map(([, name]) => name),
  );
  for (const match of source.text.matchAll(/\bfrom\s+["'](\.[^"']+)["']/g)) {
    const name = match[1]!;
    if (lazily.has(name) || types.has(name)) continue;
    loadedWith(path.posix.join(path.posix.dirname(file), name), found);
  }
  return found;
}

it("the table of settings loads no room: every command reads it as it starts", () => {
  const loaded = [...loadedWith("src/cli/settings/table.ts")];
  expect(loaded).toContain("src/cli/settings/metric-settings.ts");
  expect(loaded.filter((file) => /\/(index|registry)\.ts$/.test(file))).toEqual([]);
  const packages = loaded.flatMap((file) => importsOf(readFile(file)).filter((name) => !name.startsWith("src/")));
  expect([...new Set(packages)]).toEqual(["commander"]);
  expect(loaded.length).toBeLessThan(35);
});

it("only the command line speaks of its options and commands: rooms below are libraries too", async () => {
  const options = [...(await allCommands()).values()].flatMap((command) => command.options.map(({ long }) => long!));
  const words = new Set(options.map((long) => long.slice(2)));
  const named = new RegExp(
    `(?<![\\w-])--(?:${[...words].join("|")})(?![\\w-])|\\battune (?:${COMMANDS.map(({ name }) => name).join("|")})\\b`,
  );
  const below = readFiles("src", [".ts"]).filter((file) => !isTestFile(file) && !file.path.startsWith("src/cli/"));
  expect(words).toContain("idle-timeout");
  expect(below.flatMap((file) => linesMatching(file, named))).toEqual([]);
});
