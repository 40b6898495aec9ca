import { AttuneError } from "../errors.ts";
import type { CommandResult, StudyCommand } from "../trial/command.ts";
import type { Decision } from "../trial/decide/decision.ts";
import { leasesAsked } from "../trial/decide/leases-asked.ts";
import { decide } from "../trial/decide.ts";
import type { StudyState } from "../trial/study-state.ts";
import { type Lease, leaseExpired } from "./lease.ts";

/** Leases by token, those of `leasesAsked` at least; null where none was ever renewed. */
export type Leases = ReadonlyMap<string, Lease | null>;

/**
 * Decides a command by what was read beforehand, with nothing left to wait for. Whatever goes wrong is an AttuneError about this one
 * command: `internal` for a bug met on the way.
 */
export function decideCommand<C extends StudyCommand>(
  state: StudyState,
  command: C,
  now: number,
  leases: Leases,
): Decision<CommandResult<C>> {
  const expired = (token: string): boolean => {
    const lease = leases.get(token);
    if (lease === undefined) throw new AttuneError("internal", `The lease of a "${command.type}" was not read before.`);
    return leaseExpired(state, token, lease, now);
  };
  try {
    return decide(state, command, { now, leaseExpired: expired });
  } catch (error) {
    if (error instanceof AttuneError) throw error;
    throw new AttuneError("internal", `The command "${command.type}" could not be decided.`, { cause: error });
  }
}

const NO_LEASES: Leases = new Map();

/** The leases that deciding the command takes, each read by `read`. */
export function readLeases(state: StudyState, command: StudyCommand, read: (token: string) => Lease | null): Leases {
  const tokens = leasesAsked(state, command);
  return tokens.length === 0 ? NO_LEASES : new Map(tokens.map((token) => [token, read(token)]));
}
