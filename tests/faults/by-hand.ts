import path from "node:path";
import { checkInvariants } from "./support/invariants.ts";
import { type Ended, Scene } from "./support/scene.ts";

const MAIN = path.join(import.meta.dirname, "..", "..", "src", "cli", "main.ts");

/** Points that commands given by hand pass, with the command. */
export const POINTS_BY_HAND = {
  "claim.event-inserted": "ask",
  "claim.done": "ask",
  "finish.decided": "tell",
  "finish.event-inserted": "tell",
  "finish.done": "tell",
  "write.committed": "tell",
  "enqueue.event-inserted": "enqueue",
  "delete.event-inserted": "delete",
  "delete.marked": "delete",
} as const;

type Point = keyof typeof POINTS_BY_HAND;

/** Lets a command given by hand die at a point, then gives it again; the study must be as if it had been given once. */
export async function crashByHand(point: Point): Promise<void> {
  const scene = new Scene();
  try {
    await endWell(scene.tune({ trials: 2, workers: 1 }).ended);
    const command = POINTS_BY_HAND[point];
    if (command === "ask") await crashAsk(scene, point);
    else if (command === "tell") await crashTell(scene, point);
    else if (command === "enqueue") await crashEnqueue(scene, point);
    else await crashDelete(scene, point);
  } catch (error) {
    throw new Error(`Crash at ${point}, by hand.`, { cause: error });
  } finally {
    await scene.close();
  }
}

async function crashAsk(scene: Scene, point: Point): Promise<void> {
  await crash(scene, point, ["ask", "--json"]);
  const asked = await ask(scene);
  if (asked.number !== 2) throw new Error(`The ask after the crash got trial ${asked.number}, not 2.`);
  await endWell(attune(scene, ["tell", "2", String(asked.params.x), "--token", asked.token]));
  await checkInvariants(scene, { trials: 3, mayLose: false, witness: false });
}

async function crashTell(scene: Scene, point: Point): Promise<void> {
  const asked = await ask(scene);
  const tell = ["tell", "2", String(asked.params.x), "--token", asked.token];
  await crash(scene, point, tell);
  await endWell(attune(scene, tell));
  await checkInvariants(scene, { trials: 3, mayLose: false, witness: false });
}

async function crashEnqueue(scene: Scene, point: Point): Promise<void> {
  const enqueue = ["enqueue", "x=0.5", "ms=7"];
  await crash(scene, point, enqueue);
  await endWell(attune(scene, enqueue));
  await endWell(scene.tune({ trials: 3, workers: 1 }).ended);
  await checkInvariants(scene, { trials: 3, mayLose: false, suggested: 2 });
}

async function crashDelete(scene: Scene, point: Point): Promise<void> {
  await crash(scene, point, ["delete", "--yes"]);
  await endWell(attune(scene, ["delete", "--yes"]));
  await endWell(scene.tune({ trials: 4, workers: 1 }).ended);
  await checkInvariants(scene, { trials: 4, mayLose: false });
}

async function ask(scene: Scene): Promise<{ number: number; token: string; params: { x: number } }> {
  return JSON.parse((await endWell(attune(scene, ["ask", "--json"]))).stdout);
}

async function crash(scene: Scene, point: Point, words: readonly string[]): Promise<void> {
  const { code, signal, output } = await attune(scene, words, { ATTUNE_FAULT: `${point}:1` });
  if (signal !== "SIGKILL") throw new Error(`attune ${words[0]} passed by and ended with ${code}:\n${output}`);
}

async function attune(
  scene: Scene,
  words: readonly string[],
  environment: Record<string, string> = {},
): Promise<Ended> {
  const place = ["--study", scene.study, "--storage", scene.storage];
  return await scene.start([MAIN, ...words, ...place], { environment }).ended;
}

async function endWell(ending: Promise<Ended>): Promise<Ended> {
  const ended = await ending;
  if (ended.code === 0) return ended;
  throw new Error(`The command ended with ${ended.code ?? ended.signal}:\n${ended.output}`);
}
