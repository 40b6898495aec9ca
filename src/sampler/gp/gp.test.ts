import { createSampler } from "../registry.ts";
import { samplerContract } from "../sampler.contract.ts";

samplerContract("gp", { make: (space) => createSampler({ name: "gp", options: {} }, space) });
