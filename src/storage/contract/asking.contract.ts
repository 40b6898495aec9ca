import { expect, it } from "vitest";
import type { ProposedTrial, ReserveResult } from "../../trial/command.ts";
import { Driver, ended, leased, SETTINGS, type StorageFixture } from "./driver.testing.ts";
import { expectConflict, expectError } from "./expect-refusal.testing.ts";

function reserve(
  driver: Driver,
  token: string,
  more: Partial<{ count: number; limit: number; evidence: "expired" | "dead-process"; holder: string }> = {},
): Promise<ReserveResult> {
  const { count = 1, limit = null, evidence = null, holder = null } = more;
  return driver.run({ type: "reserve", proposer: leased(token), count, limit, evidence, holder });
}

/** The trials that fill a reservation. */
function batch(driver: Driver, reserved: ReserveResult, count: number): readonly ProposedTrial[] {
  if (reserved.kind !== "reserved") throw new Error(`reserve answered ${reserved.kind}`);
  const { first, index, view } = reserved;
  return Array.from({ length: count }, (_none, k) => ({
    number: first + k,
    params: { x: k / 10 },
    suggestion: {
      view,
      spaceVersion: driver.state.spaceVersion,
      settingsVersion: driver.state.settingsVersion,
      index: index + k,
      batchFirst: first,
      engine: "1",
      inputs: { remaining: 10 },
    },
  }));
}

function commit(driver: Driver, token: string, trials: readonly ProposedTrial[], worker: string | null = null) {
  return driver.run({ type: "commit", token, trials, owner: worker === null ? null : leased(worker), until: null });
}

export function askingContract(fixture: () => StorageFixture): void {
  it("reserves, computes and commits: the event of the reservation is the view", async () => {
    const driver = await Driver.create(fixture().storage);
    const reserved = await reserve(driver, "p", { count: 3 });
    expect(reserved).toEqual({ kind: "reserved", first: 0, count: 3, index: 0, view: driver.state.revision });
    const trials = batch(driver, reserved, 3);
    const committed = await commit(driver, "p", trials, "w");
    expect(committed.numbers).toEqual([0, 1, 2]);
    expect(committed.started).toEqual({ kind: "trial", trial: 0, segment: 0, attempt: 0, until: null });
    expect([0, 1, 2].map((n) => driver.trial(n).state)).toEqual(["running", "waiting", "waiting"]);
    expect(driver.trial(2)).toMatchObject({ params: { x: 0.2 }, suggestion: trials[2]?.suggestion, origin: "sampler" });
    expect(driver.state.reservation).toBeNull();
  });

  it("passes unused numbers of a reservation on", async () => {
    const driver = await Driver.create(fixture().storage);
    const first = await reserve(driver, "p", { count: 4 });
    await commit(driver, "p", batch(driver, first, 2));
    await driver.claim("w");
    await driver.claim("v");
    const second = await reserve(driver, "q", { count: 1 });
    expect(second).toMatchObject({ kind: "reserved", first: 2, index: 2 });
    await driver.run({ type: "release", token: "q" });
    expect(await reserve(driver, "r")).toMatchObject({ kind: "reserved", first: 2, index: 2 });
  });

  it("lets one propose at a time and names the holder to the others", async () => {
    const driver = await Driver.create(fixture().storage);
    await reserve(driver, "p");
    expect(await reserve(driver, "q")).toEqual({ kind: "busy", holder: leased("p") });
    expect(await reserve(driver, "p")).toMatchObject({ kind: "reserved", first: 0, view: 2 });
    expect(driver.state.revision).toBe(2);
  });

  it("moves the reservation of a dead process, with its own view and numbers", async () => {
    const driver = await Driver.create(fixture().storage);
    const first = await reserve(driver, "p", { count: 2 });
    expect(await reserve(driver, "q", { evidence: "dead-process", holder: "somebody else" })).toMatchObject({
      kind: "busy",
    });
    expect(await reserve(driver, "q", { evidence: "dead-process", holder: "p" })).toEqual(first);
    await expectConflict(driver, () => commit(driver, "p", batch(driver, first, 1)));
    expect((await commit(driver, "q", batch(driver, first, 2))).numbers).toEqual([0, 1]);
  });

  it("moves a reservation whose lease ran out, and not before", async () => {
    const driver = await Driver.create(fixture().storage);
    await reserve(driver, "p");
    expect(await reserve(driver, "q", { evidence: "expired", holder: "p" })).toMatchObject({ kind: "busy" });
    await driver.storage.renew(driver.id, ["p"], 0);
    expect(await reserve(driver, "q", { evidence: "expired", holder: "p" })).toMatchObject({ kind: "reserved" });
    await expectConflict(driver, () => driver.run({ type: "release", token: "p" }));
  });

  it("voids a reservation when another trial takes its number", async () => {
    const driver = await Driver.create(fixture().storage);
    const reserved = await reserve(driver, "p");
    const params = { x: 0.9 };
    const { number } = await driver.run({ type: "enqueue", params, origin: "enqueued", replicate: null });
    expect(number).toBe(0);
    await expectConflict(driver, () => commit(driver, "p", batch(driver, reserved, 1)));
    expect(await reserve(driver, "p")).toEqual({ kind: "waiting-trial" });
    await driver.claim("w");
    expect(await reserve(driver, "p")).toMatchObject({ kind: "reserved", first: 1 });
  });

  it("voids a reservation when settings or space change", async () => {
    const driver = await Driver.create(fixture().storage);
    const reserved = await reserve(driver, "p");
    await driver.run({ type: "configure", settings: SETTINGS, expectedVersion: 1 });
    await expectConflict(driver, () => commit(driver, "p", batch(driver, reserved, 1)));
    const again = await reserve(driver, "p");
    await driver.run({ type: "respace", space: {}, note: null, expectedVersion: 1 });
    await expectConflict(driver, () => commit(driver, "p", batch(driver, again, 1)));
  });

  it("refuses a commit whose numbers, view or versions are not the reserved ones", async () => {
    const driver = await Driver.create(fixture().storage);
    const reserved = await reserve(driver, "p", { count: 2 });
    const [first, second] = batch(driver, reserved, 2);
    if (first === undefined || second?.suggestion === null || second === undefined) throw new Error("no batch");
    await expectConflict(driver, () => commit(driver, "p", [second]));
    await expectConflict(driver, () => commit(driver, "p", [first, { ...second, number: 5 }]));
    const staleView = { ...second, suggestion: { ...second.suggestion, view: 1 } };
    await expectConflict(driver, () => commit(driver, "p", [first, staleView]));
    const staleSpace = { ...second, suggestion: { ...second.suggestion, spaceVersion: 9 } };
    await expectConflict(driver, () => commit(driver, "p", [first, staleSpace]));
    await expectError(driver, "invalid-argument", () => commit(driver, "p", []));
    expect((await commit(driver, "p", [first, second])).numbers).toEqual([0, 1]);
  });

  it("claims a candidate only while its number, index and versions are the next", async () => {
    const { storage } = fixture();
    const driver = await Driver.create(storage);
    const late = await Driver.create(storage);
    await driver.claim("a");
    const stale = late.candidate();
    const claim = (candidate: ProposedTrial | null) =>
      late.run({ type: "claim", owner: leased("b"), limit: null, until: null, candidate });
    expect(await claim(stale)).toEqual({ kind: "reserve" });
    const fresh = late.candidate();
    expect(fresh.number).toBe(1);
    const { suggestion } = fresh;
    expect(await claim({ ...fresh, suggestion: suggestion && { ...suggestion, index: 0 } })).toEqual({
      kind: "reserve",
    });
    expect(await claim({ ...fresh, suggestion: suggestion && { ...suggestion, settingsVersion: 0 } })).toEqual({
      kind: "reserve",
    });
    expect(await claim(fresh)).toMatchObject({ kind: "trial", trial: 1 });
  });

  it("claims no candidate while somebody proposes", async () => {
    const driver = await Driver.create(fixture().storage);
    await reserve(driver, "p");
    const claim = {
      type: "claim",
      owner: leased("w"),
      limit: null,
      until: null,
      candidate: driver.candidate(),
    } as const;
    expect(await driver.run(claim)).toEqual({ kind: "reserve" });
    expect(driver.state.nextNumber).toBe(0);
  });

  it("hands out waiting trials first, lowest number first", async () => {
    const driver = await Driver.create(fixture().storage);
    for (const x of [0.1, 0.2, 0.3]) {
      await driver.run({ type: "enqueue", params: { x }, origin: "enqueued", replicate: null });
    }
    await driver.run({ type: "start", trial: 1, owner: leased("b"), until: null });
    expect(await driver.claim("a")).toMatchObject({ trial: 0 });
    await driver.lose(1, "b");
    expect(await driver.claim("c")).toMatchObject({ trial: 1, attempt: 1 });
    expect(await driver.claim("d")).toMatchObject({ trial: 2 });
    expect(await driver.claim("e")).toMatchObject({ trial: 3 });
    expect(driver.trial(0).suggestion).toBeNull();
    expect(driver.trial(0).origin).toBe("enqueued");
  });

  it("starts a named waiting trial by compare-and-set", async () => {
    const { storage } = fixture();
    const one = await Driver.create(storage);
    const two = await Driver.create(storage);
    await one.run({ type: "enqueue", params: { x: 1 }, origin: "user", replicate: null });
    const start = (driver: Driver, token: string) =>
      driver.run({ type: "start", trial: 0, owner: leased(token), until: 4 });
    expect(await start(one, "a")).toEqual({ kind: "trial", trial: 0, segment: 0, attempt: 0, until: 4 });
    await expectConflict(two, () => start(two, "b"));
    await expectError(two, "unknown-trial", () =>
      two.run({ type: "start", trial: 9, owner: leased("b"), until: null }),
    );
  });

  it("gives replicates the configuration of their first trial", async () => {
    const driver = await Driver.create(fixture().storage);
    await driver.claim("a");
    const replicate = { of: 0, index: 1, seed: 5, fold: null };
    await driver.run({ type: "enqueue", params: { x: 0.5 }, origin: "user", replicate });
    await driver.run({
      type: "enqueue",
      params: { x: 0.5 },
      origin: "user",
      replicate: { ...replicate, of: 1, index: 2 },
    });
    expect([0, 1, 2].map((n) => driver.trial(n).configuration)).toEqual([0, 0, 0]);
    expect(driver.trial(2).replicate).toEqual({ index: 2, seed: 5, fold: null });
    await expectError(driver, "unknown-trial", () =>
      driver.run({ type: "enqueue", params: {}, origin: "user", replicate: { ...replicate, of: 7 } }),
    );
  });

  it("gives runs of equal parameters one configuration, imported ones too, also to who reads the study anew", async () => {
    const driver = await Driver.create(fixture().storage);
    for (const x of [1, 2, 1]) {
      await driver.run({ type: "enqueue", params: { x }, origin: "user", replicate: null });
      await driver.claim(`t${driver.state.nextNumber}`);
      await driver.finish(driver.state.nextNumber - 1, `t${driver.state.nextNumber}`, x);
    }
    const ended = { state: "complete", reports: [], startedAt: 1, finishedAt: 2, attributes: {} } as const;
    const trials = [2, 3].map((x) => ({ ...ended, params: { x }, values: { loss: x } }));
    await driver.run({ type: "import", trials });
    const configurations = [0, 1, 0, 1, 4];
    expect(driver.state.trials().map(({ configuration }) => configuration)).toEqual(configurations);
    expect((await driver.cold()).trials().map(({ configuration }) => configuration)).toEqual(configurations);
  });

  it("refuses parameters that JSON cannot carry", async () => {
    const driver = await Driver.create(fixture().storage);
    await expectError(driver, "invalid-params", () =>
      driver.run({ type: "enqueue", params: { x: Number.NaN }, origin: "user", replicate: null }),
    );
    await expectError(driver, "invalid-params", () =>
      driver.run({
        type: "enqueue",
        params: { x: [1, { y: Number.POSITIVE_INFINITY }] },
        origin: "user",
        replicate: null,
      }),
    );
  });

  it("never gives one trial to two: concurrent claims through two handles", async () => {
    const other = await fixture().another();
    const one = await Driver.create(fixture().storage);
    const two = await Driver.create(other);
    const claimMany = async (driver: Driver, name: string): Promise<readonly number[]> => {
      const mine: number[] = [];
      await Promise.all(
        Array.from({ length: 4 }, async (_none, worker) => {
          for (let k = 0; mine.length < 40 && k < 400; k++) {
            const token = `${name}.${worker}.${k}`;
            const candidate = driver.candidate();
            const claim = { type: "claim", owner: leased(token), limit: 60, until: null, candidate } as const;
            const claimed = await driver.run(claim);
            if (claimed.kind === "done") return;
            if (claimed.kind !== "trial") continue;
            mine.push(claimed.trial);
            const end = {
              type: "finish",
              trial: claimed.trial,
              token,
              state: "complete",
              values: {},
              end: ended("ok"),
            };
            await driver.run(end as Parameters<Driver["run"]>[0]);
          }
        }),
      );
      return mine;
    };
    const [a, b] = await Promise.all([claimMany(one, "a"), claimMany(two, "b")]);
    const all = [...a, ...b].sort((x, y) => x - y);
    expect(all).toEqual(Array.from({ length: 60 }, (_none, n) => n));
    await one.refresh();
    expect(one.state.budget.trialsSpent).toBe(60);
  });
}
