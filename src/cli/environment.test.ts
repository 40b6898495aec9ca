import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url);

/** Names in what is shipped; tests and what only they load set variables of their own. */
function namesIn(folder: string): readonly string[] {
  const files = readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => /\.(ts|cjs|mjs)$/.test(file) && !/\.(test|testing|contract)\.ts$/.test(file))
    .flatMap((file) => readFileSync(new URL(`${folder}${file}`, root), "utf8").match(/\bATTUNE_[A-Z_]+/g) ?? []);
}

/** A parameter's variable is told once for all names. */
function general(name: string): string {
  return name.startsWith("ATTUNE_PARAM_") ? "ATTUNE_PARAM_NAME" : name;
}

describe("docs/reference/environment.md", () => {
  it("tells every variable there is, and no others", () => {
    const page = readFileSync(new URL("docs/reference/environment.md", root), "utf8");
    const told = page.match(/^\| `ATTUNE_[A-Z_]+`/gm)?.map((row) => row.slice(3, -1)) ?? [];
    const used = new Set([...namesIn("src/"), ...namesIn("bin/")].map(general));
    expect([...told].sort()).toEqual([...used].sort());
  });
});
