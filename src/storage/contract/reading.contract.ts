import { expect, it } from "vitest";
import { evolve } from "../../trial/evolve/evolve.ts";
import { stateToJson } from "../../trial/evolve/state-to-json.testing.ts";
import { StudyState } from "../../trial/study-state.ts";
import { Driver, leased, type StorageFixture } from "./driver.testing.ts";

/** Claims and finishes some trials, so that there is something to read. */
async function work(driver: Driver, count: number): Promise<void> {
  for (let k = 0; k < count; k++) {
    const { trial } = await driver.claim(`t${k}`);
    await driver.report(trial, `t${k}`, 0, { loss: k });
    await driver.finish(trial, `t${k}`, k);
  }
}

export function readingContract(fixture: () => StorageFixture): void {
  it("numbers revisions from 1 without gaps, in the order of commits, with the storage's time", async () => {
    const driver = await Driver.create(fixture().storage);
    await work(driver, 4);
    const events = await driver.storage.read(driver.id, 0);
    expect(events.map((logged) => logged.revision)).toEqual(events.map((_logged, k) => k + 1));
    for (const [k, logged] of events.entries()) expect(logged.at).toBeGreaterThanOrEqual(events[k - 1]?.at ?? 0);
    expect(await driver.storage.revision(driver.id)).toBe(events.length);
  });

  it("reads what is new since a revision, and as of any revision", async () => {
    const driver = await Driver.create(fixture().storage);
    await work(driver, 4);
    const { storage, id } = driver;
    const all = await storage.read(id, 0);
    expect(await storage.read(id, 5)).toEqual(all.slice(5));
    expect(await storage.read(id, 5, 9)).toEqual(all.slice(5, 9));
    expect(await storage.read(id, 9, 9)).toEqual([]);
    expect(await storage.read(id, all.length)).toEqual([]);
    expect(await storage.read(id, 3, 10_000)).toEqual(all.slice(3));
  });

  it("answers every command with the events its caller has not seen, its own included", async () => {
    const { storage } = fixture();
    const one = await Driver.create(storage);
    const two = await Driver.create(storage);
    await work(one, 3);
    expect(two.state.revision).toBe(1);
    await two.run({ type: "enqueue", params: { x: 1 }, origin: "user", replicate: null });
    expect(two.seen.map((logged) => logged.revision)).toEqual(two.seen.map((_logged, k) => k + 1));
    expect(two.state.revision).toBe(await storage.revision(two.id));
    const { events } = await storage.execute(one.id, { type: "invalidate", trial: 0, reason: null }, 0);
    expect(events).toEqual(await storage.read(one.id, 0));
  });

  it("shows one handle's commits to another at once", async () => {
    const one = await Driver.create(fixture().storage);
    const two = await Driver.create(await fixture().another());
    expect(two.id).toBe(one.id);
    for (let k = 0; k < 5; k++) {
      await one.claim(`a${k}`);
      expect(await two.storage.revision(two.id)).toBe(one.state.revision);
      await two.finish(k, `a${k}`);
      await one.refresh();
    }
    expect(stateToJson(one.state)).toEqual(stateToJson(two.state));
    expect(await two.storage.listStudies()).toEqual(await one.storage.listStudies());
  });

  it("keeps revisions contiguous when two handles write at once", async () => {
    const one = await Driver.create(fixture().storage);
    const two = await Driver.create(await fixture().another());
    const enqueue = (driver: Driver) =>
      Promise.all(
        Array.from({ length: 30 }, (_none, x) =>
          driver.run({ type: "enqueue", params: { x }, origin: "user", replicate: null }),
        ),
      );
    const [a, b] = await Promise.all([enqueue(one), enqueue(two)]);
    const numbers = [...a, ...b].map((result) => result.number).sort((x, y) => x - y);
    expect(numbers).toEqual(Array.from({ length: 60 }, (_none, n) => n));
    const events = await one.storage.read(one.id, 0);
    expect(events.map((logged) => logged.revision)).toEqual(Array.from({ length: 61 }, (_none, k) => k + 1));
  });

  it("decides each of many commands sent together on its own: a refused one does not hurt the others", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("t");
    const outcomes = await Promise.allSettled([
      driver.report(0, "t", 0, { loss: 1 }),
      driver.report(0, "wrong", 1, { loss: 1 }),
      driver.report(0, "t", 1, { loss: 2 }),
      driver.run({ type: "restore", trial: 99 }),
      driver.finish(0, "t"),
      driver.finish(0, "t"),
    ]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    await driver.refresh();
    expect(driver.trial(0).reports).toHaveLength(2);
  });

  it("loads from cold what a client that followed all along knows", async () => {
    const driver = await Driver.create(fixture().storage);
    await work(driver, 6);
    await driver.claim("open");
    await driver.run({ type: "reserve", proposer: leased("p"), count: 2, limit: null, evidence: null });
    const cold = await driver.cold();
    expect(stateToJson(cold)).toEqual(stateToJson(driver.state));
    const replayed = new StudyState();
    for (const logged of await driver.storage.read(driver.id, 0)) evolve(replayed, logged);
    expect(stateToJson(replayed)).toEqual(stateToJson(cold));
  });

  it("shares no object with its callers: changing what was given or got changes nothing stored", async () => {
    const driver = await Driver.create(fixture().storage);
    const params = { x: 1, deep: { list: [1, 2] } };
    await driver.run({ type: "enqueue", params, origin: "user", replicate: null });
    params.deep.list.push(3);
    const [, enqueued] = await driver.storage.read(driver.id, 0);
    expect(enqueued?.event).toMatchObject({ params: { deep: { list: [1, 2] } } });
  });

  it("leases: taken with the claim, renewed, run out; unknown tokens count as run out", async () => {
    const driver = await Driver.create(fixture().storage);
    const { storage, id } = driver;
    await driver.claim("t");
    await driver.run({ type: "reserve", proposer: leased("p"), count: 1, limit: null, evidence: null });
    expect(await storage.expired(id, ["t", "p", "never"])).toEqual(["never"]);
    await storage.renew(id, ["t", "never"], 60_000);
    expect(await storage.expired(id, ["t", "p", "never"])).toEqual([]);
    await storage.renew(id, ["t", "p"], 0);
    expect(await storage.expired(id, ["t", "p", "never"])).toEqual(["t", "p"]);
    const other = await fixture().another();
    expect(await other.expired(id, ["t", "never"])).toEqual(["t"]);
    await other.renew(id, ["t"], 60_000);
    expect(await storage.expired(id, ["t"])).toEqual([]);
    expect(await storage.revision(id)).toBe(driver.state.revision);
  });

  it("tells who waits for news of a study, whoever made it, and nobody else", async () => {
    const one = await Driver.create(fixture().storage);
    const two = await Driver.create(await fixture().another());
    const other = await Driver.create(one.storage, "other");
    const order: string[] = [];
    const note = (name: string) => () => order.push(name);
    await one.storage.changed(one.id, 0);
    const over = new AbortController();
    const waits = [
      one.storage.changed(one.id, 1).then(note("own")),
      two.storage.changed(one.id, 1).then(note("another's")),
    ];
    const later = one.storage.changed(one.id, 2).then(note("later"));
    const elsewhere = two.storage.changed(other.id, 1, over.signal).then(note("ended"));
    await one.run({ type: "enqueue", params: { x: 1 }, origin: "user", replicate: null });
    await Promise.all(waits);
    expect([...order].sort()).toEqual(["another's", "own"]);
    await two.run({ type: "enqueue", params: { x: 2 }, origin: "user", replicate: null });
    await later;
    over.abort();
    await elsewhere;
    expect(order.slice(2)).toEqual(["later", "ended"]);
    await two.storage.changed(other.id, 1, over.signal);
  });

  it("ends all waits for news when it is closed", async () => {
    const storage = await fixture().another();
    const driver = await Driver.create(storage);
    const waiting = storage.changed(driver.id, 1);
    await storage.close();
    await waiting;
  });

  it("refuses to wait for news of a study that there is none of", async () => {
    await expect(fixture().storage.changed("99", 0)).rejects.toMatchObject({ code: "unknown-study" });
  });
}
