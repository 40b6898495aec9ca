import { expect, it } from "vitest";
import type { Direction } from "../../trial/metric.ts";
import type { StorageFixture } from "./driver.testing.ts";
import { client, expectMissing, sample, TEXTS } from "./optuna-samples.testing.ts";

/** Studies as Optuna's clients make, name, list and delete them. */
export function optunaStudiesContract(fixture: () => StorageFixture): void {
  it("gives studies that nobody named names and ids of their own, and lists them", async () => {
    const { storage } = fixture();
    const made = [await client(fixture).createStudy(["minimize"]), await client(fixture).createStudy(["minimize"])];
    const listed = await storage.overview();
    expect(new Set(made).size).toBe(2);
    expect(listed.map(({ id }) => id)).toEqual(made);
    expect(new Set(listed.map(({ name }) => name)).size).toBe(2);
  });

  it("never gives a deleted study's id again", async () => {
    const optuna = client(fixture);
    const ids = [await optuna.createStudy(["minimize"]), await optuna.createStudy(["minimize"])];
    await optuna.deleteStudy(ids[1]!);
    const third = await optuna.createStudy(["minimize"]);
    expect(ids).not.toContain(third);
    expect((await fixture().storage.overview()).map(({ id }) => id)).toEqual([ids[0], third]);
  });

  it("keeps a name for one living study, whatever text it is", async () => {
    const optuna = client(fixture);
    for (const name of ["resnet", "", "größe 数字 🎯", "x".repeat(512)]) {
      const id = await optuna.createStudy(["minimize"], name);
      expect((await optuna.study(id)).state.name).toBe(name);
      expect(await optuna.studyIdOf(name)).toBe(id);
      await expect(optuna.createStudy(["minimize"], name)).rejects.toThrow("already");
      expect(await optuna.studyIdOf(name)).toBe(id);
    }
  });

  it("finds no study by a name or an id that none has", async () => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"], "there");
    await expectMissing(optuna.studyIdOf("not there"));
    await expectMissing(optuna.study(`${Number(id) + 1}`));
  });

  it("deletes a study with its trials, once, and the name is free", async () => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(["minimize"], "again");
    const trial = await optuna.createTrial(id);
    await expectMissing(optuna.deleteStudy(`${Number(id) + 1}`));
    await optuna.deleteStudy(id);
    await expectMissing(optuna.deleteStudy(id));
    await expectMissing(optuna.trial(trial));
    await expectMissing(optuna.createTrial(id));
    await expectMissing(optuna.setStudyAttribute(id, false, "k", "1"));
    await expectMissing(optuna.report(trial, 0, 1));
    const next = await optuna.createStudy(["minimize"], "again");
    expect(await optuna.trials(next)).toEqual([]);
  });

  it("deletes one of several studies alone", async () => {
    const optuna = client(fixture);
    const ids = await Promise.all(["a", "b", "c"].map((name) => optuna.createStudy(["minimize"], name)));
    await optuna.deleteStudy(ids[1]!);
    const left = (await fixture().storage.overview()).map(({ id }) => id);
    expect(left.sort()).toEqual([ids[0], ids[2]].sort());
    await optuna.createTrial(ids[0]!);
  });

  it.each<readonly [readonly Direction[]]>([
    [["minimize"]],
    [["maximize"]],
    [["minimize", "maximize"]],
    [["maximize", "minimize"]],
    [["maximize", "maximize", "minimize"]],
  ])("keeps the directions %j in their order", async (directions) => {
    const optuna = client(fixture);
    const id = await optuna.createStudy(directions);
    expect((await optuna.study(id)).state.metrics.map(({ direction }) => direction)).toEqual(directions);
    await expectMissing(optuna.study(`${Number(id) + 1}`));
  });

  it.each([false, true])(
    "keeps a study's attributes text for text (system: %s), and the newest of a key",
    async (system) => {
      const optuna = client(fixture);
      const id = await optuna.createStudy(["minimize"]);
      const now = async () => {
        const { state } = await optuna.study(id);
        return system ? state.systemAttributes : state.attributes;
      };
      for (const [key, text] of Object.entries(TEXTS)) {
        await optuna.setStudyAttribute(id, system, key, text);
        expect((await now())[key]).toBe(text);
      }
      expect(await now()).toEqual(TEXTS);
      await optuna.setStudyAttribute(id, system, "corpus", '"c4"');
      expect(await now()).toEqual({ ...TEXTS, corpus: '"c4"' });
      const { state } = await optuna.study(id);
      expect(system ? state.attributes : state.systemAttributes).toEqual({});
      await expectMissing(optuna.setStudyAttribute(`${Number(id) + 1}`, system, "k", "1"));
    },
  );

  it.each([false, true])(
    "does not change attributes that somebody reads while others set more (system: %s)",
    async (system) => {
      const optuna = client(fixture);
      const id = await optuna.createStudy(["minimize"]);
      await optuna.setStudyAttribute(id, system, "first", "1");
      const driver = await optuna.study(id);
      const read = system ? driver.state.systemAttributes : driver.state.attributes;
      const reading = Object.entries(read)[Symbol.iterator]();
      await optuna.setStudyAttribute(id, system, "second", "2");
      await driver.refresh();
      expect([...reading]).toEqual([["first", "1"]]);
      expect(read).toEqual({ first: "1" });
      expect(system ? driver.state.systemAttributes : driver.state.attributes).toEqual({ first: "1", second: "2" });
    },
  );

  it("lists studies with directions and attributes of each, from this handle and another", async () => {
    const optuna = client(fixture);
    for (let k = 0; k < 6; k++) {
      const id = await optuna.createStudy([k % 2 === 0 ? "minimize" : "maximize"], `study ${k}`);
      await optuna.setStudyAttribute(id, false, "u", `${k}`);
      await optuna.setStudyAttribute(id, true, "s", `[${k}]`);
      for (let n = 0; n < 5; n++) await optuna.createTrial(id, sample(n));
    }
    for (const storage of [fixture().storage, await fixture().another()]) {
      const listed = await storage.overview();
      expect(listed.map(({ name }) => name)).toEqual([0, 1, 2, 3, 4, 5].map((k) => `study ${k}`));
      for (const [k, { parts }] of listed.entries()) {
        expect(parts).toMatchObject({ attributes: { u: `${k}` }, systemAttributes: { s: `[${k}]` }, trials: 5 });
        expect(parts?.metrics[0]?.direction).toBe(k % 2 === 0 ? "minimize" : "maximize");
      }
    }
  });
}
