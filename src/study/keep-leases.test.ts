import { expect, it } from "vitest";
import { float } from "../space/index.ts";
import { openStorage } from "../storage/registry.ts";
import { createStudy } from "./create-study.ts";
import { keepLeases } from "./keep-leases.ts";
import { leasedOwner } from "./new-owner.ts";
import { StudyLog } from "./study-log.ts";

it("renews what is held until it is let go", async () => {
  const storage = await openStorage(":memory:");
  const { id } = await createStudy({ name: "s", minimize: "loss", space: { x: float(0, 1) }, storage, sampler: "tpe" });
  const log = await StudyLog.open(storage, id);
  const proposer = leasedOwner("p");
  await log.execute({ type: "reserve", proposer, count: 1, limit: null, evidence: null });
  await storage.renew(id, [proposer.token], 0);
  expect(await storage.expired(id, [proposer.token])).toEqual([proposer.token]);
  const errors: unknown[] = [];
  const stopRenewing = keepLeases(
    log,
    () => [proposer.token],
    (error) => errors.push(error),
    1,
  );
  await expect.poll(() => storage.expired(id, [proposer.token])).toEqual([]);
  stopRenewing();
  await storage.close();
  expect(errors).toEqual([]);
});
