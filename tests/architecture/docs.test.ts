import { existsSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { readFile, readFiles, root, type SourceFile } from "./source-files.ts";

const pages = [
  ...["docs", "examples"].flatMap((folder) => readFiles(folder, [".md"])),
  ...["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(readFile),
];

interface Link {
  /** From the repository's root; the page's own path for a place within it. */
  readonly target: string;
  readonly place: string | null;
}

const withoutCode = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, "");

/** Where a page links to; addresses of the web are left out. */
function linksOf(page: SourceFile): readonly Link[] {
  const prose = withoutCode(page.text).replace(/`[^`\n]*`/g, "");
  const links = Array.from(prose.matchAll(/\]\(([^)\s#]*)(?:#([^)\s]*))?\)/g));
  return links
    .filter(([, target]) => !/^[a-z]+:/.test(target!))
    .map(([, target, place]) => {
      const to = target === "" ? page.path : path.posix.join(path.posix.dirname(page.path), target!);
      return { target: to, place: place ?? null };
    });
}

/** The places that GitHub makes of a page's headings. */
function placesOf(page: SourceFile): readonly string[] {
  const headings = Array.from(withoutCode(page.text).matchAll(/^#+ (.*)$/gm), ([, heading]) => heading!);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, "")
      .replaceAll(" ", "-"),
  );
}

it("links lead to files that exist", () => {
  const dead = pages.flatMap((page) =>
    linksOf(page)
      .filter(({ target }) => !existsSync(path.join(root, target)))
      .map(({ target }) => `${page.path} -> ${target}`),
  );
  expect(dead).toEqual([]);
});

it("links to a place within a page lead to a heading", () => {
  const places = new Map(pages.map((page) => [page.path, placesOf(page)]));
  const dead = pages.flatMap((page) =>
    linksOf(page)
      .filter(({ target, place }) => place !== null && !places.get(target)?.includes(place))
      .map(({ target, place }) => `${page.path} -> ${target}#${place}`),
  );
  expect(dead).toEqual([]);
});

it("the table of contents has every page", () => {
  const contents = linksOf(pages.find((page) => page.path === "docs/index.md")!).map(({ target }) => target);
  const missing = pages
    .map((page) => page.path)
    .filter((page) => /^(?:docs|examples)\//.test(page) && !contents.includes(page));
  expect(missing).toEqual(["docs/index.md"]);
});
