/**
 * Compares what the pure rooms compute on this Node with what they compute on others, bit for bit:
 * node scripts/engine-bits.ts [path of another node]...
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { engineBits } from "../tests/browser/engine-bits.ts";

const others = process.argv.slice(2);
const own = await engineBits();
if (others.length === 0) process.stdout.write(`${JSON.stringify({ node: process.version, ...own }, null, 1)}\n`);

for (const other of others) {
  const output = execFileSync(other, [fileURLToPath(import.meta.url)], { encoding: "utf8" });
  const { node, ...bits } = JSON.parse(output) as Record<string, string>;
  const different = Object.keys(own).filter((topic) => own[topic] !== bits[topic]);
  const equal = `${Object.keys(own).length - different.length} of ${Object.keys(own).length} digests equal`;
  process.stdout.write(`${process.version} and ${node}: ${equal}\n`);
  for (const topic of different) process.stdout.write(`  different: ${topic}\n`);
  if (different.length > 0) process.exitCode = 1;
}
