import { expect, it } from "vitest";
import * as api from "../../src/index.ts";
import { readFiles } from "./source-files.ts";

/** Every name of a file that exports only by `export { … } from` and `export type { … } from`. */
function exportedNames(text: string): readonly string[] {
  return Array.from(text.matchAll(/^export (type )?\{([^}]*)\}/gm)).flatMap(([, allTypes, list]) =>
    list!
      .split(",")
      .map((item) => item.trim())
      .filter((item) => item !== "")
      .map((item) => (allTypes === undefined || item.startsWith("type ") ? item : `type ${item}`)),
  );
}

it("exports the names that public-api.txt lists, no more and no fewer", async () => {
  const index = readFiles("src", ["index.ts"]).find((file) => file.path === "src/index.ts")!;
  const names = exportedNames(index.text);
  const values = names.filter((name) => !name.startsWith("type "));
  expect(values.map((name) => name.replace(/^\w+ as /, "")).sort()).toEqual(Object.keys(api).sort());
  await expect(`${[...names].sort().join("\n")}\n`).toMatchFileSnapshot("public-api.txt");
});
