import { transform } from "esbuild";
import { expect, it } from "vitest";
import { PLANTS } from "../faults/campaign/plants.ts";
import { importsOf, readFile } from "./source-files.ts";

/** The file and all that it loads of this repository, itself or through others. */
function loadedBy(file: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(file)) return known;
  known.add(file);
  for (const imported of importsOf(readFile(file))) {
    if (/^(src|tests)\//.test(imported)) loadedBy(imported, known);
  }
  return known;
}

it("the mixed campaign of faults checks without any part of what it checks", () => {
  const loaded = [...loadedBy("tests/faults/campaign/mixed.ts")];
  expect(loaded).toContain("tests/faults/campaign/check-study.ts");
  expect(loaded.filter((file) => file.startsWith("src/"))).toEqual([]);
});

it.each(PLANTS)("a fault that is planted for it fits the sources: $name", async ({ patches }) => {
  for (const { file, from, to } of patches) {
    const { text } = readFile(`src/${file}`);
    expect(text.split(from), `${file}: ${from}`).toHaveLength(2);
    await transform(
      text.replace(from, () => to),
      { loader: "ts" },
    );
  }
});
