import { registerSampler, registerScheduler } from "../../../src/index.ts";
import { HASH_VIEW } from "../../../src/sampler/testing/hash-view.testing.ts";
import { WARM_MODEL } from "../../../src/sampler/testing/warm-model.testing.ts";
import { HALVING } from "../../../src/scheduler/testing/halving.testing.ts";
import { PAUSE_AND_PROMOTE } from "../../../src/scheduler/testing/pause-and-promote.testing.ts";

let registered = false;

/** Adds the samplers and the schedulers that prove the contracts to this process; more than once does no harm. */
export function registerTestMembers(): void {
  if (registered) return;
  registered = true;
  registerSampler(HASH_VIEW);
  registerSampler(WARM_MODEL);
  registerScheduler(PAUSE_AND_PROMOTE);
  registerScheduler(HALVING);
}
