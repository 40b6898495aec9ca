import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Driver, definition } from "../contract/driver.testing.ts";
import { openStorage } from "../registry.ts";
import { APPLICATION_ID } from "./migrate.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import { networkFileSystemName } from "./network-file-system.ts";
import { openDatabase } from "./open-database.ts";
import { NETWORK_SWITCH, prepareFile } from "./prepare-file.ts";
import { Retry } from "./retry.ts";
import { SqliteEngine } from "./sqlite-engine.ts";
import { SqliteStorage } from "./sqlite-storage.ts";
import { touch } from "./touch-process.testing.ts";
import { WriteQueue } from "./write-queue.ts";

let folder = "";
let file = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-errors-"));
  file = join(folder, "study.db");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Expects that opening fails with that code and one message, and that the folder is byte for byte as before. */
async function expectRefused(code: string, message: RegExp, path = file): Promise<void> {
  const before = contents();
  await expect(SqliteStorage.open(path)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  expect(contents()).toEqual(before);
}

function contents(): readonly (readonly [string, string])[] {
  return readdirSync(folder).map((name) => {
    const path = join(folder, name);
    return [name, statSync(path).isFile() ? readFileSync(path, "hex") : "folder"] as const;
  });
}

async function makeStudy(trials = 3): Promise<void> {
  const storage = await SqliteStorage.open(file);
  const driver = await Driver.create(storage);
  for (let k = 0; k < trials; k++) {
    await driver.claim(`t${k}`);
    await driver.finish(k, `t${k}`);
  }
  await storage.close();
}

describe("files that are refused, untouched", () => {
  it("text", async () => {
    writeFileSync(file, "lr = 0.1\n");
    await expectRefused("storage-not-a-database", /study\.db is not an Attune storage/);
  });

  it("binary rubbish as long as a database", async () => {
    writeFileSync(file, Buffer.alloc(65_536, 0xa7));
    await expectRefused("storage-not-a-database", /not an Attune storage/);
  });

  it("a database of another program", async () => {
    const other = new DatabaseSync(file);
    other.exec("CREATE TABLE trials (trial_id INTEGER)");
    other.close();
    await expectRefused("storage-not-a-database", /not an Attune storage/);
  });

  it("a newer schema", async () => {
    await makeStudy();
    const database = new DatabaseSync(file);
    database.exec("PRAGMA user_version = 1000");
    database.close();
    await expectRefused("storage-newer", /newer Attune \(schema 1000; this one knows up to \d+\)\. Update Attune/);
  });

  it("a folder", async () => {
    mkdirSync(file);
    await expectRefused("storage-not-a-database", /study\.db is a folder; name a file in it/);
  });

  it("a file in a folder that does not exist", async () => {
    await expectRefused(
      "storage-failed",
      /folder .*missing does not exist; create it/,
      join(folder, "missing", "study.db"),
    );
  });

  it("a header that lies about the pages that follow", async () => {
    await makeStudy();
    writeFileSync(file, readFileSync(file).subarray(0, 4096));
    await expectRefused("storage-corrupt", /is damaged: nothing was changed/);
  });
});

describe("damage found on the way", () => {
  it("pages overwritten in the middle", async () => {
    await makeStudy(60);
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 4096 * 2);
    writeFileSync(file, bytes);
    const before = readFileSync(file);
    const storage = await SqliteStorage.open(file).catch((error: unknown) => error);
    if (storage instanceof SqliteStorage) {
      await expect(storage.read("1", 0)).rejects.toMatchObject({ code: "storage-corrupt" });
      await expect(storage.execute("1", { type: "delete" }, 0)).rejects.toMatchObject({ code: "storage-corrupt" });
      await storage.close();
    } else {
      expect(storage).toMatchObject({ code: "storage-corrupt" });
    }
    expect(readFileSync(file).subarray(8192)).toEqual(before.subarray(8192));
  });

  it.each([
    ["an event that is no JSON", "UPDATE event SET body = '{\"type\":' WHERE revision = 4"],
    ["an event that is missing", "DELETE FROM event WHERE revision = 4"],
    ["an event that is null", "UPDATE event SET body = 'null' WHERE revision = 4"],
    ["an event that is a list", "UPDATE event SET body = '[1]' WHERE revision = 4"],
    [
      "an event that lacks everything but its type",
      'UPDATE event SET body = \'{"type":"proposed"}\' WHERE revision = 4',
    ],
    ["an event of an unknown type", 'UPDATE event SET body = \'{"type":"exploded"}\' WHERE revision = 4'],
  ])("%s", async (_what, damage) => {
    await makeStudy();
    const database = new DatabaseSync(file);
    database.exec(damage);
    database.close();
    const storage = await SqliteStorage.open(file);
    const revision = await storage.revision("1");
    await expect(storage.execute("1", { type: "invalidate", trial: 0, reason: null }, 0)).rejects.toMatchObject({
      code: "storage-corrupt",
    });
    expect(await storage.revision("1")).toBe(revision);
    await storage.close();
  });
});

describe("places that cannot be written", () => {
  it("a read-only file", async () => {
    await makeStudy();
    chmodSync(folder, 0o755);
    chmodSync(file, 0o444);
    const before = readFileSync(file);
    expect(touch(file, { asNobody: true }).answer).toMatchObject({ code: "storage-read-only" });
    expect(readFileSync(file)).toEqual(before);
  });

  it("a read-only folder", () => {
    const place = join(folder, "closed");
    mkdirSync(place);
    chmodSync(folder, 0o755);
    chmodSync(place, 0o555);
    const { answer } = touch(join(place, "study.db"), { asNobody: true });
    expect(answer).toMatchObject({ code: "storage-read-only", message: expect.stringMatching(/name another file\.$/) });
    expect(readdirSync(place)).toEqual([]);
    chmodSync(place, 0o755);
  });

  /** A study in a file that can be kept from growing, and how often somebody was told that writes wait for room. */
  async function growing(more: { readonly roomPatience?: number }) {
    const retry = new Retry(file);
    const database = await openDatabase(file, { synchronous: "full" }, retry);
    const engine = new SqliteEngine(database, file);
    const told = { times: 0, failed: Promise.withResolvers<void>() };
    const queue = new WriteQueue(database, file, retry, {
      check: () => undefined,
      forget: () => {
        engine.forget();
        told.failed.resolve();
      },
      committed: () => undefined,
      waitsForRoom: () => {
        told.times += 1;
      },
      ...more,
    });
    const { id } = await queue.write((now) => engine.createStudy(definition("full"), [], now));
    const enqueue = (x: string) =>
      queue.write((now) =>
        engine.execute(id, { type: "enqueue", params: { x }, origin: "user", replicate: null }, 0, now),
      );
    const allow = (pages: number): void => {
      const { page_count: used } = database.prepare("PRAGMA page_count").get() as { page_count: number };
      database.exec(`PRAGMA max_page_count = ${used + pages}`);
    };
    return { database, engine, queue, id, enqueue, allow, told };
  }

  it("a full disk: what was committed stays, nothing is half-written, and it goes on when there is room", async () => {
    const { database, engine, id, enqueue, allow } = await growing({ roomPatience: 0 });
    await enqueue("small");
    allow(4);
    const [one, two] = await Promise.allSettled([enqueue("a"), enqueue("b".repeat(100_000))]);
    for (const outcome of [one, two]) {
      expect(outcome).toMatchObject({ status: "rejected", reason: { code: "storage-full" } });
    }
    expect(engine.revision(id)).toBe(2);
    allow(1_000_000);
    await enqueue("c".repeat(100_000));
    expect(engine.read(id, 2, undefined)).toMatchObject([{ revision: 3 }]);
    database.close();
  });

  it("a disk that is full for a while: what is to be written waits, in its order, and is told of once", async () => {
    const { database, engine, id, enqueue, allow, told } = await growing({});
    for (const round of [1, 2]) {
      allow(4);
      const writes = ["a", "b".repeat(100_000), "c"].map(enqueue);
      await told.failed.promise;
      expect(engine.revision(id)).toBe(3 * (round - 1) + 1);
      expect(told.times).toBe(1);
      told.failed = Promise.withResolvers();
      allow(1_000_000);
      await Promise.all(writes);
      const last = engine.read(id, 3 * (round - 1) + 1, undefined).map(({ body }) => body);
      expect(last.map((body) => (JSON.parse(body) as { params: { x: string } }).params.x[0])).toEqual(["a", "b", "c"]);
    }
    database.close();
  });

  it("a full disk: upkeep of the file waits for nothing", async () => {
    const { database, engine, queue, id, enqueue, allow, told } = await growing({});
    await enqueue("x".repeat(100_000));
    allow(0);
    database.exec("CREATE TEMP TABLE unused (x)");
    await expect(
      queue.writeAlone(() =>
        engine.execute(
          id,
          { type: "enqueue", params: { x: "y".repeat(100_000) }, origin: "user", replicate: null },
          0,
          0,
        ),
      ),
    ).rejects.toMatchObject({ code: "storage-full" });
    expect(told.times).toBe(0);
    database.close();
  });

  it("a network file system, unless the user insists", () => {
    const onNfs = () => "NFS";
    expect(() => prepareFile(file, onNfs)).toThrowError(
      /network file system \(NFS\).*local disk.*ATTUNE_NETWORK_STORAGE=allow/,
    );
    expect(readdirSync(folder)).toEqual([]);
    process.env[NETWORK_SWITCH] = "allow";
    try {
      expect(prepareFile(file, onNfs)).toBe(file);
    } finally {
      delete process.env[NETWORK_SWITCH];
    }
    expect(networkFileSystemName(0x6969)).toBe("NFS");
    expect(networkFileSystemName(-11317950)).toBe("CIFS");
    expect(networkFileSystemName(0xef53)).toBeNull();
  });
});

describe("what a new file looks like", () => {
  it("is the owner's alone, with its companions, and leaves nothing else behind", async () => {
    const storage = await SqliteStorage.open(file);
    await Driver.create(storage);
    const names = readdirSync(folder).sort();
    expect(names).toEqual(["study.db", "study.db-shm", "study.db-wal"]);
    for (const name of names) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    await storage.close();
    expect(readdirSync(folder)).toEqual(["study.db"]);
  });

  it("carries Attune's mark and the schema version", async () => {
    await makeStudy();
    const database = new DatabaseSync(file);
    expect(database.prepare("PRAGMA application_id").get()).toEqual({ application_id: APPLICATION_ID });
    expect(database.prepare("PRAGMA user_version").get()).toEqual({ user_version: MIGRATIONS.at(-1)?.to });
    expect(database.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    database.close();
  });

  it("is created once when many open it together", async () => {
    for (let round = 0; round < 4; round++) {
      file = join(folder, `round-${round}.db`);
      const storages = await Promise.all(Array.from({ length: 5 }, () => SqliteStorage.open(file)));
      const created = await Promise.all(storages.map((storage) => storage.createStudy(definition("same"))));
      expect(created.filter((study) => study.created)).toHaveLength(1);
      await Promise.all(storages.map((storage) => storage.close()));
    }
  });

  it("may be an empty file that is there already", async () => {
    writeFileSync(file, "");
    await makeStudy();
    const storage = await openStorage(`sqlite:${file}`);
    expect(await storage.listStudies()).toHaveLength(1);
    await storage.close();
  });
});

describe("names of storages", () => {
  it("refuses an unknown scheme with what is allowed, and shows no password", async () => {
    const opening = openStorage("postgres://me:secret@host/db");
    await expect(opening).rejects.toMatchObject({
      code: "invalid-argument",
      message: expect.stringMatching(/unknown scheme "postgres:".*":memory:".*sqlite:FILE/),
    });
    await expect(opening).rejects.not.toMatchObject({ message: expect.stringMatching(/secret/) });
    await expect(openStorage("")).rejects.toMatchObject({ code: "invalid-argument" });
  });

  it("opens memory by either name", async () => {
    for (const name of [":memory:", "memory:"]) expect((await openStorage(name)).location).toBe(":memory:");
  });

  it("refuses work after close", async () => {
    const storage = await openStorage(file);
    await storage.close();
    await storage.close();
    await expect(storage.listStudies()).rejects.toMatchObject({ code: "storage-failed" });
  });
});
