import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { descendantsOf } from "../../support/processes.ts";
import { attemptKey } from "../journal.ts";
import type { Fault } from "./fault.ts";

const HOLDER = path.join(
  import.meta.dirname,
  "..",
  "..",
  "..",
  "..",
  "src",
  "storage",
  "sqlite",
  "lock-holder.testing.ts",
);
/** Ms of a stop: most are short, some longer than what counts as a standstill. */
const SHORT = 1_500;
const LONG = 8_000;
/** Looks for a moment at which a tuner holds the lock. */
const MOST_LOOKS = 400;

function duration(draw: () => number): number {
  return draw() < 0.75 ? 200 + draw() * SHORT : SHORT + draw() * (LONG - SHORT);
}

export const STOPS: readonly Fault[] = [
  {
    kind: "stop tuner",
    inject: async (leg) => {
      if (!(await leg.busy())) return false;
      const tuner = leg.one(leg.living());
      if (tuner === undefined) return false;
      await leg.stop(tuner, [tuner.pid], duration(leg.draw));
      return true;
    },
  },
  ...(["launcher", "guardian"] as const).map(
    (who): Fault => ({
      kind: `stop ${who}`,
      inject: async (leg) => {
        if (!(await leg.busy())) return false;
        const tuner = leg.one(leg.living());
        const pid = tuner?.helpers()[who] ?? null;
        if (tuner === undefined || pid === null) return false;
        await leg.stop(tuner, [pid], duration(leg.draw));
        return true;
      },
    }),
  ),
  {
    kind: "stop the whole group",
    inject: async (leg) => {
      if (!(await leg.busy())) return false;
      const tuner = leg.one(leg.living());
      if (tuner === undefined) return false;
      await leg.stop(tuner, [tuner.pid, ...descendantsOf(tuner.pid)], duration(leg.draw));
      return true;
    },
  },
  {
    kind: "stop program",
    inject: async (leg) => {
      if (!(await leg.busy())) return false;
      const entry = leg.one(leg.programs());
      if (entry === undefined) return false;
      leg.deeds.hit.add(attemptKey(entry));
      if (!leg.kill(entry.pid, "SIGSTOP")) return false;
      await sleep(duration(leg.draw));
      leg.kill(entry.pid, "SIGCONT");
      return true;
    },
  },
  {
    kind: "hold the lock",
    inject: async (leg) => {
      if (!(await leg.busy())) return false;
      const holder = spawn(process.execPath, [HOLDER, leg.stage.storage], { stdio: ["pipe", "pipe", "ignore"] });
      const ended = once(holder, "exit");
      // Busy: others were quicker.
      await Promise.race([once(holder.stdout, "data"), ended]);
      holder.kill("SIGSTOP");
      await sleep(duration(leg.draw));
      holder.kill("SIGCONT");
      holder.stdin.end();
      await ended;
      leg.watch.lifted();
      return true;
    },
  },
  {
    kind: "stop tuner in a commit",
    lacks: () => (existsSync("/proc/locks") ? null : "nothing tells who holds a lock"),
    inject: async (leg) => {
      for (let k = 0; k < MOST_LOOKS && (await leg.busy()); k++) {
        const tuner = leg.one(leg.living());
        if (tuner === undefined) return false;
        leg.kill(tuner.pid, "SIGSTOP");
        if (writes(tuner.pid, leg.stage.storage)) {
          await leg.stop(tuner, [tuner.pid], duration(leg.draw));
          return true;
        }
        leg.kill(tuner.pid, "SIGCONT");
        await leg.moment(4);
      }
      return false;
    },
  },
];

/** Whether a process has the write lock of a storage: byte 120 of its `-shm` file (sqlite.org/walformat.html, section 2.3.1). */
function writes(pid: number, storage: string): boolean {
  const inode = statSync(`${storage}-shm`, { throwIfNoEntry: false })?.ino;
  const line = new RegExp(` WRITE ${pid} [0-9a-f:]+:${inode} 120 `);
  return inode !== undefined && line.test(readFileSync("/proc/locks", "utf8"));
}
