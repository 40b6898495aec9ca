import { expect, it } from "vitest";
import { lacksRoom, noRoom, unwritableCode, waitsForRoom } from "./lacks-room.ts";

const withCode = (code: string, message = "", cause?: unknown): Error =>
  Object.assign(new Error(message, { cause }), { code });

it.each([
  [withCode("EMFILE"), "EMFILE"],
  [withCode("ENFILE"), "ENFILE"],
  [withCode("EAGAIN"), "EAGAIN"],
  [withCode("ENOMEM"), "ENOMEM"],
  [withCode("ERR_WORKER_INIT_FAILED", "Worker initialization failure: EMFILE"), "EMFILE"],
  [new Error("The storage's thread ended", { cause: withCode("EMFILE") }), "EMFILE"],
  [withCode("user-code", "The folder could not be made", withCode("ENFILE")), "ENFILE"],
  [withCode("ENOENT", "no such file: EMFILE"), null],
  [withCode("ENOSPC"), null],
  [new Error("EMFILE"), null],
  [Object.assign(new Error("x"), { code: 24 }), null],
  [new Error("x", { cause: new Error("y", { cause: withCode("EMFILE") }) }), "EMFILE"],
  ["EMFILE", null],
  [null, null],
])("%j says of room: %s", (error, code) => {
  expect(lacksRoom(error)).toBe(code);
});

it("says what it waits for", () => {
  const words = (of: string, code: string): string =>
    `the system has no room for more ${of} (${code}), so that no program can be started: this run waits some seconds for it, then it ends.`;
  expect(waitsForRoom("EAGAIN")).toBe(words("open files, processes or threads", "EAGAIN"));
  expect(waitsForRoom("ENOMEM")).toBe(words("memory", "ENOMEM"));
});

it("says what to do", () => {
  expect(noRoom("EMFILE", null)).toMatchObject({
    code: "no-room",
    message: expect.stringMatching(/for more open files, processes or threads \(EMFILE\)\. .*ulimit -n.*fewer workers/),
  });
  expect(noRoom("ENOMEM", null).message).toMatch(/no room for more memory.*Free some/);
});

it.each([
  ["ENOSPC", "no-room"],
  ["EDQUOT", "no-room"],
  ["EACCES", "user-code"],
  ["EMFILE", "user-code"],
])("tells a full disk from what else keeps a file from being written (%s)", (code, expected) => {
  const refused = Object.assign(new Error(code), { code });
  expect(unwritableCode(refused)).toBe(expected);
  expect(unwritableCode(new Error("not written", { cause: refused }))).toBe(expected);
  expect(unwritableCode("not written")).toBe("user-code");
  expect(unwritableCode(Object.assign(new Error("not written"), { code: 28 }))).toBe("user-code");
});
