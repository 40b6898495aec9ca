import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "./fault.ts";

const CODES = { SIGINT: 130, SIGTERM: 143 } as const;
/** Ms between two signals of a person: what comes sooner is the echo of the same one. */
const APART = 300;

export const SIGNALS: readonly Fault[] = (["SIGINT", "SIGTERM"] as const).map((signal) => ({
  kind: signal === "SIGINT" ? "Ctrl-C" : "SIGTERM",
  inject: async (leg) => {
    if (leg.draw() < 0.8 && !(await leg.busy())) return false;
    const tuner = leg.one(leg.living());
    if (tuner === undefined) return false;
    tuner.mayEndWith.set(CODES[signal], /(Ctrl-C|SIGTERM): no new trials/);
    tuner.sent.add(signal);
    tuner.askedAt.push(leg.now());
    const times = 1 + leg.pick(4);
    for (let k = 0; k < times && leg.kill(tuner.pid, signal); k++) {
      tuner.signals += 1;
      await sleep(leg.draw() < 0.2 ? 5 : APART);
    }
    return true;
  },
}));
