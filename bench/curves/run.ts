/**
 * Replays schedulers and peers' pruners over the table of learning curves: `node bench/curves/run.ts [options]`.
 *
 *   --orders 20      random orders of the configurations, each a run
 *   --tasks wine,digits
 *   --only curve,MedianPruner
 *   --python FILE    a Python with Optuna; without one the peers are left out
 *   --out FILE       a line a run; those that are there are not run again (bench/results/curves.jsonl)
 */
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { plainly } from "../support/plainly.ts";
import { wholeNumber } from "../support/whole-number.ts";
import { readCurves } from "./curve-table.ts";
import { METHODS, type Method, methodName } from "./methods.ts";
import { orderOf, replay } from "./replay.ts";
import type { ReplayRecord } from "./replay-record.ts";

const PYTHON = join(import.meta.dirname, "../.venv/bin/python");

await plainly(() => {
  const { values } = parseArgs({
    options: {
      orders: { type: "string", default: "20" },
      tasks: { type: "string" },
      only: { type: "string" },
      python: { type: "string", default: PYTHON },
      out: { type: "string", default: join(import.meta.dirname, "../results/curves.jsonl") },
    },
  });
  const orders = wholeNumber("orders", values.orders, 1);
  const tables = [...readCurves()].filter(([name]) => values.tasks?.split(",").includes(name) ?? true);
  const wanted = METHODS.filter(({ name }) => values.only?.split(",").includes(name) ?? true);
  const methods = existsSync(values.python) ? wanted : wanted.filter(({ by }) => by === "attune");
  if (methods.length < wanted.length)
    process.stderr.write(`The peers are left out: there is no ${values.python} (bench/setup-peers.sh makes it).\n`);
  mkdirSync(dirname(values.out), { recursive: true });
  const known = existsSync(values.out) ? readFileSync(values.out, "utf8").trim().split("\n") : [];
  const done = new Set(known.filter((line) => line !== "").map((line) => keyOf(JSON.parse(line) as ReplayRecord)));
  for (const [task, curves] of tables) {
    for (const method of methods) {
      const seeds = Array.from({ length: orders }, (_none, k) => k + 1).filter(
        (order) => !done.has(keyOf({ task, method: methodName(method), order })),
      );
      if (seeds.length === 0) continue;
      process.stderr.write(`${task} ${methodName(method)}\n`);
      for (const record of recordsOf(task, curves, method, seeds, values.python))
        appendFileSync(values.out, `${JSON.stringify(record)}\n`);
    }
  }
});

function keyOf({ task, method, order }: Pick<ReplayRecord, "task" | "method" | "order">): string {
  return `${task}\n${method}\n${order}`;
}

function* recordsOf(
  task: string,
  curves: readonly (readonly number[])[],
  method: Method,
  seeds: readonly number[],
  python: string,
): Generator<ReplayRecord> {
  const orders = seeds.map((seed) => orderOf(curves.length, seed));
  const steps = curves[0]!.length;
  const best = bestShare(curves);
  const peer = method.by === "optuna" ? askOptuna(curves, orders, method, python) : null;
  for (const [place, order] of orders.entries()) {
    const own = peer === null ? replay(curves, order, method) : null;
    const ran = own?.ran ?? peer![place]!;
    const complete = own?.complete ?? ran.map((epochs) => epochs === steps);
    const cost = ran.reduce((sum, epochs) => sum + epochs, 0) / (steps * order.length);
    const lost = order.filter((configuration, trial) => best.has(configuration) && complete[trial] !== true);
    const stated = own?.stated.map(({ probability, came, configuration }) => [
      Number(probability.toPrecision(3)),
      Number(came),
      configuration,
    ]) as ReplayRecord["stated"];
    const record = { task, method: methodName(method), order: seeds[place]!, cost, lost, best: [...best] };
    yield own !== null && own.stated.length > 0 ? { ...record, stated } : record;
  }
}

/** The twentieth of the configurations that ends best. */
function bestShare(curves: readonly (readonly number[])[]): ReadonlySet<number> {
  const end = (configuration: number) => {
    const value = curves[configuration]!.at(-1)!;
    return Number.isFinite(value) ? value : Number.POSITIVE_INFINITY;
  };
  const sorted = curves.map((_curve, configuration) => configuration).sort((a, b) => end(a) - end(b));
  return new Set(sorted.slice(0, Math.ceil(curves.length / 20)));
}

function askOptuna(
  curves: readonly (readonly number[])[],
  orders: readonly (readonly number[])[],
  { name, options }: Method,
  python: string,
): readonly (readonly number[])[] {
  const input = JSON.stringify({ curves, orders, name, options });
  const script = join(import.meta.dirname, "optuna_replay.py");
  const { status, stdout, stderr } = spawnSync(python, [script], { input, encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${name} of Optuna failed: ${stderr}`);
  return (JSON.parse(stdout) as { readonly ran: number[][] }).ran;
}
