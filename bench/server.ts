/**
 * Ask and tell of one study with `random`, by each way to a server, beside the bare carrier in memory and beside the library on SQLite, 16 at a time:
 * `node bench/server.ts [rounds] [pairs] [uncounted]`. A server runs for days, and its code is compiled in its first
 * seconds: so many pairs are done before any is counted, of the echo too. Processor times, client and server together, say on a busy machine what clocks do not.
 */
import path from "node:path";
import { report } from "./support/report.ts";
import { runOrThrow } from "./support/run-process.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";
import { median, medianInterval } from "./support/statistics.ts";

const ROUNDS = Number(process.argv[2] ?? 5);
const PAIRS = Number(process.argv[3] ?? 20_000);
const UNCOUNTED = Number(process.argv[4] ?? 20_000);
const WIDTH = 16;
const loader = path.join(import.meta.dirname, "cases", "server-load.ts");

const CASES = {
  "echo-http": "memory",
  http: "memory",
  "echo-lines": "memory",
  lines: "memory",
  "library on SQLite": "file",
  "http on SQLite": "file",
  "lines on SQLite": "file",
} as const;
type Case = keyof typeof CASES;
const names = Object.keys(CASES) as Case[];

await inScratchFolder(async (folder) => {
  const rates = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Case, number[]>;
  const processor = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Case, number[]>;
  for (let round = 0; round < ROUNDS; round += 1) {
    // Every other round runs backwards, so that a machine that slows down favours nobody.
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const storage = CASES[name] === "memory" ? ":memory:" : path.join(folder, `${name.split(" ")[0]}${round}.db`);
      const words = [
        process.execPath,
        loader,
        name.split(" ")[0]!,
        String(PAIRS),
        String(WIDTH),
        storage,
        String(UNCOUNTED),
      ];
      const told = JSON.parse((await runOrThrow(words)).stdout) as { rate: number; own: number; server: number };
      rates[name].push(told.rate);
      processor[name].push(told.own + told.server);
    }
    process.stdout.write(
      `round ${round + 1}/${ROUNDS}: ${names.map((name) => `${name} ${Math.round(rates[name].at(-1)!)}/s`).join(", ")}\n`,
    );
  }
  const time = (name: Case) => ({ name: `${name}, processor`, value: median(processor[name]), unit: "us a pair" });
  const rate = (name: Case, wanted?: { readonly least: number }) => ({
    ...{
      name,
      value: median(rates[name]),
      unit: "ask+tell/s",
      note: `${PAIRS} pairs after ${UNCOUNTED}, ${WIDTH} at a time`,
    },
    ...(wanted && { wanted }),
  });
  const ratio = (name: Case, beside: Case, least: number) => {
    const { middle, low, high } = medianInterval(rates[name].map((one, round) => one / rates[beside][round]!));
    return { name: `${name} beside ${beside}`, value: middle, low, high, unit: "x", wanted: { least } };
  };
  report("server", folder, [
    ...names.map((name) => rate(name, name === "lines" ? { least: 5_000 } : undefined)),
    ...names.map(time),
    ratio("http", "echo-http", 0.5),
    ratio("http on SQLite", "library on SQLite", 0.8),
    ratio("lines on SQLite", "library on SQLite", 0.8),
  ]);
});
