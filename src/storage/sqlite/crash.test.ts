import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stateFromParts } from "../../trial/evolve/snapshot.ts";
import { stateToJson } from "../../trial/evolve/state-to-json.testing.ts";
import { StudyState } from "../../trial/study-state.ts";
import { FAULT_POINTS } from "../fault-point.ts";
import { CachedStudy, type EventRow } from "./cached-study.ts";
import { openDatabase } from "./open-database.ts";
import { Retry } from "./retry.ts";
import { SqliteEngine } from "./sqlite-engine.ts";

let folder = "";
/** Revisions between commands, in a run that nothing disturbs; 0 before the study is there. */
let boundaries: readonly number[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "attune-crash-"));
  const { signal, revisions } = run("whole.db", null);
  expect(signal).toBeNull();
  boundaries = [0, ...revisions];
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(
  name: string,
  fault: string | null,
): { readonly signal: string | null; readonly revisions: readonly number[] } {
  const script = fileURLToPath(new URL("./every-command.testing.ts", import.meta.url));
  const env = { ...process.env, ...(fault !== null && { ATTUNE_FAULT: fault }) };
  const child = spawnSync(process.execPath, [script, join(folder, name)], { env, encoding: "utf8" });
  expect(child.stderr).toBe("");
  const lines = child.stdout.trim().split("\n").filter(Boolean);
  return { signal: child.signal, revisions: lines.map((line) => Number(line.slice("revision ".length))) };
}

function stateAfter(state: StudyState, rows: readonly EventRow[]): StudyState {
  const study = new CachedStudy(state);
  study.apply(rows);
  return study.state;
}

/** The stored revision; also checks that file, log and cold start are whole. */
async function revisionOf(name: string): Promise<number> {
  const file = join(folder, name);
  if (!existsSync(file)) return 0;
  const database = await openDatabase(file, { synchronous: "normal" }, new Retry(file));
  try {
    expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
    const engine = new SqliteEngine(database, file);
    if (database.prepare("SELECT COUNT(*) AS n FROM study").get()?.n === 0) return 0;
    const followed = stateAfter(new StudyState(), engine.read("1", 0, undefined));
    expect(followed.deleted).toBe(engine.findStudy("every") === null);
    const { snapshot, rows } = engine.load("1");
    const stored = snapshot === null ? new StudyState() : stateFromParts(JSON.parse(snapshot.head), snapshot.blocks);
    if (stored === null) throw new Error("the snapshot is not whole");
    const cold = stateAfter(stored, rows);
    expect(stateToJson(cold)).toEqual(stateToJson(followed));
    return followed.revision;
  } finally {
    database.close();
  }
}

const points = FAULT_POINTS.filter((point) => !point.startsWith("migrate.b") && point !== "migrate.vacuumed");

describe("a crash at a statement's boundary", () => {
  it.each(points)("%s: all that was answered is there, and no command by half", async (point) => {
    const name = `${point}.db`;
    const { signal, revisions } = run(name, `${point}:1`);
    expect(signal).toBe("SIGKILL");
    const answered = revisions.at(-1) ?? 0;
    const next = boundaries[boundaries.indexOf(answered) + 1] ?? answered;
    const stored = await revisionOf(name);
    expect([answered, next]).toContain(stored);
  });

  it("writes whole transactions at every passage", async () => {
    for (const passage of [2, 12]) {
      for (const point of ["write.before-commit", "write.committed"]) {
        const name = `${point}.${passage}.db`;
        const { signal, revisions } = run(name, `${point}:${passage}`);
        expect(signal).toBe("SIGKILL");
        const answered = revisions.at(-1) ?? 0;
        const next = boundaries[boundaries.indexOf(answered) + 1] ?? answered;
        expect([answered, next]).toContain(await revisionOf(name));
      }
    }
  });
});
