import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";

const BUILT = path.resolve(import.meta.dirname, "../../../dist/dashboard");

const read = (file: string) => readFileSync(path.join(BUILT, file), "utf8");
const kilobytes = (files: Iterable<string>) =>
  [...files].reduce((sum, file) => sum + gzipSync(read(file), { level: 9 }).length, 0) / 1_000;

/** A file with all that it loads before it runs. */
function loadedWith(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, imported] of read(file).matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g))
    loadedWith(`assets/${imported}`, found);
  return found;
}

const page = read("index.html");
const first = new Set(
  Array.from(page.matchAll(/\b(?:src|href)="\.\/(assets\/[^"]+)"/g), ([, file]) => file!).flatMap((file) =>
    file.endsWith(".js") ? [...loadedWith(file)] : [file],
  ),
);
const named = (name: string) =>
  readdirSync(path.join(BUILT, "assets")).filter((file) => file.startsWith(`${name}-`) && file.endsWith(".js"));

it("shows its first page by at most 200 kB, compressed, without what draws", () => {
  expect(kilobytes(["index.html", ...first])).toBeLessThanOrEqual(200);
  expect([...first].filter((file) => /echarts|uplot|cube/.test(file))).toEqual([]);
});

it("loads what draws figures and curves when one is first shown, in pieces of their own", () => {
  expect(named("echarts")).toHaveLength(1);
  expect(named("uplot")).toHaveLength(1);
  expect(kilobytes(named("echarts").map((file) => `assets/${file}`))).toBeLessThanOrEqual(260);
});

it("loads what draws in space when it is asked for, in a piece of its own of at most 130 kB, without what draws figures", () => {
  const [cube, ...others] = named("front-cube");
  expect(others).toEqual([]);
  const loaded = loadedWith(`assets/${cube}`);
  expect([...loaded].filter((file) => /echarts|uplot/.test(file))).toEqual([]);
  const known = new Set([...first, ...named("figure-chart").flatMap((file) => [...loadedWith(`assets/${file}`)])]);
  expect(kilobytes([...loaded].filter((file) => !known.has(file)))).toBeLessThanOrEqual(130);
  const before = [...known].filter((file) => read(file).includes("3-D scatter plot"));
  expect(before).toEqual([]);
});

it("has nothing of another host, and nothing in line", () => {
  const files = readdirSync(path.join(BUILT, "assets")).map((file) => `assets/${file}`);
  // Names of XML's own and words of libraries are no addresses that are asked for.
  const asked = /\b(?:fetch|import|open|Worker)\(\s*["'`]https?:|url\(\s*["']?https?:|<(?:script|link|img)[^>]*https?:/;
  expect(files.filter((file) => asked.test(read(file)))).toEqual([]);
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=/);
});
