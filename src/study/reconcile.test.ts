import { beforeEach, describe, expect, it } from "vitest";
import { choice, float, int } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import type { Storage } from "../storage/storage.ts";
import { createStudy } from "./create-study.ts";
import type { StudyOptions } from "./study-options.ts";

const space = { lr: float(0.1, 1), layers: int(1, 6) };
let storage: Storage;
beforeEach(async () => {
  storage = await openStorage(":memory:");
});

const open = (options: Partial<StudyOptions> = {}) =>
  createStudy({ name: "s", minimize: "loss", space, storage, ...options });

async function refused(options: Partial<StudyOptions>): Promise<string> {
  return await open(options).then(
    () => "taken",
    (error: unknown) => (error instanceof Error ? error.message : ""),
  );
}

describe("a study that is asked for once more", () => {
  it("is taken as it is, with the same parts or with none named, and nothing is said or written", async () => {
    const given = { seed: 5, sampler: "random", extra: { note: "a" } } as const;
    const first = await open(given);
    await first.optimize(() => 1, { trials: 1 });
    for (const again of [given, {}]) {
      const second = await open(again);
      expect(second.notices).toEqual([]);
      expect(second.settings).toEqual(first.settings);
      expect(second.seed).toBe(5);
    }
  });

  it("takes another sampler, other options or the usual ones, and says so", async () => {
    await open({ sampler: "grid" });
    const notices = async (sampler: StudyOptions["sampler"]) => (await open({ sampler: sampler! })).notices;
    expect(await notices("grid")).toEqual([]);
    expect(await notices({ name: "grid", points: { lr: 7 } })).toEqual([
      'Sampler grid goes on with other options: {"points":{"lr":7}}.',
    ]);
    expect(await notices("grid")).toEqual(["Sampler grid goes on with its usual options."]);
    expect(await notices("random")).toEqual(["The sampler changes from grid to random."]);
    expect((await open()).settings.sampler.name).toBe("random");
  });

  it("takes any space while no trial has a value, and says what becomes of the trials there are", async () => {
    await open();
    const narrow = { space: { lr: float(0.1, 0.2), layers: int(1, 6) } };
    expect((await open(narrow)).notices).toEqual([
      "The space was changed: lr becomes 0.1..0.2 (was 0.1..1). No trial was made yet.",
    ]);
    const study = await open({ space });
    for (const lr of [0.15, 0.5]) {
      await study.enqueue({ lr, layers: 2 });
      await study.tell(await study.ask(), { failed: true });
    }
    const { notices } = await open(narrow);
    expect(notices).toEqual([
      "The space was changed: lr becomes 0.1..0.2 (was 0.1..1). No trial had a value yet; those made so far stay in the record and " +
        "in the budget, and samplers learn nothing of trial 1, outside the new space.",
    ]);
    const wide = await open({ space: { lr: float(0.1, 3), layers: int(1, 6) } });
    expect(wide.notices[0]).toMatch(/those made so far stay in the record and in the budget\.$/);
  });

  it("takes a wider space later too, and keeps the trials", async () => {
    const study = await open();
    await study.optimize(() => 1, { trials: 2 });
    const { notices } = await open({ space: { lr: float(0.01, 1), layers: int(1, 8) } });
    expect(notices).toEqual([
      "The space was widened: lr becomes 0.01..1 (was 0.1..1). layers becomes 1..8 (was 1..6). Old trials are kept.",
    ]);
  });

  it("names all that differs, and what may be done", async () => {
    const study = await open({ seed: 5, command: { argv: ["train", "{lr}"] } });
    await study.optimize(() => 1, { trials: 1 });
    const message = await refused({ minimize: "error", seed: 6, command: { argv: ["test", "{lr}"] } });
    expect(message).toContain(
      'Study "s" exists and differs from what is asked for: it tunes minimize loss, not minimize error (study.editObjectives changes that where it can be); its seed is 5, not 6; its ' +
        "program or arguments are others. A study may only be continued as it was, or with a wider space.",
    );
    expect(message).toContain("Start another under a name of its own");
  });

  it("refuses a space that is more than wider, with what makes it so", async () => {
    const study = await open();
    await study.enqueue({ lr: 0.5, layers: 2 });
    await study.optimize(() => 1, { trials: 1 });
    const kept = await refused({ space: { lr: float(0.4, 1), layers: int(1, 6) } });
    expect(kept).toContain("What would change: lr becomes 0.4..1 (was 0.1..1). It is not only wider (");
    expect(kept).toContain("though every trial so far can be kept.\n");
    expect(kept).toContain("To have it so, open the study and edit its space (study.editSpace).\n");
    const lost = await refused({ space: { lr: float(0.1, 0.2), layers: int(1, 6) } });
    expect(lost).toContain("lies outside the new space");
    const open_ = await refused({ space: { ...space, opt: choice(["a", "b"]) } });
    expect(open_).toContain(
      "Trials so far lack opt: say which value they count as (the one the program used until now).",
    );
    expect(open_).toContain(", and say what trials so far count as (was: { opt: VALUE }).\n");
    const wider = await open({ space: { ...space, opt: choice(["a", "b"]) }, was: { opt: "a" } });
    expect(wider.notices[0]).toMatch(/^The space was widened: opt is new .* Old trials are kept\.$/);
    expect(wider.programParams(0)).toEqual({ lr: 0.5, layers: 2, opt: "a" });
  });
});
