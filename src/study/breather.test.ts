import { afterEach, expect, it, vi } from "vitest";
import { Breather } from "./breather.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

it("lets everything that waits have its turn twenty times a second, and asks nobody to wait in between", async () => {
  let now = 1_000;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  const breather = new Breather();
  now = 1_049.9;
  expect(breather.due()).toBeNull();
  now = 1_050;
  let turned = false;
  setImmediate(() => {
    turned = true;
  });
  const pause = breather.due();
  expect(pause).not.toBeNull();
  now = 1_060;
  expect(breather.due()).toBe(pause);
  await pause;
  expect(turned).toBe(true);
  now = 1_109.9;
  expect(breather.due()).toBeNull();
  now = 1_110;
  expect(breather.due()).not.toBeNull();
});
