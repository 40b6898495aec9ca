import { describe, expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy, openStudy } from "./index.ts";

const REQUEST = { id: "key", asks: "ask" };
const ASK = { detached: true, request: REQUEST } as const;

describe.each([
  ["random", undefined],
  ["tpe", undefined],
  ["random", { name: "asha", smallest: 1, largest: 9 }],
])("a trial that is asked for again by the same request, with %s and %j", (sampler, scheduler) => {
  it("is the same trial, by whatever handle, and nothing is left over", async () => {
    const storage = await openStorage(":memory:");
    const options = {
      ...{ name: "a", minimize: "loss", storage, sampler, seed: 1 },
      space: { x: float(0, 1) },
    } as const;
    const study = await createStudy({ ...options, ...(scheduler && { scheduler }) });
    const first = await study.ask(ASK);
    const other = await openStudy({ name: "a", storage });
    const [again, besides] = await Promise.all([other.ask(ASK), other.ask({ detached: true })]);
    expect([again.number, again.token, again.params, again.until]).toEqual([
      first.number,
      first.token,
      first.params,
      first.until,
    ]);
    expect(besides.number).toBe(1);
    await expect(other.ask({ ...ASK, request: { ...REQUEST, asks: "else" } })).rejects.toMatchObject({
      code: "conflict",
    });
    // It may end and be asked for again: the answer stays the first one's.
    await other.tell(again.number, 1, { token: again.token });
    expect(await other.ask(ASK)).toMatchObject({ number: first.number, token: first.token });
    expect(other.length).toBe(2);
    await storage.close();
  });
});
