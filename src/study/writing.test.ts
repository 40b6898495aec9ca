import { describe, expect, it } from "vitest";
import { buildSpace, parseParameterText, type Space, spaceToJson } from "../space/index.ts";
import { MemoryStorage, MemoryStore } from "../storage/memory/memory-storage.ts";
import { createStudy, openStudy } from "./create-study.ts";
import { defineStudy } from "./define-study.ts";
import { withWriting, writingOf } from "./writing.ts";

const space = (text: string): Space => buildSpace([parseParameterText(text, "x"), parseParameterText("0.0..1", "d")]);
const options = (text: string) => ({ name: "s", minimize: "loss", seed: 1, space: space(text) }) as const;

/** A study as it was made before there were rules for writing. */
async function oldStudy(text: string, values: number) {
  const storage = new MemoryStorage(new MemoryStore());
  const { settings, ...rest } = defineStudy(options(text));
  const old = JSON.parse(JSON.stringify(spaceToJson(space(text))).replaceAll(/"spelling":\[[^\]]*\]/g, '"a":0')) as {
    parameters: { a?: number }[];
  };
  for (const p of old.parameters) delete p.a;
  await storage.createStudy({ ...rest, space: old as never, settings: { ...settings, extra: {} } });
  const study = await openStudy({ name: "s", storage });
  for (let k = 0; k < values; k++) await study.tell(await study.ask(), { loss: k });
  return storage;
}

describe("the rules for writing values", () => {
  it("are the newest for a new study, and stay with it", async () => {
    const storage = new MemoryStorage(new MemoryStore());
    const study = await createStudy({ ...options("1.0 | 2"), storage, extra: { commit: "a" } });
    expect(study.settings.extra).toEqual({ commit: "a", writing: 2 });
    await study.tell(await study.ask(), { loss: 1 });
    expect((await createStudy({ ...options("1.0 | 2"), storage })).settings.extra).toEqual({ commit: "a", writing: 2 });
  });

  it("stay the old ones for a study that has values, whatever else it keeps", async () => {
    const storage = await oldStudy("1.0 | 2", 1);
    const study = await createStudy({ ...options("1.0 | 2"), storage, extra: { commit: "a" } });
    expect(study.settings.extra).toEqual({ commit: "a" });
    expect(writingOf(study.settings)).toBe(1);
    expect(study.notices).toEqual([]);
    expect(JSON.stringify(study.definition.space)).not.toContain("spelling");
    const wider = await createStudy({ ...options("1.0 | 2 | 3.0"), storage });
    expect(wider.notices.join()).toContain("x becomes 1 | 2 | 3 (was 1 | 2)");
    expect((await wider.replay()).differences).toEqual([]);
  });

  it("become the newest for a study without values", async () => {
    const storage = await oldStudy("1.0 | 2", 0);
    const study = await createStudy({ ...options("1.0 | 2"), storage });
    expect(writingOf(study.settings)).toBe(2);
    expect(spaceToJson(study.space)).toEqual(spaceToJson(space("1.0 | 2")));
  });

  it("let no value reach the program in another form than before without a word", async () => {
    const storage = new MemoryStorage(new MemoryStore());
    const study = await createStudy({ ...options("1 | 2"), storage });
    expect((await createStudy({ ...options("1.0 | 2"), storage })).notices.join()).toContain("x becomes 1.0 | 2");
    await study.refresh();
    await study.tell(await study.ask(), { loss: 1 });
    await expect(createStudy({ ...options("1 | 2"), storage })).rejects.toThrow(
      /The program would get x as 1; the trials so far got 1\.0\./,
    );
  });

  it("of a later Attune are refused", () => {
    expect(() => writingOf({ extra: { writing: 3 } })).toThrow(/knows versions 1 and 2/);
    expect(withWriting({ writing: 3 }, {}, true)).toEqual({});
  });
});
