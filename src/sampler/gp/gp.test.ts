import { createSampler } from "../registry.ts";
import { samplerContract } from "../sampler.contract.ts";

/** Little effort: the rules do not depend on how much it is. */
const SHORT = { operations: 2e6 };

samplerContract("gp", { make: (space) => createSampler({ name: "gp", options: SHORT }, space) });
