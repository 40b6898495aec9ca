/** Loaded before `attune` by tests of what promoting schedulers do to real runs. */
import { registerScheduler } from "../../src/index.ts";
import { HALVING, STOPPING_HALVING } from "../../src/scheduler/testing/halving.testing.ts";

registerScheduler(HALVING);
registerScheduler(STOPPING_HALVING);
