import { expect, it } from "vitest";
import { AttuneError } from "../errors.ts";
import { float } from "../space/index.ts";
import { MemoryStorage } from "../storage/memory/memory-storage.ts";
import { createStudy } from "./create-study.ts";
import type { ComponentOption } from "./study-options.ts";
import { withThinking } from "./with-thinking.ts";

const gp = (options: Readonly<Record<string, number | string>>) => ({ name: "gp", options });
const SPEED = () => 3.2149e9;
const barred = () => {
  throw new Error("was measured");
};

it("turns a time into operations of two digits", () => {
  expect(withThinking(gp({ think: "50ms", initial: 8 }), null, SPEED)).toEqual(
    gp({ think: "50ms", initial: 8, operations: 160_000_000 }),
  );
  expect(withThinking(gp({ think: "1s" }), gp({ think: "50ms", operations: 5 }), SPEED).options.operations).toBe(3.2e9);
});

it("keeps operations that are given, and those that the study has for the same time", () => {
  const given = gp({ think: "50ms", operations: 7 });
  expect(withThinking(given, gp({ think: "50ms", operations: 9 }), barred)).toBe(given);
  expect(withThinking(gp({ think: "0.05s" }), given, barred)).toEqual(given);
  expect(withThinking({ name: "auto", options: { think: "50ms" } }, given, barred).options).toEqual(given.options);
});

it("leaves alone what gives no time", () => {
  for (const choice of [gp({}), gp({ operations: 5 }), { name: "grid", options: { think: "50ms" } }]) {
    expect(withThinking(choice, gp({ think: "50ms", operations: 9 }), barred)).toBe(choice);
  }
});

it.each(["50", "0ms", "2m", "soon", "-5ms", ""])("refuses %j, saying what it takes", (think) => {
  expect(() => withThinking(gp({ think }), null, SPEED)).toThrow(/^think is ".*"; give the time .* 10ms, 50ms, 1s\.$/);
});

it("stores the count with the study, keeps it for the same time, and measures anew for another", async () => {
  const storage = new MemoryStorage();
  const open = async (sampler?: ComponentOption) => {
    const study = await createStudy({
      name: "s",
      minimize: "loss",
      space: { x: float(0, 1) },
      storage,
      ...(sampler === undefined ? {} : { sampler }),
    });
    const { notices } = study;
    const { options } = study.settings.sampler;
    const revision = (await storage.read(study.id, 0)).length;
    return { options, notices, revision };
  };
  const first = await open({ name: "gp", think: "2ms" });
  expect(first.options).toEqual({ think: "2ms", operations: expect.any(Number) });
  const again = await open({ name: "gp", think: "0.002s" });
  expect(again).toEqual({ ...first, notices: [] });
  expect(await open()).toEqual(again);
  const longer = await open({ name: "gp", think: "2s" });
  expect(longer.options.operations).toBeGreaterThan(Number(first.options.operations));
  expect(longer.revision).toBe(first.revision + 1);
  expect(longer.notices[0]).toContain('Sampler gp goes on with other options: {"think":"2s","operations":');
});

it("tells a bad time before anything is written", async () => {
  const storage = new MemoryStorage();
  const sampler = { name: "gp", think: "ages" };
  const created = createStudy({ name: "s", minimize: "loss", space: { x: float(0, 1) }, storage, sampler });
  await expect(created).rejects.toThrow(AttuneError);
  expect(await storage.listStudies()).toEqual([]);
});
