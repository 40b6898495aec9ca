import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as library from "../../src/index.ts";
import { ENGINE } from "../../src/study/index.ts";
import { attune, type Ended } from "../e2e/attune.ts";
import { type Told, tellStudy } from "./databases/continue-study.ts";
import { FILE, WAITING } from "./databases/scenarios.ts";

const ROOT = path.join(import.meta.dirname, "databases");
const VERSIONS = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
/**
 * Engines that suggest for its databases what each version did; later ones say that another one made them. Engines 3 and 4 suggest what engine 2
 * did where no trial is paused.
 */
const ENGINES: Readonly<Record<string, readonly string[]>> = { "v0.1": ["2", "3", "4", "5"] };

/** Models are fitted for each suggestion of some studies, twice. */
const TIMEOUT = 600_000;

let base = "";
beforeAll(() => {
  base = mkdtempSync(path.join(tmpdir(), "attune-databases-"));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** A fresh folder with the database as it was left, a write-ahead log beside it where there was one. */
function unpacked(version: string, name: string): string {
  const folder = mkdtempSync(path.join(base, `${name}-`));
  for (const packed of readdirSync(path.join(ROOT, version)).filter((one) => one.startsWith(`${name}.${FILE}`))) {
    const bytes = gunzipSync(readFileSync(path.join(ROOT, version, packed)));
    writeFileSync(path.join(folder, packed.slice(name.length + 1, -".gz".length)), bytes);
  }
  return folder;
}

/** As versions told it that did not count the steps of each attempt. */
async function withoutSteps(telling: Promise<Told>, then: Told): Promise<Told> {
  const told = await telling;
  const counted = then.trials.some(({ segments }) => segments.some(({ attempts }) => attempts.some(hasSteps)));
  if (counted) return told;
  const trials = told.trials.map((trial) => ({
    ...trial,
    segments: trial.segments.map((segment) => ({
      ...segment,
      attempts: segment.attempts.map(({ steps: _, ...attempt }) => attempt),
    })),
  }));
  return { ...told, trials };
}

function hasSteps(attempt: { readonly steps?: number }): boolean {
  return attempt.steps !== undefined;
}

describe.each(VERSIONS.map(({ name }) => name))("studies made by %s", (version) => {
  const names = readdirSync(path.join(ROOT, version)).filter((one) => one.endsWith(".json.gz"));

  it.each(names.map((one) => one.slice(0, -".json.gz".length)))(
    "open, continue and replay: %s",
    async (name) => {
      const folder = unpacked(version, name);
      const file = path.join(folder, FILE);
      const packed = readFileSync(path.join(ROOT, version, `${name}.json.gz`));
      const kept: readonly Told[] = JSON.parse(gunzipSync(packed).toString());
      const say = (...words: readonly string[]): Promise<Ended> => attune(folder, [...words, "--storage", file]);
      const lines = async (...words: readonly string[]): Promise<readonly Record<string, unknown>[]> =>
        (await say(...words, "--json")).out
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line));

      expect((await lines("studies")).map((study) => study.name)).toEqual(kept.map((study) => study.name));
      expect(await say("storage", "check")).toMatchObject({ code: 0, err: "" });
      for (const study of kept) {
        const numbers = study.trials.map(({ number }) => number);
        expect((await lines("trials", study.name)).map(({ number }) => number)).toEqual(numbers);
        expect(await say("show", study.name)).toMatchObject({ code: 0, err: "" });
        const told = await withoutSteps(tellStudy(library, file, study.name), study);
        const same = ENGINES[version]?.includes(ENGINE);
        // Versions before knew no samplers that are programs.
        const known = { ...study, replay: { opaque: 0, ...(study.replay as Partial<Told["replay"]>) } };
        expect(told).toEqual(same ? known : { ...study, replay: told.replay, next: told.next });
        expect(told.replay.differences).toEqual([]);
      }
    },
    TIMEOUT,
  );

  it("take up the trials of a tuner that was killed, by the same command as before", async () => {
    const folder = unpacked(version, "killed");
    writeFileSync(path.join(folder, "waiting.mjs"), WAITING);
    writeFileSync(path.join(folder, "go"), "");
    const run = ["run", "--storage", FILE, "--minimize", "loss", "--sampler", "tpe", "--workers", "2", "--trials", "8"];
    const { code, err } = await attune(folder, [...run, "--", "node", "waiting.mjs", "{x: 0.0..6.0}"]);
    expect([code, err]).toEqual([0, expect.any(String)]);
    const study = await library.openStudy({ name: "waiting", storage: path.join(folder, FILE) });
    expect(study.trials().map(({ state, losses }) => [state, losses])).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((number) => ["complete", number === 3 || number === 4 ? 2 : 0]),
    );
    expect(await study.replay()).toMatchObject({ differences: [] });
    await study.close();
  });
});
