import { parseArgs } from "node:util";
import { AttuneError } from "../../../src/errors.ts";
import { definition } from "../../../src/storage/contract/driver.testing.ts";
import { openStorage } from "../../../src/storage/registry.ts";
import type { StudyCommand } from "../../../src/trial/command.ts";
import { seededDraw } from "./draw.ts";

// Run as a process of its own: keeps a trial for each of its keys in a study that others write to as well, many at a time, among
// commands that cannot be kept. A line for each answer: `kept KEY`, `refused KEY CODE`, `poison CODE`; `over` at the end.
const { values } = parseArgs({
  options: {
    file: { type: "string", default: "" },
    name: { type: "string", default: "" },
    first: { type: "string", default: "0" },
    count: { type: "string", default: "0" },
    seed: { type: "string", default: "0" },
  },
});
const TOGETHER = 8;
const draw = seededDraw(Number(values.seed));
const storage = await openStorage(values.file);
const { id } = await storage.createStudy(definition(values.name));

function circle(): unknown {
  const list: unknown[] = [];
  list.push(list);
  return list;
}

/** Commands that must be refused, each for a reason of its own. */
const POISONS: readonly (() => unknown)[] = [
  () => ({ type: "import", trials: [{ ...finished(), params: { x: 1n } }] }),
  () => ({ type: "import", trials: [finished(), { ...finished(), attributes: { a: circle() } }] }),
  () => ({ type: "import", trials: null }),
  () => ({ type: "configure", settings: null, expectedVersion: 1 }),
  () => ({ type: "set-attribute", trial: 999_999, system: false, key: "k", text: "" }),
  () => ({ ...keep(-1), params: { toJSON: () => 1 } }),
  () => ({ type: "no-such-command" }),
];

function finished() {
  return { params: { x: 1 }, state: "complete", values: {}, reports: [], startedAt: 1, finishedAt: 2, attributes: {} };
}

function keep(key: number): StudyCommand {
  return { type: "enqueue", params: { x: key }, origin: "user", replicate: null };
}

const say = (line: string): boolean => process.stdout.write(`${line}\n`);
const codeOf = (error: unknown): string => (error instanceof AttuneError ? error.code : `foreign ${String(error)}`);

async function send(key: number): Promise<void> {
  try {
    await storage.execute(id, keep(key), 0);
    say(`kept ${key}`);
  } catch (error) {
    say(`refused ${key} ${codeOf(error)}`);
  }
}

async function poison(): Promise<void> {
  const command = POISONS[Math.floor(draw() * POISONS.length)]!();
  try {
    await storage.execute(id, command as StudyCommand, 0);
    say("poison kept");
  } catch (error) {
    say(`poison ${codeOf(error)}`);
  }
}

/** What a process before this one kept, answered or not. */
async function kept(): Promise<ReadonlySet<number>> {
  const keys = new Set<number>();
  for (const { event } of await storage.read(id, 0)) if (event.type === "proposed") keys.add(Number(event.params.x));
  return keys;
}

const known = await kept();
const first = Number(values.first);
const wanted = Array.from({ length: Number(values.count) }, (_none, k) => first + k).filter((key) => !known.has(key));
for (let at = 0; at < wanted.length; at += TOGETHER) {
  const sent = wanted.slice(at, at + TOGETHER).flatMap((key) => (draw() < 0.25 ? [poison(), send(key)] : [send(key)]));
  await Promise.all(sent);
}
await storage.close();
say("over");
