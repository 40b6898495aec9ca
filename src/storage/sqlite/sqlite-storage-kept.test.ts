import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { AttuneError } from "../../errors.ts";
import type { StudyCommand } from "../../trial/command.ts";
import { definition } from "../contract/driver.testing.ts";
import { SqliteStorage } from "./sqlite-storage.ts";
import { packError } from "./thread-messages.ts";
import { WatchedThreads } from "./watched-threads.testing.ts";

let threads: WatchedThreads;
let thread: Worker;
let folder = "";
let storage: SqliteStorage;
let study = "";

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "attune-kept-"));
  threads = new WatchedThreads();
  storage = await SqliteStorage.open(join(folder, "a.db"));
  thread = threads.started[0]!.worker;
  ({ id: study } = await storage.createStudy(definition("s")));
  threads.tellsKept = false;
});
afterEach(async () => {
  await storage.close();
  await threads.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A command that is answered soon, and what became of it by now. */
async function soon() {
  const command: StudyCommand = { type: "enqueue", params: { x: 1 }, origin: "user", replicate: null };
  const { kept } = await storage.executeSoon(study, command, 0);
  const one = { kept, end: "none yet" };
  kept.then(
    () => {
      one.end = "kept";
    },
    (error: unknown) => {
      one.end = String(error);
    },
  );
  return one;
}

function tell(kept: number, error: unknown = null): void {
  threads.tellsKept = true;
  thread.emit("message", { kept, broken: error === null ? null : packError(error) });
  threads.tellsKept = false;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("is told of all up to a commit, and of those behind it later", async () => {
  // The study was made by the first commit.
  const all = [await soon(), await soon(), await soon(), await soon()];
  const ends = async (): Promise<readonly string[]> => {
    await turn();
    return all.map(({ end }) => end);
  };
  expect(await ends()).toEqual(["none yet", "none yet", "none yet", "none yet"]);
  tell(3);
  expect(await ends()).toEqual(["kept", "kept", "none yet", "none yet"]);
  tell(4, new AttuneError("storage-failed", "No disk."));
  expect(await ends()).toEqual(["kept", "kept", "AttuneError: No disk.", "none yet"]);
  tell(5);
  expect((await ends())[3]).toBe("kept");
});

it("lets the process live as long as somebody may wait for it", async () => {
  const [ref, unref] = [vi.spyOn(thread, "ref"), vi.spyOn(thread, "unref")];
  const first = await soon();
  // By the command, and, once that was answered, by what is not kept yet.
  expect(ref).toHaveBeenCalledTimes(2);
  const second = await soon();
  expect(unref).toHaveBeenCalledTimes(1);
  tell(2);
  await first.kept;
  expect(unref).toHaveBeenCalledTimes(1);
  tell(3);
  await second.kept;
  expect(unref).toHaveBeenCalledTimes(2);
});

it("is so at once where it was told of before", async () => {
  tell(100);
  const ref = vi.spyOn(thread, "ref");
  const early = await soon();
  await early.kept;
  expect(ref).toHaveBeenCalledTimes(1);
});
