/**
 * Makes the databases of a released version anew: node tests/golden/databases/make.ts VERSION FOLDER, where the folder holds that
 * version's sources, built. They are made once for a release and never again: later versions must read what that one wrote.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { type Library, type Told, tellStudy } from "./continue-study.ts";
import { FILE, SCENARIOS } from "./scenarios.ts";

const [version, folder, ...names] = process.argv.slice(2);
if (version === undefined || folder === undefined) throw new Error("usage: make.ts VERSION FOLDER [NAMES...]");
const library: Library = await import(pathToFileURL(path.resolve(folder, "dist", "index.js")).href);
const command = [process.execPath, path.resolve(folder, "bin", "attune.cjs")];
const target = path.join(import.meta.dirname, version);
mkdirSync(target, { recursive: true });

for (const [name, scenario] of Object.entries(SCENARIOS)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const work = mkdtempSync(path.join(tmpdir(), "attune-golden-"));
  process.chdir(work);
  await scenario({ library, command });
  const files = [FILE, `${FILE}-wal`].filter((file) => existsSync(file));
  for (const file of files)
    writeFileSync(path.join(target, `${name}.${file}.gz`), gzipSync(readFileSync(file), { level: 9 }));
  for (const file of files) copyFileSync(file, `copy-${file}`);
  const told = await tellAll();
  writeFileSync(path.join(target, `${name}.json.gz`), gzipSync(JSON.stringify(told), { level: 9 }));
  console.log(`${name}: ${told.map((study) => `${study.name} (${study.trials.length})`).join(", ")}`);
  process.chdir("/");
  rmSync(work, { recursive: true });
}

async function tellAll(): Promise<readonly Told[]> {
  const copy = `copy-${FILE}`;
  const storage = await library.openStorage(copy);
  const studies = await storage.listStudies();
  await storage.close();
  const told: Told[] = [];
  for (const { name } of studies) told.push(await tellStudy(library, copy, name));
  return told;
}
