/** The same as rates.py by the TypeScript library: `node bench/python/rates.ts [trials]`. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createStudy, float } from "../../src/index.ts";

const trials = Number(process.argv[2] ?? 3000);
const folder = mkdtempSync(path.join(tmpdir(), "attune-rates-"));
for (const [name, storage] of [
  ["memory", ":memory:"],
  ["SQLite", path.join(folder, "attune.db")],
] as const) {
  const space = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`x${index}`, float(0, 1)]));
  const study = await createStudy({ name: "rates", minimize: "loss", space, storage, sampler: "random", seed: 1 });
  const run = async (count: number): Promise<void> => {
    for (let done = 0; done < count; done++) await study.tell(await study.ask(), 0.5);
  };
  await run(trials / 10);
  const begun = performance.now();
  await run(trials);
  console.log(`typescript, ${name}: ${((1000 * trials) / (performance.now() - begun)).toFixed(0)} ask + tell a second`);
  await study.close();
}
rmSync(folder, { recursive: true });
