import { AttuneError } from "../../errors.ts";
import type { ProposedTrial } from "../../trial/command.ts";

/** A page starts no programs. */
export class OutsideSampler {
  suggest(): Promise<readonly ProposedTrial[]> {
    const message = "A page cannot start a program; choose another sampler than program.";
    return Promise.reject(new AttuneError("unsupported", message));
  }

  rest(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
