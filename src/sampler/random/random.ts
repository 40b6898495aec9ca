import { OptionReader } from "../../component/option-reader.ts";
import type { JsonValue } from "../../space/json.ts";
import { sampleUniform } from "../../space/sample-uniform.ts";
import type { Sampler, Suggestion, SuggestRequest } from "../sampler.ts";

/**
 * Uniform on each parameter's own scale, parents first. Each parameter draws from a stream of its own, keyed by study seed,
 * trial number and parameter name: trial k gets the same values whatever happened before it.
 */
export function createRandom(options: Readonly<Record<string, JsonValue>>): Sampler {
  new OptionReader("sampler random", options).done();
  return { name: "random", needsView: false, suggest: (_view, request, count) => draw(request, count) };
}

function draw(request: SuggestRequest, count: number): readonly Suggestion[] {
  const made: Suggestion[] = [];
  for (let number = request.number; number < request.number + count; number++)
    made.push({ params: sampleUniform(request.space, request.streams(number)) });
  return made;
}
