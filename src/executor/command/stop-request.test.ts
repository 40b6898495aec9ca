import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { StopRequest } from "./stop-request.ts";

const folder = mkdtempSync(join(tmpdir(), "attune-stop-"));

/** A request that is begun, and resolves with its signal. */
function begun(file: string | null, headStartMs: number) {
  const request = new StopRequest(file, headStartMs);
  const signals: string[] = [];
  const told = Promise.withResolvers<void>();
  const signal = (name: string) => (): void => {
    signals.push(name);
    told.resolve();
  };
  request.begin(signal("first"));
  request.begin(signal("second"));
  return { request, signals, told: told.promise };
}

it("sends the signal at once without a file, and once only", async () => {
  const { request, signals } = begun(null, 60_000);
  expect(signals).toEqual(["first"]);
  await request.end();
  request.begin(() => signals.push("late"));
  expect(signals).toEqual(["first"]);
});

it("makes the file before the signal, and takes it away at the end", async () => {
  const file = join(folder, "deep", "stop");
  const { request, signals, told } = begun(file, 20);
  expect(signals).toEqual([]);
  await told;
  expect(existsSync(file)).toBe(true);
  expect(signals).toEqual(["first"]);
  await request.end();
  expect(existsSync(file)).toBe(false);
});

it("signals nobody once the program is over, and leaves no file", async () => {
  const file = join(folder, "over");
  const { request, signals } = begun(file, 10);
  await request.end();
  expect(existsSync(file)).toBe(false);
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(signals).toEqual([]);
});

it("signals though the file cannot be made, and leaves what stands in its place", async () => {
  writeFileSync(join(folder, "file"), "");
  const barred = begun(join(folder, "file", "stop"), 60_000);
  await barred.told;
  await barred.request.end();
  const place = join(folder, "folder");
  mkdirSync(place);
  const taken = begun(place, 60_000);
  await taken.told;
  await taken.request.end();
  expect(existsSync(place)).toBe(true);
});

it("leaves a file alone that it did not make", async () => {
  const file = join(folder, "other");
  writeFileSync(file, "");
  await new StopRequest(file, 0).end();
  expect(existsSync(file)).toBe(true);
});
