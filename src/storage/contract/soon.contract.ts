import { expect, it } from "vitest";
import type { StudyCommand } from "../../trial/command.ts";
import { Driver, type StorageFixture } from "./driver.testing.ts";

/** Of storages that answer some commands soon; all others pass. */
export function soonContract(fixture: () => StorageFixture): void {
  const enqueue = (x: number): StudyCommand => ({ type: "enqueue", params: { x }, origin: "user", replicate: null });

  it("are carried out in the order of the calls, between those that are not, and seen by others before they are kept", async () => {
    const { storage, another } = fixture();
    if (storage.executeSoon === undefined) return;
    const driver = await Driver.create(storage);
    const other = new Driver(await another(), driver.id);
    const send = [0, 1, 2, 3, 4, 5].map((x) =>
      x % 2 === 0 ? storage.execute(driver.id, enqueue(x), 0) : storage.executeSoon!(driver.id, enqueue(x), 0),
    );
    const [, soon] = await Promise.all([send[0], send[1]]);
    await other.refresh();
    expect(other.state.nextNumber).toBeGreaterThanOrEqual(2);
    expect(soon!.events.at(-1)?.revision).toBeGreaterThanOrEqual(3);
    const answers = await Promise.all(send);
    await Promise.all(answers.map((answer) => ("kept" in answer ? answer.kept : null)));
    await driver.refresh();
    expect(driver.state.trials().map(({ params }) => params.x)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("are refused like any other, and are kept when the storage is closed meanwhile", async () => {
    const { storage, another } = fixture();
    if (storage.executeSoon === undefined) return;
    const { id } = await Driver.create(storage);
    const refused = storage.executeSoon(id, { type: "restore", trial: 99 }, 0);
    await expect(refused).rejects.toMatchObject({ code: "unknown-trial" });
    const { kept } = await storage.executeSoon(id, enqueue(1), 0);
    await Promise.all([storage.close(), kept]);
    expect((await new Driver(await another(), id).cold()).nextNumber).toBe(1);
  });
}
