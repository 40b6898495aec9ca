import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { Leg } from "../leg.ts";
import type { Fault } from "./fault.ts";

const PLACES = ["reports", "stop", "log", "checkpoint", "metrics", "events"] as const;
const KINDS = ["pipe", "folder", "device", "circle", "endless", "unreadable"] as const;
const OTHERS = ["hang", "stubborn", "child", "daemon", "flood", "fail", "kill-parent"] as const;

/** Tells the next program that begins to do so, and waits until one has taken it up. */
async function order(leg: Leg, words: string): Promise<boolean> {
  const { stage } = leg;
  stage.order(words);
  while (leg.living().length > 0) {
    if (readdirSync(stage.orders).length === 0) return true;
    await sleep(10);
  }
  return stage.takeBack() === 0;
}

/** A program that puts something else in the place of one of its files. */
export const SWAPS: readonly Fault[] = PLACES.flatMap((place) =>
  KINDS.map(
    (what): Fault => ({
      kind: `swap ${place} ${what}`,
      inject: async (leg) => await order(leg, `swap ${place} ${what}`),
    }),
  ),
);

/** Programs that misbehave in other ways. */
export const MISBEHAVIOURS: readonly Fault[] = OTHERS.map((what) => ({
  kind: `program ${what}`,
  inject: async (leg) => await order(leg, what),
}));
