import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { openStudy, type ReplayReport } from "../../src/index.ts";
import { seededDraw } from "./support/draw.ts";
import { checkInvariants } from "./support/invariants.ts";
import { Scene, type Started } from "./support/scene.ts";

const DRIVER = path.join(import.meta.dirname, "support", "driver.ts");
/** Eight workers in three processes. */
const WORKERS = [3, 3, 2] as const;

export interface ReplayCampaign {
  readonly sampler: string;
  readonly scheduler: string;
  readonly trials: number;
  readonly kills: number;
  readonly seed: number;
}

/**
 * Makes a study with eight workers in three processes, which are killed and started again in between; everything recomputed
 * must be equal, bit for bit, and once a parameter of the log is tampered with, exactly that one must be named.
 */
export async function replayAfterKills(campaign: ReplayCampaign): Promise<{ kills: number; lost: number }> {
  const scene = new Scene();
  try {
    const kills = await tuneAndKill(scene, campaign);
    const { lost } = await checkInvariants(scene, {
      trials: campaign.trials,
      mayLose: true,
      mayPause: campaign.scheduler !== "none",
      witness: false,
    });
    const tampered = tamper(scene.storage, campaign.trials >> 1);
    const found = await replay(scene);
    const named = found.differences.map(({ trial, parameter }) => `${trial}.${parameter}`);
    // A changed parameter is also a changed history: what was suggested after it may differ too.
    if (named[0] !== tampered)
      throw new Error(`${tampered} was tampered with, replay named ${named.join(", ") || "nothing"}`);
    return { kills, lost };
  } finally {
    await scene.close();
  }
}

async function tuneAndKill(scene: Scene, campaign: ReplayCampaign): Promise<number> {
  const draw = seededDraw(campaign.seed);
  const { trials, sampler, scheduler } = campaign;
  const start = (workers: number): Started =>
    scene.start([DRIVER, scene.storage, scene.study, String(trials), String(workers), sampler, scheduler]);
  const running = WORKERS.map(start);
  let kills = 0;
  for (; kills < campaign.kills; kills += 1) {
    const lines = 1 + Math.floor(draw() * 12);
    // Whoever gets there first: one that starts late may find hardly a trial left.
    const place = await Promise.race(running.map(({ printed }, k) => printed(lines).then(() => k)));
    await sleep(draw() * 40);
    running[place]!.child.kill("SIGKILL");
    const { code, signal, output } = await running[place]!.ended;
    if (code === 0) break;
    if (signal !== "SIGKILL") throw new Error(`A process ended with ${code ?? signal}:\n${output}`);
    running[place] = start(WORKERS[place]!);
  }
  for (const { ended } of running) {
    const { code, signal, output } = await ended;
    if (code !== 0) throw new Error(`A process ended with ${code ?? signal} after ${kills} kills:\n${output}`);
  }
  return kills;
}

/** Changes x of the trial in the log by the least a number can change; answers its name. */
function tamper(file: string, trial: number): string {
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    for (const row of database.prepare("SELECT study, revision, body FROM event ORDER BY revision").all()) {
      const event = JSON.parse(String(row.body));
      const body = event.type === "proposed" ? event : event.event;
      if (body?.type !== "proposed" || body.trial !== trial) continue;
      body.params.x += Number.EPSILON;
      const update = database.prepare("UPDATE event SET body = ? WHERE study = ? AND revision = ?");
      update.run(JSON.stringify(event), row.study!, row.revision!);
      return `${trial}.x`;
    }
  } finally {
    database.close();
  }
  throw new Error(`Trial ${trial} was not found in the log.`);
}

async function replay(scene: Scene): Promise<ReplayReport> {
  const study = await openStudy({ name: scene.study, storage: scene.storage });
  try {
    return await study.replay();
  } finally {
    await study.close();
  }
}
