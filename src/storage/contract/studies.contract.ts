import { expect, it } from "vitest";
import type { Params } from "../../space/json.ts";
import { stateFromParts, stateToParts } from "../../trial/evolve/snapshot.ts";
import { imported } from "./budget.contract.ts";
import { Driver, definition, HELD_OUT, leased, SETTINGS, SPACE, type StorageFixture } from "./driver.testing.ts";
import { expectError } from "./expect-refusal.testing.ts";

export function studiesContract(fixture: () => StorageFixture): void {
  it("creates a study once: the same name answers the living one, unchanged", async () => {
    const { storage } = fixture();
    const first = await storage.createStudy(definition("digits"));
    const again = await storage.createStudy({ ...definition("digits"), seed: 99 });
    expect(first.created).toBe(true);
    expect(again).toEqual({ id: first.id, created: false });
    const [created] = await storage.read(first.id, 0);
    expect(created?.event).toEqual({ type: "study-created", definition: definition("digits") });
    expect(created?.revision).toBe(1);
  });

  it("creates a study with its first trials at once, and adds none to one that is there", async () => {
    const { storage } = fixture();
    const first: Params[] = [{ x: 1 }, { x: 2, name: "größe" }];
    const { id } = await storage.createStudy(definition("digits"), first);
    expect(await storage.createStudy(definition("digits"), [{ x: 3 }])).toEqual({ id, created: false });
    const driver = await Driver.create(storage);
    expect(driver.id).toBe(id);
    expect(driver.state.revision).toBe(3);
    expect([0, 1].map((number) => driver.trial(number))).toMatchObject(
      first.map((params) => ({ params, state: "waiting", origin: "enqueued" })),
    );
    expect(await driver.claim("t")).toMatchObject({ trial: 0 });
  });

  it("leaves nothing of a study whose first trial cannot be", async () => {
    const { storage } = fixture();
    const bad = [{ x: 1 }, { x: Number.NaN }];
    await expect(storage.createStudy(definition("digits"), bad)).rejects.toMatchObject({ name: "AttuneError" });
    expect(await storage.findStudy("digits")).toBeNull();
    expect(await storage.listStudies()).toEqual([]);
    expect(await storage.createStudy(definition("digits"))).toMatchObject({ created: true });
  });

  it("finds and lists living studies, oldest first", async () => {
    const { storage } = fixture();
    expect(await storage.findStudy("digits")).toBeNull();
    expect(await storage.listStudies()).toEqual([]);
    const b = await storage.createStudy(definition("b"));
    const a = await storage.createStudy(definition("a"));
    expect((await storage.listStudies()).map(({ id, name, revision }) => [id, name, revision])).toEqual([
      [b.id, "b", 1],
      [a.id, "a", 1],
    ]);
    expect(await storage.findStudy("a")).toMatchObject({ id: a.id, name: "a", revision: 1 });
  });

  it("keeps studies apart: numbers, revisions and tokens are each study's own", async () => {
    const one = await Driver.create(fixture().storage, "one");
    const two = await Driver.create(fixture().storage, "two");
    await one.claim("t");
    await one.claim("u");
    expect(await two.claim("t")).toMatchObject({ trial: 0 });
    await two.finish(0, "t");
    expect(one.trial(0).state).toBe("running");
    expect([one.state.revision, two.state.revision]).toEqual([5, 4]);
  });

  it("deletes by a tombstone: later commands are refused, the log stays readable", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    await driver.run({ type: "delete" });
    expect(driver.state.deleted).toBe(true);
    await expectError(driver, "unknown-study", () => driver.finish(0, "t"));
    await expectError(driver, "unknown-study", () => driver.claim("u"));
    await expectError(driver, "unknown-study", () => driver.run({ type: "delete" }));
    expect(await driver.storage.read(driver.id, 0)).toHaveLength(driver.state.revision);
    expect(await driver.storage.findStudy("digits")).toBeNull();
    expect(await driver.storage.listStudies()).toEqual([]);
  });

  it("gives a deleted study's name to a new one, with another id and its own numbers", async () => {
    const { storage } = fixture();
    const old = await Driver.create(storage);
    await old.claim("t");
    await old.run({ type: "delete" });
    const { id, created } = await storage.createStudy(definition("digits"));
    expect(created).toBe(true);
    expect(id).not.toBe(old.id);
    const young = await Driver.create(storage);
    expect(young.id).toBe(id);
    expect(await young.claim("t")).toMatchObject({ trial: 0 });
    await expectError(old, "unknown-study", () => old.claim("u"));
  });

  it("refuses an id that no study has", async () => {
    const { storage } = fixture();
    for (const id of ["77", "digits", ""]) {
      await expect(storage.read(id, 0)).rejects.toMatchObject({ code: "unknown-study" });
      await expect(storage.execute(id, { type: "delete" }, 0)).rejects.toMatchObject({ code: "unknown-study" });
    }
  });

  it("changes settings by compare-and-set; proposals count on while the sampler is the same", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    const settings = { ...SETTINGS, extra: { commit: "abc" } };
    expect(await driver.run({ type: "configure", settings, expectedVersion: 1 })).toEqual({ version: 2 });
    expect(driver.state.settings.extra).toEqual({ commit: "abc" });
    expect(driver.state.proposalIndex).toBe(1);
    const other = { ...SETTINGS, sampler: { name: "grid", options: { points: 3 } } };
    await expect(driver.run({ type: "configure", settings: other, expectedVersion: 1 })).rejects.toMatchObject({
      code: "conflict",
    });
    await driver.run({ type: "configure", settings: other, expectedVersion: 2 });
    expect([driver.state.settingsVersion, driver.state.proposalIndex]).toEqual([3, 0]);
  });

  it("changes the space by compare-and-set, keeps the trials and begins to count proposals anew", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    const space = { x: { type: "float", low: 0, high: 2 } };
    expect(await driver.run({ type: "respace", space, note: "wider", expectedVersion: 1 })).toEqual({ version: 2 });
    await expect(driver.run({ type: "respace", space: SPACE, note: null, expectedVersion: 1 })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(driver.state.space).toEqual(space);
    expect([driver.state.spaceVersion, driver.state.proposalIndex, driver.trial(0).spaceVersion]).toEqual([2, 0, 1]);
    expect(await driver.claim("u")).toMatchObject({ trial: 1 });
    expect(driver.trial(1).spaceVersion).toBe(2);
  });

  it("keeps what a change of the space says of the trials before it, for whoever opens the study later", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    const carry = { was: { dropout: 0, "naïve name": null }, renamed: { x: "y" } };
    await driver.run({ type: "respace", space: { y: 1 }, note: "another", expectedVersion: 1, carry });
    await driver.run({ type: "respace", space: { y: 2 }, note: null, expectedVersion: 2 });
    const cold = await driver.cold();
    for (const state of [driver.state, cold]) {
      expect(state.spaceVersions.map((version) => version.carry)).toEqual([undefined, carry, undefined]);
      expect(Object.keys(state.spaceVersions[2]!)).not.toContain("carry");
    }
    const events = await driver.storage.read(driver.id, 0);
    expect(events.map(({ event }) => event).filter(({ type }) => type === "space-changed")).toEqual([
      { type: "space-changed", space: { y: 1 }, note: "another", carry },
      { type: "space-changed", space: { y: 2 }, note: null },
    ]);
  });

  it("keeps attributes of study and trials as the text they came as", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    const text = '{"b":1.0,  "a":[1e400, "\\u00e9"]}';
    await driver.run({ type: "set-attribute", trial: 0, system: false, key: "note", text });
    await driver.run({ type: "set-attribute", trial: 0, system: true, key: "note", text: "not JSON" });
    await driver.run({ type: "set-attribute", trial: null, system: false, key: "__proto__x", text: "" });
    const cold = await driver.cold();
    expect(cold.trial(0)?.attributes).toEqual({ note: text });
    expect(cold.trial(0)?.systemAttributes).toEqual({ note: "not JSON" });
    expect(cold.attributes).toEqual({ __proto__x: "" });
    await driver.run({ type: "set-attribute", trial: 0, system: false, key: "note", text: "new" });
    expect(driver.trial(0).attributes).toEqual({ note: "new" });
    await expectError(driver, "unknown-trial", () =>
      driver.run({ type: "set-attribute", trial: 5, system: false, key: "k", text: "" }),
    );
  });

  it("keeps runs on held-out data apart from the trials", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    const before = { budget: driver.state.budget, trials: driver.state.trials() };
    await driver.run({ type: "record-held-out", run: HELD_OUT });
    await driver.run({
      type: "record-held-out",
      run: { ...HELD_OUT, number: 1, trial: null, values: { acc: Number.NaN } },
    });
    const cold = await driver.cold();
    expect(cold.heldOut).toEqual([HELD_OUT, { ...HELD_OUT, number: 1, trial: null, values: { acc: "NaN" } }]);
    expect({ budget: cold.budget, trials: cold.trials() }).toEqual(before);
    const { head, blocks } = stateToParts(cold, 0);
    const bodies = blocks.map(({ body }) => body);
    expect(stateFromParts(head, bodies)?.heldOut).toEqual(cold.heldOut);
    await expectError(driver, "unknown-trial", () =>
      driver.run({ type: "record-held-out", run: { ...HELD_OUT, trial: 5 } }),
    );
  });

  it("keeps any text and large values", async () => {
    const name = "größe 数字 🎯 '\"\\ \n\u0001";
    const driver = await Driver.create(fixture().storage, name);
    expect((await driver.storage.findStudy(name))?.id).toBe(driver.id);
    const long = "ü".repeat(300_000);
    const params = { läge: long, list: [1, null, { "": "𝒳" }], neg: -0.1, tiny: 5e-324, big: 2 ** 53 };
    const { number } = await driver.run({ type: "enqueue", params, origin: "user", replicate: null });
    await driver.run({ type: "start", trial: number, owner: leased("t🎯"), until: null });
    const cold = await driver.cold();
    expect(cold.trial(number)?.params).toEqual(params);
    expect(cold.holding("t🎯")?.trials).toEqual([number]);
  });

  it("tells what each living study is about, and how many trials it has", async () => {
    const { storage } = fixture();
    const small = await Driver.create(storage, "small");
    const large = await Driver.create(storage, "large");
    const gone = await Driver.create(storage, "gone");
    await gone.run({ type: "delete" });
    await large.run({ type: "import", trials: Array.from({ length: 1_500 }, () => imported("complete")) });
    await small.claim("t");
    await small.finish(0, "t");
    await small.claim("u");
    for (const driver of [small, large])
      for (const system of [true, false])
        await driver.run({ type: "set-attribute", trial: null, system, key: "k", text: `${system}` });
    await small.run({ type: "configure", settings: { ...SETTINGS, extra: { commit: "abc" } }, expectedVersion: 1 });
    const expected = async () => {
      const parts = ({ state }: Driver) => {
        const { metrics, settings, space, nextNumber: trials, budget, attributes, systemAttributes } = state;
        const trialsSpent = budget.trialsSpent;
        return { parts: { metrics, settings, space, trials, trialsSpent, attributes, systemAttributes }, damage: null };
      };
      const [one, two] = await storage.listStudies();
      return [
        { ...one, ...parts(small) },
        { ...two, ...parts(large) },
      ];
    };
    expect(await storage.overview()).toEqual(await expected());
    const other = await fixture().another();
    expect(await other.overview()).toEqual(await expected());
    await large.run({ type: "invalidate", trial: 3, reason: null });
    expect(await other.overview()).toEqual(await expected());
  });
}
