import { FAULT_POINTS_OF_A_RUN } from "../fault-points.ts";
import { attemptKey } from "../journal.ts";
import type { Leg } from "../leg.ts";
import type { Tuner } from "../tuner.ts";
import type { Fault } from "./fault.ts";

/** Now and then the user runs the same command again at once, while others still work. */
function again(leg: Leg): void {
  if (leg.draw() < 0.5) leg.tune();
}

async function target(leg: Leg): Promise<Tuner | undefined> {
  if (leg.draw() < 0.7 && !(await leg.busy())) return undefined;
  await leg.moment(150);
  return leg.one(leg.living());
}

function died(leg: Leg, tuner: Tuner): void {
  tuner.killedAt.push(leg.now());
}

export const KILLS: readonly Fault[] = [
  {
    kind: "kill tuner",
    inject: async (leg) => {
      const tuner = await target(leg);
      if (tuner === undefined || !leg.kill(tuner.pid)) return false;
      died(leg, tuner);
      await tuner.started.ended;
      again(leg);
      return true;
    },
  },
  {
    kind: "kill tuner at a point",
    inject: async (leg) => {
      const point = leg.one(FAULT_POINTS_OF_A_RUN)!;
      const tuner = leg.tune({ environment: { ATTUNE_FAULT: `${point}:${1 + leg.pick(3)}` } });
      const ended = await tuner.started.ended;
      if (ended.signal !== "SIGKILL") return false;
      died(leg, tuner);
      again(leg);
      return true;
    },
  },
  ...(["launcher", "guardian"] as const).map(
    (who): Fault => ({
      kind: `kill ${who}`,
      inject: async (leg) => {
        const tuner = await target(leg);
        const pid = tuner?.helpers()[who] ?? null;
        if (tuner === undefined || pid === null || !leg.kill(pid)) return false;
        if (who === "launcher") tuner.launcherKilledAt.push(leg.now());
        return true;
      },
    }),
  ),
  {
    kind: "kill program",
    inject: async (leg) => {
      if (!(await leg.busy())) return false;
      const entry = leg.one(leg.programs());
      if (entry === undefined) return false;
      leg.deeds.hit.add(attemptKey(entry));
      return leg.kill(entry.pid);
    },
  },
  {
    kind: "kill tuner, launcher and guardian together",
    inject: (leg) => killTuner(leg, [], ["launcher", "guardian"]),
  },
  ...(["launcher", "guardian"] as const).map(
    (who): Fault => ({
      kind: `kill tuner while its ${who} stands still`,
      inject: (leg) => killTuner(leg, [who], []),
    }),
  ),
  {
    kind: "kill tuner while both stand still",
    inject: (leg) => killTuner(leg, ["launcher", "guardian"], []),
  },
  {
    kind: "kill tuner and guardian while its launcher stands still",
    inject: (leg) => killTuner(leg, ["launcher"], ["guardian"]),
  },
  {
    kind: "kill tuner and launcher while its guardian stands still",
    inject: (leg) => killTuner(leg, ["guardian"], ["launcher"]),
  },
];

type Helper = "launcher" | "guardian";

/** Kills a tuner, with some of those that stand by it, while others of them stand still. */
async function killTuner(leg: Leg, still: readonly Helper[], killed: readonly Helper[]): Promise<boolean> {
  const tuner = await target(leg);
  if (tuner === undefined) return false;
  const helpers = tuner.helpers();
  const pidsOf = (names: readonly Helper[]): readonly number[] =>
    names.map((name) => helpers[name]).filter((pid) => pid !== null);
  if (still.some((name) => helpers[name] === null)) return false;
  for (const pid of pidsOf(still)) leg.kill(pid, "SIGSTOP");
  const pids = [tuner.pid, ...pidsOf(killed)];
  for (const signal of ["SIGSTOP", "SIGKILL"] as const) for (const pid of pids) leg.kill(pid, signal);
  died(leg, tuner);
  await tuner.started.ended;
  again(leg);
  return true;
}
