export {
  createSampler,
  registerSampler,
  type SamplerContext,
  type SamplerEntry,
  type SamplerName,
  samplerNames,
} from "./registry.ts";
export type { Sampler, Suggestion, SuggestRequest } from "./sampler.ts";
