import { expect, it } from "vitest";
import { codeBlocks } from "./code-blocks.ts";
import { isTestFile, readFile, readFiles } from "./source-files.ts";

const exported = readFile("tests/architecture/public-api.txt").text.trim().split("\n");
const page = readFile("docs/reference/api.md");
const stability = readFile("docs/reference/stability.md");

it("shows every exported name in an example of docs/reference/api.md", () => {
  const imports = codeBlocks(page, "ts").flatMap(({ code }) =>
    Array.from(code.matchAll(/import \{([^}]*)\} from "attune"/g), ([, names]) => names!.split(",")).flat(),
  );
  const shown = new Set(imports.map((name) => name.trim().replace(/^type /, "")));
  expect(exported.filter((name) => !shown.has(name.replace(/^type /, "")))).toEqual([]);
});

it("has a heading for every function and class, and its text names every type", () => {
  const headings = page.text.match(/^### .*$/gm)!.join("\n");
  const prose = page.text.replace(/^```[\s\S]*?^```/gm, "");
  const missing = exported.filter((name) =>
    name.startsWith("type ") ? !prose.includes(`\`${name.slice(5)}\``) : !headings.includes(`\`${name}\``),
  );
  expect(missing).toEqual([]);
});

it("lists as experimental what the sources mark so", () => {
  const product = readFiles("src", [".ts"]).filter((file) => !isTestFile(file));
  const mark = /@experimental[^/]*\*\/\s*export (?:async )?(?:interface|type|class|function|const) (\w+)/g;
  const marked = product.flatMap((file) => Array.from(file.text.matchAll(mark), ([, name]) => name!));
  const section = /^## Experimental\n([\s\S]*?)^## /m.exec(stability.text)![1]!;
  const listed = Array.from(section.matchAll(/`([A-Za-z]+)`/g), ([, name]) => name!);
  const names = exported.map((name) => name.replace(/^type /, ""));
  expect(marked.filter((name) => names.includes(name)).sort()).toEqual(listed.sort());
});
