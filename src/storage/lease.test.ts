import { describe, expect, it } from "vitest";
import { Driver, ended } from "./contract/driver.testing.ts";
import { FIRST_LEASE } from "./lease.ts";
import { MemoryStorage, MemoryStore } from "./memory/memory-storage.ts";

/** A storage whose clock the test moves. */
async function clocked(): Promise<{ readonly driver: Driver; readonly clock: { now: number } }> {
  const clock = { now: 1_000_000 };
  const driver = await Driver.create(new MemoryStorage(new MemoryStore(), () => clock.now));
  return { driver, clock };
}

describe("leases by the storage's clock", () => {
  it("last from the claim for the first term, and from each renewal for its own", async () => {
    const { driver, clock } = await clocked();
    const expired = () => driver.storage.expired(driver.id, ["t"]);
    await driver.claim("t");
    clock.now += FIRST_LEASE - 1;
    expect(await expired()).toEqual([]);
    clock.now += 1;
    expect(await expired()).toEqual(["t"]);
    await driver.storage.renew(driver.id, ["t"], 500);
    clock.now += 499;
    expect(await expired()).toEqual([]);
    clock.now += 1;
    expect(await expired()).toEqual(["t"]);
  });

  it("last as long as a detached owner was given, and for ever where it was given nothing", async () => {
    const { driver, clock } = await clocked();
    const expired = () => driver.storage.expired(driver.id, ["short", "long"]);
    const claim = { type: "claim", limit: null, until: null } as const;
    for (const owner of [{ token: "short", lease: 7_200_000 }, { token: "long" }]) {
      await driver.run({ ...claim, owner: { kind: "detached", ...owner }, candidate: driver.candidate() });
    }
    clock.now += 7_199_999;
    expect(await expired()).toEqual([]);
    clock.now += 1;
    expect(await expired()).toEqual(["short"]);
    clock.now += 1e12;
    expect(await expired()).toEqual(["short"]);
  });

  it("begin anew when a token takes hold again after an old renewal ran out", async () => {
    const { driver, clock } = await clocked();
    await driver.claim("t");
    await driver.storage.renew(driver.id, ["t"], 10);
    clock.now += 11;
    const end = ended("lost");
    await driver.run({ type: "return", trial: 0, token: "t", evidence: "expired", end });
    clock.now += 1;
    await driver.claim("t");
    expect(await driver.storage.expired(driver.id, ["t"])).toEqual([]);
  });
});

describe("the ledger of tuning time", () => {
  it("adds the shorter of a caller's own time and the time since anybody called", async () => {
    const { driver, clock } = await clocked();
    const add = (elapsed: number) => driver.storage.addTuningTime(driver.id, elapsed);
    expect(await add(0)).toBe(0);
    clock.now += 1_000;
    expect(await add(1_000)).toBe(1_000);
    clock.now += 300;
    expect(await add(1_000)).toBe(1_300);
    clock.now += 3_600_000;
    expect(await add(700)).toBe(2_000);
    clock.now -= 50_000;
    expect(await add(1_000)).toBe(2_000);
  });
});

describe("taking over by a lease that ran out", () => {
  const evidence = "expired" as const;
  it("is refused while it lasts, also when it was renewed after whoever asks looked", async () => {
    const { driver, clock } = await clocked();
    await driver.claim("t");
    clock.now += FIRST_LEASE;
    expect(await driver.storage.expired(driver.id, ["t"])).toEqual(["t"]);
    await driver.storage.renew(driver.id, ["t"], 500);
    const back = () => driver.run({ type: "return", trial: 0, token: "t", evidence, end: ended("lost") });
    await expect(back()).rejects.toMatchObject({ name: "StorageConflict" });
    clock.now += 499;
    await expect(back()).rejects.toThrow(/still leased.*expected an expired lease/);
    expect(driver.trial(0)?.state).toBe("running");
    clock.now += 1;
    await back();
    expect(driver.trial(0)?.state).toBe("waiting");
  });

  it("goes by the newest hold of a token: an old renewal says nothing of it", async () => {
    const { driver, clock } = await clocked();
    const expired = () => driver.storage.expired(driver.id, ["t"]);
    await driver.storage.renew(driver.id, ["t"], 5);
    clock.now += 10;
    await driver.claim("t");
    expect(await expired()).toEqual([]);
    clock.now += FIRST_LEASE;
    expect(await expired()).toEqual(["t"]);
    expect(await driver.storage.expired(driver.id, ["never seen"])).toEqual(["never seen"]);
  });
});
