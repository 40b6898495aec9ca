import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stateToJson } from "../../trial/evolve/state-to-json.testing.ts";
import { Driver } from "../contract/driver.testing.ts";
import { APPLICATION_ID, checkMark, migrate, readMark } from "./migrate.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import type { Migration } from "./migrations/migration.ts";
import { NEXT_VERSION } from "./next-version.testing.ts";
import { openDatabase } from "./open-database.ts";
import { Retry } from "./retry.ts";
import { SqliteStorage } from "./sqlite-storage.ts";

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const golden = JSON.parse(readFileSync(here("./golden/v1.json"), "utf8"));
let folder = "";
let file = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-migrate-"));
  file = join(folder, "study.db");
  copyFileSync(here("./golden/v1.db"), file);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(migrations: readonly Migration[]): Promise<DatabaseSync> {
  return openDatabase(file, { synchronous: "full", migrations }, new Retry(file));
}

function backups(): readonly string[] {
  return readdirSync(folder).filter((name) => name.includes(".backup-"));
}

/** All events of a file, as the table holds them. */
function events(path: string): unknown {
  const database = new DatabaseSync(path);
  const rows = database.prepare("SELECT study, revision, at, body FROM event ORDER BY study, revision").all();
  database.close();
  return rows;
}

describe("the golden database of version 1", () => {
  it("reads as it was written", async () => {
    const storage = await SqliteStorage.open(file);
    expect((await storage.listStudies()).map((study) => study.name)).toEqual(["golden"]);
    const driver = await Driver.create(storage, "golden");
    expect(stateToJson(driver.state)).toEqual(golden);
    expect(stateToJson(await driver.cold())).toEqual(golden);
    expect(await storage.addTuningTime(driver.id, 0)).toBe(1500);
    await storage.close();
  });

  it("can be gone on with", async () => {
    const storage = await SqliteStorage.open(file);
    const driver = await Driver.create(storage, "golden");
    expect(await driver.claim("new")).toMatchObject({ trial: 2, segment: 1, attempt: 1, until: 9 });
    await driver.finish(2, "new");
    await storage.close();
    expect(backups()).toHaveLength(1);
  });
});

describe("migrating", () => {
  it("writes a backup first, then changes all in one step", async () => {
    const before = events(file);
    const database = await open([...MIGRATIONS, NEXT_VERSION]);
    expect(readMark(database)).toMatchObject({ version: NEXT_VERSION.to });
    expect(database.prepare("SELECT text FROM remark ORDER BY study").all()).toEqual([
      { text: "golden" },
      { text: "deleted" },
    ]);
    database.close();
    expect(events(file)).toEqual(before);
    const [backup = "", ...more] = backups();
    expect(more).toEqual([]);
    expect(backup).toMatch(/^study\.db\.backup-v1-\d{8}T\d{6}Z$/);
    expect(statSync(join(folder, backup)).mode & 0o777).toBe(0o600);
    expect(events(join(folder, backup))).toEqual(before);
    const storage = await SqliteStorage.open(join(folder, backup));
    expect(stateToJson((await Driver.create(storage, "golden")).state)).toEqual(golden);
    await storage.close();
  });

  it("gives each backup a name of its own, be they of the same second, and leaves none by half", () => {
    const migrated = (refuse: boolean): string | null => {
      copyFileSync(here("./golden/v1.db"), file);
      const database = new DatabaseSync(file);
      const prepare = database.prepare.bind(database);
      database.prepare = (sql) => {
        if (refuse && sql.startsWith("VACUUM")) throw new Error("no room");
        return prepare(sql);
      };
      try {
        return migrate(database, file, MIGRATIONS, 1_000_000_000_999);
      } finally {
        database.close();
      }
    };
    const names = ["20010909T014640Z", "20010909T014640Z-2", "20010909T014640Z-3"].map(
      (name) => `study.db.backup-v1-${name}`,
    );
    for (const name of names) expect(migrated(false)).toBe(join(folder, name));
    expect(() => migrated(true)).toThrow("no room");
    expect(backups().toSorted()).toEqual(names);
  });

  it("takes back a step that fails, and leaves nothing begun", () => {
    const database = new DatabaseSync(join(folder, "new.db"));
    const failing: Migration = {
      to: 3,
      up() {
        database.exec("CREATE TABLE half (n)");
        throw new Error("cannot");
      },
    };
    expect(() => migrate(database, "new.db", [...MIGRATIONS, failing], 0)).toThrow("cannot");
    expect(database.isTransaction).toBe(false);
    expect(readMark(database)).toEqual({ applicationId: 0, version: 0, tables: 0 });
    database.close();
  });

  it("answers no backup where there was nothing, or nothing to do", () => {
    const database = new DatabaseSync(join(folder, "new.db"));
    expect(migrate(database, join(folder, "new.db"), MIGRATIONS, 0)).toBeNull();
    expect(migrate(database, join(folder, "new.db"), MIGRATIONS, 0)).toBeNull();
    expect([backups(), database.isTransaction]).toEqual([[], false]);
    database.exec("BEGIN");
    expect(readMark(database)).toMatchObject({ applicationId: APPLICATION_ID, version: 2 });
    expect(database.isTransaction).toBe(true);
    database.close();
  });

  it.each([
    [APPLICATION_ID, 2, 9, "fits"],
    [APPLICATION_ID, 0, 0, "fits"],
    [0, 0, 0, "fits"],
    [0, 1, 0, "fits"],
    [0, 1, 1, "is not an Attune storage"],
    [7, 1, 0, "is not an Attune storage"],
    [APPLICATION_ID, 3, 9, "was written by a newer Attune (schema 3; this one knows up to 2). Update Attune"],
  ])(
    "tells whose file it is by its mark %i, version %i and %i tables: it %s",
    (applicationId, version, tables, what) => {
      const check = expect(() => checkMark(file, { applicationId, version, tables }, 2));
      if (what === "fits") check.not.toThrow();
      else check.toThrow(`${file} ${what}`);
    },
  );

  it("takes each step once, from the one after the file's version on", async () => {
    const steps: number[] = [];
    const step = (to: number): Migration => ({ to, up: () => void steps.push(to) });
    for (const newest of [1, 3, 4, 4]) {
      const database = await open(Array.from({ length: newest }, (_, k) => step(k + 1)));
      expect(readMark(database).version).toBe(newest);
      database.close();
    }
    expect(steps).toEqual([2, 3, 4]);
  });

  it("migrates once, and is refused by the release before", async () => {
    (await open([...MIGRATIONS, NEXT_VERSION])).close();
    (await open([...MIGRATIONS, NEXT_VERSION])).close();
    expect(backups()).toHaveLength(1);
    const bytes = readFileSync(file);
    await expect(SqliteStorage.open(file)).rejects.toMatchObject({ code: "storage-newer" });
    expect(readFileSync(file)).toEqual(bytes);
  });

  it("leaves the old version when a step fails", async () => {
    const failing: Migration = {
      to: NEXT_VERSION.to + 1,
      up(database) {
        database.exec("DELETE FROM event");
        throw new Error("cannot");
      },
    };
    const before = events(file);
    await expect(open([...MIGRATIONS, NEXT_VERSION, failing])).rejects.toThrow("cannot");
    expect(events(file)).toEqual(before);
    const storage = await SqliteStorage.open(file);
    expect(stateToJson((await Driver.create(storage, "golden")).state)).toEqual(golden);
    await storage.close();
  });

  it("happens once when two processes open the file together", async () => {
    const both = await Promise.all([open([...MIGRATIONS, NEXT_VERSION]), open([...MIGRATIONS, NEXT_VERSION])]);
    for (const database of both) {
      expect(database.prepare("SELECT COUNT(*) AS n FROM remark").get()).toEqual({ n: 2 });
      database.close();
    }
  });

  it.each([
    "migrate.backup-begun",
    "migrate.backed-up",
    "migrate.begun",
    "migrate.step",
    "migrate.versioned",
    "migrate.committed",
  ])("survives a crash at %s", async (point) => {
    const before = events(file);
    const run = spawnSync(process.execPath, [here("./migrate-storage.testing.ts"), file, "next"], {
      env: { ...process.env, ATTUNE_FAULT: `${point}:1` },
    });
    expect(run.signal).toBe("SIGKILL");
    expect(events(file)).toEqual(before);
    const database = await open([...MIGRATIONS, NEXT_VERSION]);
    expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
    expect(readMark(database)).toMatchObject({ version: NEXT_VERSION.to });
    database.close();
    const whole = backups().filter((name) => !name.endsWith(".partial"));
    expect(whole.length).toBeGreaterThanOrEqual(1);
    for (const name of whole) expect(events(join(folder, name))).toEqual(before);
  });
});
