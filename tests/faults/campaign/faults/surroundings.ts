import { closeSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Leg } from "../leg.ts";
import type { Tuner } from "../tuner.ts";
import type { Fault } from "./fault.ts";

const CLOCK = path.join(import.meta.dirname, "..", "other-clock.mjs");
/** What is said by a run that ends for want of room. */
const NO_ROOM = /no new trial begins|no room|disk|descriptors/i;
const CHUNK = Buffer.alloc(1 << 20);
const NO_DISK = "only root can make a disk of its own";

/** Takes all that there is, until the system says that there is no more. */
function takeAll(takeMore: (k: number) => void): void {
  try {
    for (let k = 0; ; k++) takeMore(k);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
  }
}

/** These tuners have no room: they may end with code 3, and their programs may fail. */
function cramp(leg: Leg, tuners: readonly Tuner[], at: number): void {
  for (const tuner of tuners) {
    leg.deeds.cramped.add(tuner.place);
    tuner.mayEndWith.set(3, NO_ROOM);
    tuner.askedAt.push(at);
  }
}

function running(tuners: readonly Tuner[]): readonly Tuner[] {
  return tuners.filter(({ ended }) => ended === null);
}

/** Takes the disk's room or its inodes for a while. */
async function whileFull(leg: Leg, fill: (folder: string) => void): Promise<boolean> {
  if (!(await leg.busy())) return false;
  const folder = path.join(leg.stage.disk, "filler");
  mkdirSync(folder);
  const { tuners } = leg.stage;
  const [at, first] = [leg.now(), tuners.length];
  cramp(leg, running(tuners), at);
  fill(folder);
  await sleep(300 + leg.draw() * 2_500);
  rmSync(folder, { recursive: true });
  cramp(leg, tuners.slice(first), at);
  leg.watch.lifted();
  return true;
}

function fillBytes(folder: string): void {
  const file = openSync(path.join(folder, "bytes"), "w");
  // The last bytes too.
  for (const size of [CHUNK.length, 4096, 1]) takeAll(() => writeSync(file, CHUNK, 0, size));
  closeSync(file);
}

/** Hours, days or seconds, forward or back. */
const STEPS = [3_600, 86_400, 10, -3_600, -86_400, -10];

export const SURROUNDINGS: readonly Fault[] = [
  {
    kind: "full disk",
    lacks: ({ stage }) => (stage.ownDisk ? null : NO_DISK),
    inject: async (leg) => await leg.alone(() => whileFull(leg, fillBytes)),
  },
  {
    kind: "no free inodes",
    lacks: ({ stage }) => (stage.ownDisk ? null : NO_DISK),
    inject: async (leg) =>
      await leg.alone(() =>
        whileFull(leg, (folder) => takeAll((k) => writeFileSync(path.join(folder, String(k)), ""))),
      ),
  },
  {
    kind: "removed working folder",
    inject: async (leg) => {
      const folder = path.join(leg.stage.scene.folder, `work-${leg.stage.tuners.length}`);
      mkdirSync(folder);
      const tuner = leg.tune({ cwd: folder });
      leg.deeds.cramped.add(tuner.place);
      tuner.mayEndWith.set(3, /working folder .*(?:removed or moved|does not exist)/);
      tuner.mayEndWith.set(2, /The working folder is gone/);
      if (leg.draw() < 0.8) await tuner.started.printed(1 + leg.pick(4));
      else await leg.moment(400);
      tuner.askedAt.push(leg.now());
      rmSync(folder, { recursive: true, maxRetries: 50, retryDelay: 5 });
      return true;
    },
  },
  {
    kind: "few descriptors",
    inject: async (leg) => {
      const limit = 22 + leg.pick(30);
      const tuner = leg.tune({ before: ["sh", "-c", `ulimit -n ${limit}; exec "$@"`, "sh"] });
      leg.deeds.cramped.add(tuner.place);
      tuner.askedAt.push(leg.now());
      tuner.mayEndWith.set(3, /The system has no room for more/);
      await tuner.started.printed(1);
      return true;
    },
  },
  {
    kind: "clock set",
    inject: async (leg) => {
      const file = path.join(leg.stage.scene.folder, `clock-${leg.stage.tuners.length}`);
      writeFileSync(file, "0");
      const tuner = leg.tune({ environment: { NODE_OPTIONS: `--import=${CLOCK}`, FAULTS_CLOCK: file } });
      await tuner.started.printed(1 + leg.pick(3));
      for (let k = 1 + leg.pick(3); k > 0; k--) {
        writeFileSync(file, String(leg.one(STEPS)! * 1000));
        await leg.moment(300);
      }
      return true;
    },
  },
];
