import { appendFileSync, mkdtempSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GrowingFile, ReadableLog } from "./follow-log.ts";

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

function read(bytes: Uint8Array, lengths: readonly number[] = [bytes.length || 1]): string {
  const log = new ReadableLog();
  let text = "";
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = lengths[turn % lengths.length]!;
    text += log.push(bytes.subarray(at, at + length));
    at += length;
  }
  return text + log.end();
}

describe("ReadableLog", () => {
  it.each([
    ["\u001b[1;31mred\u001b[0m and\tplain\n", "red and\tplain\n"],
    ["10 %\r20 %\r\n", "10 %\n20 %\n"],
    ["\u001b[2K\u001b[1Aup", "up"],
    ["\u001b]52;c;ZXZpbA==\u0007", "\\x1b]52;c;ZXZpbA==\\x07"],
    ["a\u202eb\u009b31mc\bd\u0000", "a\\u202eb\\x9b31mc\\x08d\\x00"],
    ["cut \u001b[3", "cut \\x1b[3"],
  ])("shows %j", (text, shown) => expect(read(Buffer.from(text))).toBe(shown));

  it("shows the same however the output is cut, and nothing that a terminal obeys", () => {
    const pieces = fc.array(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.constantFrom("\u001b", "[31m", "\r", "\n", "\u202e", "é", "\u001b[0;1m", "\t"),
      ),
    );
    fc.assert(
      fc.property(pieces, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (words, lengths) => {
        const bytes = Buffer.from(words.join(""));
        expect(read(bytes, lengths)).toBe(read(bytes));
        expect(read(bytes)).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
      }),
    );
  });
});
