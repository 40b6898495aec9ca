export {
  createSampler,
  registerSampler,
  type SamplerEntry,
  type SamplerName,
  samplerNames,
} from "./registry.ts";
export type { Sampler, Suggestion, SuggestRequest } from "./sampler.ts";
export type { SamplerContext } from "./sampler-context.ts";
