import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { codeBlocks } from "../architecture/code-blocks.ts";
import { readFile, readFiles, root } from "../architecture/source-files.ts";

/** The examples of the reference, and every other one that stands by itself: it imports what it uses. */
const pages = [readFile("README.md"), ...readFiles("docs", [".md"])];
const examples = pages
  .flatMap((page) => codeBlocks(page, "ts"))
  .filter(({ page, code }) => code.includes('from "attune"') && page !== "README.md")
  .map((block) => ({ ...block, name: `${block.page.replace(/\W+/g, "-")}-${block.line}.mts` }));

const folder = mkdtempSync(path.join(tmpdir(), "attune-examples-"));
const attune = path.join(folder, "node_modules", "attune");
mkdirSync(attune, { recursive: true });
symlinkSync(path.join(root, "src"), path.join(attune, "src"));
writeFileSync(path.join(attune, "package.json"), JSON.stringify({ type: "module", exports: "./src/index.ts" }));
writeFileSync(path.join(folder, "package.json"), JSON.stringify({ type: "module" }));
for (const { name, code } of examples) writeFileSync(path.join(folder, name), code);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the examples of the documentation", () => {
  it("are there", () => expect(examples.length).toBeGreaterThan(12));

  it("have the right types", () => {
    const settings = { extends: path.join(root, "tsconfig.json"), include: ["*.mts"] };
    const types = { noUnusedLocals: false, typeRoots: [path.join(root, "node_modules", "@types")] };
    writeFileSync(path.join(folder, "tsconfig.json"), JSON.stringify({ ...settings, compilerOptions: types }));
    const tsc = path.join(root, "node_modules", "typescript", "bin", "tsc");
    const ended = spawnSync(process.execPath, [tsc, "-p", folder], { cwd: folder, encoding: "utf8" });
    expect(ended.stdout).toBe("");
    expect(ended.status).toBe(0);
  });

  it.each(examples)("$page:$line runs", ({ name, code }) => {
    const output = execFileSync(process.execPath, [name], { cwd: folder, encoding: "utf8", stdio: "pipe" });
    // A comment behind console.log is what it prints.
    const wanted = Array.from(code.matchAll(/^\s*console\.log\(.*\); \/\/ (.*)$/gm), ([, text]) => text);
    if (wanted.length > 0) expect(output.trim().split("\n")).toEqual(wanted);
  });
});
