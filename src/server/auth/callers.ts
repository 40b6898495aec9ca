import type { Caller } from "../caller.ts";
import { hashOf, SESSION_PREFIX } from "./secret-word.ts";
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
  /** What each connection showed last, and its hash: most show the same with every request. */
  readonly #shown = new WeakMap<object, { readonly secret: string; readonly hash: string }>();

  constructor(setup: CallersSetup) {
    this.#setup = setup;
  }

  /** Null for nobody that is known. A session is that of whoever started the server. `connection`: what the secret came over. */
  find(secret: string, connection: object | null = null): Caller | null {
    const { sessions, tokens, allowCommands } = this.#setup;
    const hash = this.#hashOf(secret, connection);
    const isSession = secret.startsWith(SESSION_PREFIX);
    const role = isSession ? (sessions.has(hash) ? "admin" : null) : (tokens?.find(hash)?.role ?? null);
    return role === null ? null : { role, commands: allowCommands && role === "admin", own: false };
  }

  #hashOf(secret: string, connection: object | null): string {
    const shown = connection === null ? undefined : this.#shown.get(connection);
    if (shown?.secret === secret) return shown.hash;
    const hash = hashOf(secret);
    if (connection !== null) this.#shown.set(connection, { secret, hash });
    return hash;
  }
}
