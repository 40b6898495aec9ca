import { AttuneError } from "../../errors.ts";
import type { Study } from "../../study/index.ts";
import { samplerCommand } from "../../study/remote-commands.ts";
import type { Caller } from "../caller.ts";

/**
 * Refuses to start the program that is a study's sampler for a caller that may not say what is run.
 *
 * @throws AttuneError `forbidden`.
 */
export function requireSamplerAllowed(
  { name, settings }: Pick<Study, "name" | "settings">,
  { commands }: Caller,
): void {
  if (commands || samplerCommand(settings.sampler) === null) return;
  const message = `The sampler of study ${name} is a program, which this server does not start for this caller; tune the study on its own machine.`;
  throw new AttuneError("forbidden", message);
}

/** Refuses what would change what is run. AttuneError `forbidden`. */
export function requireCommandsAllowed({ commands }: Caller, what: string): void {
  if (commands) return;
  const message = `${what} is a program to run, which only admins may set, of a server that was started to allow commands; set it on the study's own machine.`;
  throw new AttuneError("forbidden", message);
}
