/**
 * Writes a log with events of every kind, and what it means, once for each form that events get: `node tests/golden/record-log.ts`.
 * One that is written stays: logs of studies are like it.
 */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { GOLDEN_LOG, meaningOf, randomLog } from "../../src/trial/golden-log.testing.ts";

if (existsSync(GOLDEN_LOG)) throw new Error(`${GOLDEN_LOG.pathname} is there, and stays as it is; name another one first.`);
mkdirSync(new URL(".", GOLDEN_LOG), { recursive: true });
const log = randomLog();
const lines = log.map((event) => JSON.stringify(event)).join(",\n");
writeFileSync(GOLDEN_LOG, `{"log": [\n${lines}\n],\n"meaning": ${JSON.stringify(meaningOf(log))}}\n`);
