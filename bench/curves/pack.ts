/**
 * Makes the table of learning curves from what `train.py` wrote: `node bench/curves/pack.ts FOLDER`. Values keep four significant digits, null is one that is not finite.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { plainly } from "../support/plainly.ts";
import { CURVE_TASKS, TABLE } from "./curve-table.ts";

interface Line {
  readonly configuration: unknown;
  readonly curve: readonly (readonly (number | null)[])[];
}

await plainly(async () => {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error("Give the folder that train.py wrote to: node bench/curves/pack.ts FOLDER");
  const trained = Object.entries(CURVE_TASKS).filter(([, { file }]) => existsSync(join(folder, `${file}.jsonl`)));
  const packed = trained.map(([name, { file, column }]) => {
    const lines = readFileSync(join(folder, `${file}.jsonl`), "utf8")
      .trim()
      .split("\n");
    const curves = lines.map((line) => (JSON.parse(line) as Line).curve.map((row) => short(row[column] ?? null)));
    return [name, curves] as const;
  });
  const text = JSON.stringify(Object.fromEntries(packed));
  const body = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } });
  writeFileSync(TABLE, body);
  process.stdout.write(`${packed.length} tasks, ${body.length} bytes: ${TABLE}\n`);
});

function short(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(4));
}
