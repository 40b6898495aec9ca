import type { Caller } from "../caller.ts";
import { SESSION_PREFIX } from "./secret-word.ts";
import type { Sessions } from "./sessions.ts";
import type { TokenFile } from "./token-file.ts";

export interface CallersSetup {
  readonly sessions: Sessions;
  /** Null where no tokens are kept. */
  readonly tokens: TokenFile | null;
  /** Whether admins may say what is run. */
  readonly allowCommands: boolean;
}

/** Who asks, by the secret that comes with a request. */
export class Callers {
  readonly #setup: CallersSetup;

  constructor(setup: CallersSetup) {
    this.#setup = setup;
  }

  /** Null for nobody that is known. A session is that of whoever started the server. */
  find(secret: string): Caller | null {
    const { sessions, tokens, allowCommands } = this.#setup;
    const isSession = secret.startsWith(SESSION_PREFIX);
    const role = isSession ? (sessions.has(secret) ? "admin" : null) : (tokens?.find(secret)?.role ?? null);
    return role === null ? null : { role, commands: allowCommands && role === "admin", own: false };
  }
}
