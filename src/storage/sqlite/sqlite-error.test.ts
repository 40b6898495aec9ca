import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { AttuneError } from "../../errors.ts";
import { corruptLog, isBusy, storageError } from "./sqlite-error.ts";

const file = join(tmpdir(), "study.db");
const sqlite = (errcode: unknown): Error => Object.assign(new Error("of SQLite"), { errcode });
const system = (code: string): Error => Object.assign(new Error("of the system"), { code });

it.each([
  [5, "storage-busy", "has been locked by another process"],
  [6, "storage-busy", "has been locked by another process"],
  [15, "storage-busy", "has been locked by another process"],
  [8, "storage-read-only", "cannot be written: the file, its folder or its disk is read-only."],
  [10, "storage-failed", "Reading or writing "],
  [11, "storage-corrupt", "is damaged: nothing was changed."],
  [13, "storage-full", "There is no room left on the disk of "],
  [14, "storage-read-only", "cannot be opened for writing. Check the permissions"],
  [26, "storage-not-a-database", "is not an Attune storage, and was left as it is."],
  [1, "storage-failed", `The storage ${file} failed. (of SQLite)`],
  // Extended codes: what the primary one means, in more bits.
  [0x30_05, "storage-busy", "has been locked"],
  [0x02_0e, "storage-read-only", "cannot be opened for writing"],
])("says what SQLite's code %i means", (errcode, code, words) => {
  const error = sqlite(errcode);
  expect(storageError(file, error)).toMatchObject({ code, message: expect.stringContaining(words), cause: error });
  expect(isBusy(error)).toBe(code === "storage-busy");
});

it.each([
  ["EACCES", "storage-read-only"],
  ["EPERM", "storage-read-only"],
  ["EROFS", "storage-read-only"],
  ["ENOSPC", "storage-full"],
  ["EDQUOT", "storage-full"],
  ["EIO", "storage-failed"],
])("says what the system's %s means", (given, code) => {
  expect(storageError(file, system(given))).toMatchObject({ code });
  expect(isBusy(system(given))).toBe(false);
});

it.each([sqlite("5"), system("ERR_INVALID_ARG_TYPE"), new TypeError("of the code"), "a text", null])(
  "leaves what is none of the storage's own troubles as it is: %s",
  (error) => {
    expect(storageError(file, error)).toBe(error);
    expect(isBusy(error)).toBe(false);
  },
);

it("leaves what has words already", () => {
  const error = new AttuneError("storage-newer", "Newer.");
  expect(storageError(file, error)).toBe(error);
});

it("says of a damaged log what cannot be read in it", () => {
  const cause = new SyntaxError("no JSON");
  const error = corruptLog(file, cause);
  expect(error).toMatchObject({ code: "storage-corrupt", cause });
  expect(error.message).toContain(`${file} is damaged (no JSON): nothing was changed.`);
  expect(corruptLog(file, "a text").message).toContain(`${file} is damaged: nothing was changed.`);
});
