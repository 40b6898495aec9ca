import { OptionReader } from "../../component/option-reader.ts";
import { AttuneError } from "../../errors.ts";
import type { JsonValue } from "../../space/json.ts";
import type { Sampler } from "../sampler.ts";

/** How a sampler that is a program of its own is started, and how long an answer of it is waited for. */
export interface SamplerProgram {
  /** The program and its arguments, run without a shell. */
  readonly command: readonly [string, ...string[]];
  /** Seconds for one answer. */
  readonly timeout: number;
}

const TIMEOUT = { default: 600, low: 0.001, high: 604_800 };

/** Reads the options of the sampler `program`. AttuneError `invalid-argument` for what is none. */
export function readSamplerProgram(options: Readonly<Record<string, JsonValue>>): SamplerProgram {
  const reader = new OptionReader("sampler program", options);
  const program = reader.texts("command", "the program and its arguments: [python, sampler.py]");
  const timeout = reader.number("timeout", TIMEOUT);
  reader.done();
  const [first, ...rest] = program ?? [];
  if (first !== undefined && first.trim() !== "") return { command: [first, ...rest], timeout };
  throw new AttuneError(
    "invalid-argument",
    "The sampler program needs the option command: the program and its arguments, as {name: program, command: [python, sampler.py]}.",
  );
}

/**
 * A program of the user's that suggests. It is asked outside of the rooms that know no processes (`study/program-sampler.ts`), so
 * that this object only says what it is: nothing that it suggested can be computed again.
 */
export function createProgram(options: Readonly<Record<string, JsonValue>>): Sampler {
  readSamplerProgram(options);
  return {
    name: "program",
    needsView: true,
    declaredOnly: true,
    opaque: true,
    suggest: () => {
      throw new AttuneError("internal", "A sampler that is a program is asked by the study that starts it.");
    },
  };
}
