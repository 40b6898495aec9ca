import { existsSync, mkdtempSync, readdirSync, readlinkSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StudyCommand } from "../../trial/command.ts";
import { imported } from "../contract/budget.contract.ts";
import { definition, leased } from "../contract/driver.testing.ts";
import { serveRequests } from "./sqlite-server.ts";
import { type ThreadCalls, type ThreadMethod, type ThreadReply, unpackError } from "./thread-messages.ts";
import { VirtualClock } from "./virtual-clock.testing.ts";

let folder = "";
let file = "";
const servers: Served[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-server-"));
  file = join(folder, "a.db");
});
afterEach(async () => {
  for (const server of servers.splice(0)) await server.ask("close");
  rmSync(folder, { recursive: true, force: true });
});

/** The database side in this thread, whose replies are copied as messages are. */
class Served {
  readonly replies: ThreadReply[] = [];
  readonly #take = serveRequests((reply) => void this.replies.push(structuredClone(reply)));
  #last = 0;

  constructor() {
    servers.push(this);
  }

  async ask<M extends ThreadMethod>(
    method: M,
    ...args: Parameters<ThreadCalls[M]>
  ): Promise<ReturnType<ThreadCalls[M]>> {
    const id = ++this.#last;
    await this.#take({ id, method, args });
    const [reply, ...more] = this.replies.filter((one) => "id" in one && one.id === id);
    expect(more).toEqual([]);
    if (reply !== undefined && "error" in reply) throw unpackError(reply.error);
    return (reply as { readonly value: ReturnType<ThreadCalls[M]> }).value;
  }

  get notices(): readonly string[] {
    return this.replies.flatMap((reply) => ("notice" in reply ? [reply.notice] : []));
  }
}

/** One that has opened the file, and a study in it. */
async function opened(renewMs = 1_000_000) {
  const server = new Served();
  await server.ask("open", file, "full", renewMs);
  const { id } = await server.ask("createStudy", definition("s"), []);
  return { server, id };
}

const enqueue = (x: number): StudyCommand => ({ type: "enqueue", params: { x }, origin: "user", replicate: null });
const many = (count: number): StudyCommand => ({
  type: "import",
  trials: Array.from({ length: count }, () => imported("complete")),
});

/** Waits for something that comes by itself, whatever it takes. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

it("says that it is not open before it is, and again once it is closed", async () => {
  const server = new Served();
  const closed = { code: "internal", message: "The storage was used before it was opened." };
  await expect(server.ask("listStudies")).rejects.toMatchObject(closed);
  await expect(server.ask("execute", "1", enqueue(1), 0)).rejects.toMatchObject(closed);
  expect([await server.ask("stopWaiting", 1), await server.ask("close")]).toEqual([null, null]);
  await server.ask("open", file, "full", 1_000_000);
  expect(await server.ask("listStudies")).toEqual([]);
  expect([await server.ask("close"), await server.ask("close")]).toEqual([null, null]);
  await expect(server.ask("listStudies")).rejects.toMatchObject(closed);
});

it("sends each event once, whatever those who ask know, and all of them again after a transaction failed", async () => {
  const { server, id } = await opened();
  const sent = async (command: StudyCommand, known: number) => {
    const { rows, revision } = await server.ask("execute", id, command, known);
    return [rows.map((row) => row.revision), revision];
  };
  expect(await sent(enqueue(1), 0)).toEqual([[1, 2], 2]);
  expect(await sent(enqueue(2), 0)).toEqual([[3], 3]);
  expect(await sent(enqueue(3), 3)).toEqual([[4], 4]);
  const other = new Served();
  await other.ask("open", file, "full", 1_000_000);
  await other.ask("execute", id, enqueue(4), 0);
  expect(await sent(enqueue(5), 0)).toEqual([[5, 6], 6]);
  renameSync(file, `${file}.moved`);
  await expect(sent(enqueue(6), 0)).rejects.toMatchObject({ code: "storage-failed" });
  renameSync(`${file}.moved`, file);
  expect(await sent(enqueue(7), 2)).toEqual([[3, 4, 5, 6, 7], 7]);
  // One that changes nothing: no trial may be begun.
  const known = { type: "claim", owner: leased("t"), candidate: null, limit: 0, until: null } as const;
  expect(await sent(known, 3)).toEqual([[], 7]);
});

it("looks at all that is under way when it checks the file", async () => {
  const { server, id } = await opened();
  const [, check] = await Promise.all([server.ask("execute", id, enqueue(1), 0), server.ask("check")]);
  expect(check).toEqual({ studies: [{ name: "s", trials: 1, events: 2 }], problems: [] });
});

it("says where a copy could not be written", async () => {
  const { server } = await opened();
  const to = join(folder, "no", "copy.db");
  await expect(server.ask("copy", to)).rejects.toMatchObject({
    code: "storage-failed",
    message: expect.stringContaining(to),
  });
  expect(await server.ask("copy", join(folder, "copy.db"))).toBeNull();
});

it.runIf(existsSync("/proc/self/fd"))("leaves no descriptor open once it is closed", async () => {
  const held = (): readonly string[] =>
    readdirSync("/proc/self/fd").flatMap((fd) => {
      try {
        const path = readlinkSync(join("/proc/self/fd", fd));
        return path.startsWith(folder) ? [path] : [];
      } catch {
        // The one that reads the folder.
        return [];
      }
    });
  const { server, id } = await opened();
  await server.ask("execute", id, enqueue(1), 0);
  expect(held().filter((path) => path === `${file}-wal`)).toHaveLength(2);
  await server.ask("close");
  expect(held()).toEqual([]);
});

describe("leases of trials that were taken", () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([undefined, true] as const)(
    "are renewed as often as it was told, answered soon or not (%j)",
    async (soon) => {
      const { server, id } = await opened(15_000);
      const { token, ...owner } = leased("t") as Extract<ReturnType<typeof leased>, { kind: "leased" }>;
      await server.ask("execute", id, enqueue(1), 0);
      const claim = { type: "claim", owner: { ...owner, token }, candidate: null, limit: null, until: null } as const;
      await server.ask("execute", id, claim, 0, ...(soon === undefined ? [] : [soon]));
      const database = new DatabaseSync(file);
      const leases = () => database.prepare("SELECT token, expires - renewed AS ttl FROM lease").all();
      vi.advanceTimersByTime(14_999);
      await server.ask("check");
      expect(leases()).toEqual([]);
      vi.advanceTimersByTime(1);
      await server.ask("check");
      expect(leases()).toEqual([{ token, ttl: 60_000 }]);
      await server.ask("close");
      expect(vi.getTimerCount()).toBe(0);
      database.close();
    },
  );
});

describe("upkeep of the file", () => {
  it("writes a snapshot and packs old events once there are many, and no snapshot of few at the close", async () => {
    const { server, id } = await opened();
    const database = new DatabaseSync(file);
    const count = (table: string): number => Number(database.prepare(`SELECT COUNT(*) AS n FROM ${table}`).get()?.n);
    await server.ask("execute", id, many(5_000), 0);
    await until(() => count("snapshot") === 1 && count("event_run") > 0);
    await server.ask("execute", id, many(1_000), 0);
    const before = database.prepare("SELECT revision FROM snapshot").get();
    await server.ask("close");
    expect(database.prepare("SELECT revision FROM snapshot").get()).toEqual(before);
    await server.ask("open", file, "full", 1_000_000);
    await server.ask("execute", id, many(100), 0);
    await server.ask("close");
    expect(database.prepare("SELECT revision FROM snapshot").get()).toEqual({ revision: 6_101 });
    expect(server.notices).toEqual([]);
    database.close();
  });

  it("that failed is tried again after a minute, and not before", async () => {
    const clock = new VirtualClock();
    try {
      const { server, id } = await opened();
      const database = new DatabaseSync(file);
      for (const table of ["snapshot_block", "event_run"])
        database.exec(`CREATE TRIGGER no_${table} BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'no'); END`);
      database.close();
      await server.ask("execute", id, many(5_000), 0);
      await until(() => server.notices.length === 2);
      for (const ms of [59_999, 1]) {
        clock.now += ms;
        expect(server.notices).toHaveLength(2);
        await server.ask("execute", id, enqueue(1), 5_001);
        for (let turn = 0; turn < 10; turn++) {
          await server.ask("check");
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
      await until(() => server.notices.length === 4);
      for (const notice of server.notices)
        expect(notice).toMatch(/no.* \(It was upkeep of the file: nothing is lost, it is tried again later\.\)$/);
    } finally {
      clock.stop();
    }
  });
});
