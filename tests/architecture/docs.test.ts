import { existsSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { readFile, readFiles, root, type SourceFile } from "./source-files.ts";

const pages = [
  ...["docs", "examples"].flatMap((folder) => readFiles(folder, [".md"])),
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(readFile),
];

/** Paths from the repository's root that a page links to; addresses of the web and places within a page are left out. */
function linksOf(page: SourceFile): readonly string[] {
  const prose = page.text.replace(/^```[\s\S]*?^```/gm, "").replace(/`[^`\n]*`/g, "");
  const targets = Array.from(prose.matchAll(/\]\(([^)\s]+)\)/g), ([, target]) => target!.replace(/#.*$/, ""));
  return targets
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target))
    .map((target) => path.posix.join(path.posix.dirname(page.path), target));
}

it("links lead to files that exist", () => {
  const dead = pages.flatMap((page) =>
    linksOf(page)
      .filter((target) => !existsSync(path.join(root, target)))
      .map((target) => `${page.path} -> ${target}`),
  );
  expect(dead).toEqual([]);
});

it("the table of contents has every page", () => {
  const contents = linksOf(pages.find((page) => page.path === "docs/index.md")!);
  const missing = pages
    .map((page) => page.path)
    .filter((page) => /^(?:docs|examples)\//.test(page) && !contents.includes(page));
  expect(missing).toEqual(["docs/index.md"]);
});
