import type { JsonValue } from "../../src/space/json.ts";

/** A sampler with options, as a method is named: `nsga2`, `nsga2:mutationIndex=5:initial=30`. */
export function readMethod(method: string): {
  readonly sampler: string;
  readonly options: Readonly<Record<string, JsonValue>>;
} {
  const [sampler = "", ...parts] = method.split(":");
  const options = parts.map((part) => {
    const [name = "", value = ""] = part.split("=");
    return [name, JSON.parse(value)] as const;
  });
  return { sampler, options: Object.fromEntries(options) };
}
