import { appendFileSync, mkdtempSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { GrowingFile } from "./follow-log.ts";

async function all(file: GrowingFile): Promise<string> {
  let text = "";
  for (let bytes = await file.read(); bytes !== null; bytes = await file.read()) text += Buffer.from(bytes).toString();
  return text;
}

describe("GrowingFile", () => {
  it("reads what was added, from a file that comes late and is replaced", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "attune-log-")), "a.log");
    const file = new GrowingFile(path);
    expect(await all(file)).toBe("");
    writeFileSync(path, "one ");
    expect(await all(file)).toBe("one ");
    appendFileSync(path, "two ".repeat(30_000));
    expect(await all(file)).toHaveLength(120_000);
    appendFileSync(path, "three ");
    renameSync(path, `${path}.1`);
    writeFileSync(path, "four");
    expect(await all(file)).toBe("three four");
    expect(await all(file)).toBe("");
    await file.close();
  });
});
