import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { logFile } from "../../record/study-files.ts";
import type { PagedStudy } from "../../study/paged-study.ts";
import type { Trial } from "../../trial/trial.ts";
import { readAttemptLog } from "./attempt-log.ts";

let study: PagedStudy;
let path: string;

function trial(...ends: readonly (number | null)[]): Trial {
  const attempts = ends.map((endedAt, index) => ({ index, endedAt }));
  return { number: 3, state: "running", segments: [{ index: 0, until: null, attempts }] } as unknown as Trial;
}

const read = (from?: string, bytes = 1_000_000, ended: number | null = 1) =>
  readAttemptLog(study, trial(ended), { attempt: undefined, from, bytes });

beforeEach(() => {
  const location = join(mkdtempSync(join(tmpdir(), "attune-served-log-")), "attune.db");
  study = { location, id: "1" } as PagedStudy;
  path = logFile(location, "1", 3, 0);
  mkdirSync(dirname(path), { recursive: true });
});

/** All there is, stretch by stretch. */
function all(bytes: number): string {
  let [text, from] = ["", "0:0"];
  for (;;) {
    const { text: more, next, end } = read(from, bytes);
    text += more;
    if (end) return text;
    expect(next).not.toBe(from);
    from = next;
  }
}

describe("a stretch of a log", () => {
  it("is its end where no place is given, and goes on behind it", () => {
    expect(read()).toEqual({ attempt: 0, text: "", next: "0:0", end: true, cut: false, running: false });
    writeFileSync(path, "one two");
    const first = read(undefined, 3, null);
    expect(first).toMatchObject({ text: "two", next: "1:7", end: true, running: true });
    appendFileSync(path, " three");
    expect(read(first.next)).toMatchObject({ text: " three", end: true });
  });

  it("comes together to all that was printed, however it is cut, and cuts no character in two", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.integer({ min: 4, max: 9 }), (text, bytes) => {
        const whole = text.toWellFormed();
        writeFileSync(path, whole);
        expect(all(bytes)).toBe(whole);
        const end = read(undefined, bytes).text;
        expect(whole.endsWith(end)).toBe(true);
      }),
    );
  });

  it("leaves the beginning of a character for what comes, while the program runs", () => {
    const bytes = Buffer.from("aé");
    writeFileSync(path, bytes.subarray(0, 2));
    const first = read("0:0", 10, null);
    expect(first).toMatchObject({ text: "a", next: "1:1" });
    writeFileSync(path, bytes);
    expect(read(first.next, 10, null)).toMatchObject({ text: "é", next: "1:3" });
  });

  it("takes bytes that are no text, one at a time", () => {
    writeFileSync(path, Buffer.from([0xff, 0xc3, 0x28, 0xf0, 0x9f, 0x41, 0x80]));
    expect(all(1)).toMatch(/\(.*A/);
  });

  it("goes on over parts that are put away and dropped", () => {
    writeFileSync(path, "first ");
    const first = read("0:0");
    renameSync(path, `${path}.1`);
    writeFileSync(path, "second ");
    expect(first.next).toBe("1:6");
    const second = read(first.next);
    expect(second).toMatchObject({ text: "", next: "2:0", end: false });
    expect(read(second.next)).toMatchObject({ text: "second ", next: "2:7", end: true });
    renameSync(path, `${path}.2`);
    rmSync(`${path}.1`);
    writeFileSync(path, "third");
    // What was dropped is passed over, and said.
    expect(read(first.next)).toMatchObject({ text: "second ", next: "3:0", cut: true });
    expect(all(4)).toBe("second third");
  });

  it("is refused of an attempt that there is not, and of what is no plain file", () => {
    expect(() => readAttemptLog(study, trial(1), { attempt: 1, from: undefined, bytes: 9 })).toThrow(
      "Trial 3 has no attempt 1; it has 1, counted from 0.",
    );
    symlinkSync("/dev/zero", path);
    expect(() => read()).toThrow("not a plain file");
  });
});
