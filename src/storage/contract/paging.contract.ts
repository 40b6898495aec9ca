import { expect, it } from "vitest";
import { outlineOfState, type StudyOutline } from "../study-outline.ts";
import type { TrialPage, TrialQuery } from "../trial-page.ts";
import { imported } from "./budget.contract.ts";
import { Driver, type StorageFixture } from "./driver.testing.ts";

const STATES = ["complete", "failed", "pruned", "waiting"] as const;

/** All pages of a query, one after another. */
async function pagesOf(driver: Driver, query: TrialQuery): Promise<readonly TrialPage[]> {
  const pages = [await driver.storage.trials(driver.id, query)];
  for (let next = pages[0]!.next; next !== null; next = pages.at(-1)!.next)
    pages.push(await driver.storage.trials(driver.id, { ...query, after: next }));
  return pages;
}

async function numbersOf(driver: Driver, query: TrialQuery): Promise<readonly number[]> {
  const pages = await pagesOf(driver, query);
  for (const page of pages.slice(0, -1)) expect(page.trials).toHaveLength(query.limit);
  return pages.flatMap(({ trials }) => trials.map(({ number }) => number));
}

export function pagingContract(fixture: () => StorageFixture): void {
  /** Studies large enough for a snapshot of several parts, and with changes after it. */
  async function study(count: number): Promise<Driver> {
    const parameter = { name: "x", type: "float", low: 0, high: count };
    const driver = await Driver.create(fixture().storage, "paged", { version: 1, parameters: [parameter] });
    const trials = Array.from({ length: count }, (_none, k) => imported(STATES[k % 4]!, { params: { x: k } }));
    await driver.run({ type: "import", trials });
    await driver.run({ type: "invalidate", trial: 1, reason: null });
    return driver;
  }

  it("reads the trials of a study a page at a time, either way", async () => {
    const driver = await study(2_500);
    const all = Array.from({ length: 2_500 }, (_none, number) => number);
    expect(await numbersOf(driver, { limit: 999 })).toEqual(all);
    expect(await numbersOf(driver, { limit: 999, newestFirst: true })).toEqual(all.toReversed());
    expect(await numbersOf(driver, { limit: 2_500 })).toEqual(all);
    const page = await driver.storage.trials(driver.id, { after: 1_022, limit: 3 });
    expect(page).toEqual({
      trials: [1_023, 1_024, 1_025].map((number) => driver.trial(number)),
      next: 1_025,
      revision: driver.state.revision,
    });
    expect(await driver.storage.trials(driver.id, { after: 2_499, limit: 3 })).toMatchObject({
      trials: [],
      next: null,
    });
    expect(await driver.storage.trials(driver.id, { after: 0, limit: 3, newestFirst: true })).toMatchObject({
      trials: [],
    });
  });

  it("reads only those of a state, invalid or not", async () => {
    const driver = await study(40);
    const numbers = (from: number): readonly number[] => Array.from({ length: 10 }, (_none, k) => from + 4 * k);
    expect(await numbersOf(driver, { limit: 3, states: ["pruned"] })).toEqual(numbers(2));
    expect(await numbersOf(driver, { limit: 10, states: ["failed"] })).toEqual(numbers(1));
    expect(await numbersOf(driver, { limit: 10, states: ["failed"], invalid: false })).toEqual(numbers(5).slice(0, 9));
    expect(await numbersOf(driver, { limit: 10, invalid: true })).toEqual([1]);
    expect(await numbersOf(driver, { limit: 10, states: [] })).toEqual([]);
  });

  it("answers the same from cold, and after more has happened", async () => {
    const driver = await study(2_500);
    await driver.storage.close();
    const cold = new Driver(await fixture().another(), driver.id);
    const shown = async (): Promise<void> => {
      const pages = await pagesOf(cold, { limit: 1_000 });
      expect(pages.flatMap(({ trials }) => trials)).toEqual(driver.state.trials());
      expect(pages.at(-1)?.revision).toBe(driver.state.revision);
    };
    await shown();
    const other = new Driver(await fixture().another(), driver.id);
    await other.refresh();
    await other.run({ type: "invalidate", trial: 2_000, reason: null });
    await other.claim("t");
    driver.follow(await other.storage.read(driver.id, driver.state.revision));
    await shown();
  });

  it("reads those that fit an expression, in the order of fields, from cold too", async () => {
    const driver = await study(2_500);
    const order = [{ field: "state" }, { field: "x", descending: true }] as const;
    const where = "x >= 100 and state != 'waiting'";
    const expected = driver.state
      .trials()
      .filter(({ number, state }) => number >= 100 && state !== "waiting")
      .toSorted((a, b) => (a.state === b.state ? b.number - a.number : a.state < b.state ? -1 : 1))
      .map(({ number }) => number);
    expect(await numbersOf(driver, { limit: 700, where, order })).toEqual(expected);
    await driver.storage.close();
    const cold = new Driver(await fixture().another(), driver.id);
    expect(await numbersOf(cold, { limit: 700, where, order })).toEqual(expected);
    const first = await cold.storage.trials(driver.id, { limit: 1, where, order });
    expect(first.trials).toEqual([driver.trial(expected[0]!)]);
  });

  it("tells a study without its trials, from cold too, and after more has happened", async () => {
    const driver = await study(2_500);
    const outline = (): StudyOutline => outlineOfState(driver.state);
    expect(await driver.storage.outline(driver.id)).toEqual(outline());
    expect(outline()).toMatchObject({ trials: 2_500, measured: ["loss"] });
    await driver.storage.close();
    const other = new Driver(await fixture().another(), driver.id);
    expect(await other.storage.outline(driver.id)).toEqual(outline());
    await other.refresh();
    const late = imported("complete", { params: { x: 1 }, values: { loss: 1, late: 2 } });
    for (const command of [
      { type: "import", trials: [late] },
      { type: "configure", settings: { ...driver.state.settings, extra: { more: 1 } }, expectedVersion: 1 },
    ] as const) {
      const looker = await fixture().another();
      await other.run(command);
      driver.follow(await other.storage.read(driver.id, driver.state.revision));
      expect(await looker.outline(driver.id)).toEqual(outline());
    }
    expect(outline()).toMatchObject({ trials: 2_501, measured: ["loss", "late"], settings: { extra: { more: 1 } } });
  });

  it("neither leaves out nor repeats a trial when others come between two pages", async () => {
    const driver = await study(10);
    const first = await driver.storage.trials(driver.id, { limit: 6 });
    await driver.run({ type: "enqueue", params: { x: 1 }, origin: "user", replicate: null });
    const second = await driver.storage.trials(driver.id, { limit: 6, after: first.next! });
    expect(second.trials.map(({ number }) => number)).toEqual([6, 7, 8, 9, 10]);
  });

  it.each([{ limit: 0 }, { limit: 10_001 }, { limit: 1.5 }, { limit: 1, after: -1 }, { limit: 1, after: Number.NaN }])(
    "refuses a query that is none: %j",
    async (query) => {
      const driver = await study(2);
      await expect(driver.storage.trials(driver.id, query)).rejects.toMatchObject({ code: "invalid-argument" });
    },
  );

  it("carries out and answers the commands of one client in the order of its calls", async () => {
    const driver = await Driver.create(fixture().storage);
    const other = await Driver.create(driver.storage, "other");
    const answered: number[] = [];
    const enqueue = async (k: number): Promise<void> => {
      const to = k % 3 === 0 ? other : driver;
      const params = k % 7 === 0 ? { x: Number.NaN } : { x: k };
      const sent = to.storage.execute(to.id, { type: "enqueue", params, origin: "user", replicate: null }, 0);
      await sent.catch(() => undefined);
      answered.push(k);
    };
    await Promise.all(Array.from({ length: 600 }, (_none, k) => enqueue(k)));
    expect(answered).toEqual(Array.from({ length: 600 }, (_none, k) => k));
    for (const [k, one] of [other, driver].entries()) {
      const { trials } = await one.storage.trials(one.id, { limit: 1_000 });
      const sent = answered.filter((n) => (n % 3 === 0) === (k === 0) && n % 7 !== 0);
      expect(trials.map(({ params }) => params.x)).toEqual(sent);
    }
  });
}
