import { setTimeout as sleep } from "node:timers/promises";
import { seededDraw } from "./support/draw.ts";
import { checkInvariants, type Found } from "./support/invariants.ts";
import { descendantsOf, isAlive, untilEmpty } from "./support/processes.ts";
import { Scene, type Started } from "./support/scene.ts";

export interface KillCampaign {
  readonly kills: number;
  readonly seed: number;
  /** Trials of each study; a study that is done makes room for the next until there were enough kills. */
  readonly trials: number;
  readonly workers: number;
  /** The longest delay of a kill, in ms: after the start of the command, or after it has printed up to ten lines. */
  readonly latest: number;
}

export interface KillResult extends Found {
  readonly kills: number;
  readonly studies: number;
}

/** Kills the tuning command at random moments, each time followed by the same command, until studies are done; checks each. */
export async function killAtRandom(campaign: KillCampaign, tell: (line: string) => void): Promise<KillResult> {
  const draw = seededDraw(campaign.seed);
  const total = { kills: 0, studies: 0, attempts: 0, lost: 0, given: 0 };
  while (total.kills < campaign.kills) {
    const scene = new Scene();
    try {
      const kills = await tuneUnderFire(scene, campaign, campaign.kills - total.kills, draw);
      const found = await checkInvariants(scene, { trials: campaign.trials, mayLose: true });
      total.kills += kills;
      total.studies += 1;
      total.attempts += found.attempts;
      total.lost += found.lost;
      total.given += found.given;
      tell(
        `study ${total.studies}: ${kills} kills, ${found.lost} attempts lost, whole (${total.kills}/${campaign.kills})`,
      );
    } finally {
      await scene.close();
    }
  }
  return total;
}

/** Runs one study to its end; answers how often it was killed on the way. */
async function tuneUnderFire(scene: Scene, campaign: KillCampaign, most: number, draw: () => number): Promise<number> {
  const children = new Set<number>();
  for (let kills = 0; ; kills += 1) {
    const tuner = scene.tune(campaign, 120);
    if (kills < most) await killSometime(tuner, campaign.latest, draw, children);
    const { code, signal, output } = await tuner.ended;
    if (signal === "SIGKILL") continue;
    if (code !== 0) throw new Error(`After ${kills} kills the command ended with ${code ?? signal}:\n${output}`);
    const left = await untilEmpty(() => [...children].filter(isAlive), 10);
    if (left.length > 0) throw new Error(`Children of killed tuners live on: ${left.join(", ")}`);
    return kills;
  }
}

/** Every third kill comes at any time from the start, the others while trials run; what has ended by then is left alone. */
async function killSometime(tuner: Started, latest: number, draw: () => number, children: Set<number>): Promise<void> {
  if (draw() > 1 / 3) await tuner.printed(1 + Math.floor(draw() * 10));
  if (await endsWithin(tuner.ended, draw() * latest)) return;
  for (const child of descendantsOf(tuner.pid)) children.add(child);
  tuner.child.kill("SIGKILL");
}

async function endsWithin(ended: Promise<unknown>, ms: number): Promise<boolean> {
  const cancel = new AbortController();
  const timer = sleep(ms, false, { signal: cancel.signal }).catch(() => false);
  const first = await Promise.race([ended.then(() => true), timer]);
  cancel.abort();
  return first;
}
