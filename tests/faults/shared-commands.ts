import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { SqliteStorage } from "../../src/storage/sqlite/sqlite-storage.ts";
import { seededDraw } from "./support/draw.ts";

export interface SharedCampaign {
  readonly commands: number;
  readonly processes: number;
  /** How often processes are killed in all, at most. */
  readonly kills: number;
  readonly seed: number;
}

export interface SharedResult {
  readonly kills: number;
  readonly poisons: number;
  /** Sentences about what went wrong. */
  readonly problems: readonly string[];
}

/** Between which statements a process may die, and up to which passage. */
const POINTS: readonly (readonly [point: string, passages: number])[] = [
  ["write.begun", 3],
  ["enqueue.decided", 20],
  ["enqueue.event-inserted", 20],
  ["enqueue.done", 20],
  ["write.before-commit", 3],
  ["write.committed", 3],
  ["close.closed", 1],
];

const COMMANDER = path.join(import.meta.dirname, "support", "commander.ts");

interface Heard {
  readonly kept: Set<number>;
  readonly problems: string[];
  kills: number;
  poisons: number;
}

/**
 * Several processes keep their commands in one study, each among some that cannot be kept; processes are killed between two statements and
 * started again. No command that was answered may be missing, none may be there twice, and none be refused for another's fault.
 */
export async function commandsUnderFire(campaign: SharedCampaign): Promise<SharedResult> {
  const folder = await mkdtemp(path.join(tmpdir(), "attune-shared-"));
  const heard: Heard = { kept: new Set(), problems: [], kills: 0, poisons: 0 };
  try {
    const file = path.join(folder, "study.db");
    const each = Math.ceil(campaign.commands / campaign.processes);
    await Promise.all(
      Array.from({ length: campaign.processes }, (_none, k) => workThrough(file, campaign, k * each, each, heard)),
    );
    await checkFile(file, each * campaign.processes, heard);
    return heard;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Starts a process for its commands again until it comes to its end. */
async function workThrough(file: string, campaign: SharedCampaign, first: number, count: number, heard: Heard) {
  const draw = seededDraw(campaign.seed * 1_000 + first);
  for (let turn = 0; ; turn++) {
    const [point, passages] = POINTS[Math.floor(draw() * POINTS.length)]!;
    const mayDie = heard.kills < campaign.kills && turn < campaign.kills;
    const env = { ...process.env, ATTUNE_FAULT: mayDie ? `${point}:${1 + Math.floor(draw() * passages)}` : "" };
    const seed = Math.floor(draw() * 1e9);
    const words = [`--file=${file}`, "--name=shared", `--first=${first}`, `--count=${count}`, `--seed=${seed}`];
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", COMMANDER, ...words], {
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "exit");
    for await (const line of createInterface(child.stdout)) take(line, heard);
    const [code, signal] = await ended;
    if (signal === "SIGKILL") heard.kills++;
    else if (code === 0) return;
    else {
      heard.problems.push(`a process ended with ${code ?? signal}`);
      return;
    }
  }
}

function take(line: string, heard: Heard): void {
  const [word, key, code] = line.split(" ");
  if (word === "kept") heard.kept.add(Number(key));
  else if (word === "refused") heard.problems.push(`command ${key} was refused: ${code}`);
  else if (word === "poison" && key === "kept") heard.problems.push("a command that cannot be kept was answered");
  else if (word === "poison" && key?.startsWith("foreign")) heard.problems.push(`an error of no kind: ${line}`);
  else if (word === "poison") heard.poisons++;
}

async function checkFile(file: string, count: number, heard: Heard): Promise<void> {
  const storage = await SqliteStorage.open(file);
  const found = await storage.findStudy("shared");
  const events = found === null ? [] : await storage.read(found.id, 0);
  const times = new Map<number, number>();
  for (const { event } of events) {
    if (event.type !== "proposed") continue;
    const key = Number(event.params.x);
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  for (let key = 0; key < count; key++)
    if (times.get(key) !== 1) heard.problems.push(`command ${key} is there ${times.get(key) ?? 0} times`);
  for (const key of heard.kept) if (!times.has(key)) heard.problems.push(`command ${key} was answered and is lost`);
  if (events.length !== count + 1) heard.problems.push(`${events.length} events are there, not ${count + 1}`);
  heard.problems.push(...(await storage.check()).problems);
  await storage.close();
}
