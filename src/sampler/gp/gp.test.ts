import { createSampler } from "../registry.ts";
import { samplerContract } from "../sampler.contract.ts";

/** A short search: the rules do not depend on how long it is. */
const SHORT = { random: 40, mutations: 20, climbs: 1 };

samplerContract("gp", { make: (space) => createSampler({ name: "gp", options: SHORT }, space) });
