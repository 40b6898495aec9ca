import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { checkInvariants, type Found } from "./support/invariants.ts";
import { childrenOf } from "./support/processes.ts";
import { type Ended, Scene, type Started } from "./support/scene.ts";

/** Opens a process namespace of its own, so that only the lease tells whether the tuner in it lives. */
const NAMESPACE = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--kill-child", "--mount-proc"];

export interface StopCampaign {
  /** How long one of the two tuners stands still. Leases last 60 s. */
  readonly seconds: number;
  /** True: the tuners cannot see each other's processes, as in two containers. */
  readonly namespaces: boolean;
  readonly trials: number;
}

/** Two tuners share a study; one is stopped in the middle of its trials and wakes up later. Nothing may be counted twice. */
export async function stopOne(campaign: StopCampaign): Promise<Found> {
  const scene = new Scene();
  try {
    const tune = { trials: campaign.trials, workers: 2, before: campaign.namespaces ? NAMESPACE : [] };
    const first = scene.tune(tune, 999);
    await untilBegun(scene, first, 2);
    const sleeper = campaign.namespaces ? childrenOf(first.pid)[0]! : first.pid;
    process.kill(sleeper, "SIGSTOP");
    const second = scene.tune({ trials: campaign.trials, workers: 2 }, 999);
    await sleep(campaign.seconds * 1000);
    process.kill(sleeper, "SIGCONT");
    for (const ended of await Promise.all([first.ended, second.ended])) mustEndWell(ended);
    return await checkInvariants(scene, { trials: campaign.trials, mayLose: false });
  } finally {
    await scene.close();
  }
}

async function untilBegun(scene: Scene, tuner: Started, trials: number): Promise<void> {
  let ended: Ended | null = null;
  void tuner.ended.then((end) => {
    ended = end;
  });
  while (!existsSync(scene.witness) || readFileSync(scene.witness, "utf8").split("begin").length <= trials) {
    if (ended !== null) throw new Error(`The tuner ended too early: ${JSON.stringify(ended)}`);
    await sleep(20);
  }
}

function mustEndWell(ended: Ended): void {
  if (ended.code !== 0) throw new Error(`A tuner ended with ${ended.code ?? ended.signal}:\n${ended.output}`);
}
