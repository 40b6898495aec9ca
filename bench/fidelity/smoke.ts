import { choice, defineSpace, float, int } from "../../src/space/index.ts";
import type { Params } from "../../src/space/json.ts";
import { type FidelitySuite, type FidelityTask, requireFidelity } from "./fidelity-task.ts";

const SEARCHED = { lr: float(1e-4, 1, { log: true }), decay: float(0, 1), kind: choice(["a", "b"]) } as const;
const EPOCHS = requireFidelity(defineSpace({ ...SEARCHED, epoch: int(1, 27, { log: true, fidelity: true }) }));
const SHARES = requireFidelity(defineSpace({ ...SEARCHED, share: float(0.03, 1, { log: true, fidelity: true }) }));

/** Falls off from the best configuration; what is run in part ranks the other way where `kind` is b. */
function value({ lr, decay, kind }: Params, done: number): number {
  const off = (Math.log10(Number(lr)) + 2) ** 2 + 3 * (Number(decay) - 0.3) ** 2 + (kind === "a" ? 0 : 0.2);
  return -off - (kind === "a" ? 1 : -1) * 0.2 * (1 - done);
}

/** Two tasks in closed form, one that resumes and one that begins anew: what tells in a moment that the bench works. */
export function smokeSuite(): FidelitySuite {
  const [scenario, best, median] = ["smoke", 0, -2.1] as const;
  const epochs: FidelityTask = {
    ...{ scenario, instance: "epochs", best, median },
    open: async () => ({ space: EPOCHS, resumes: true, evaluate: (params, epoch) => value(params, epoch / 27) }),
  };
  const shares: FidelityTask = {
    ...{ scenario, instance: "shares", best, median },
    open: async () => ({ space: SHARES, resumes: false, evaluate: value }),
  };
  return { name: "smoke", description: "two functions in closed form", tasks: () => [epochs, shares] };
}
