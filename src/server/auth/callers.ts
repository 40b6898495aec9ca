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

/** A secret that was shown. */
interface Secret {
  /** The header in which it stood. */
  readonly header: string;
  readonly hash: string;
  readonly isSession: boolean;
}

/** Longest secret that is looked at. */
const LONGEST_SECRET = 200;

/** Who asks, by the secret that comes with a request. */
export class Callers {
  readonly #setup: CallersSetup;
  /** What each connection showed last: most show the same with every request. */
  readonly #shown = new WeakMap<object, Secret>();

  constructor(setup: CallersSetup) {
    this.#setup = setup;
  }

  /**
   * By the header that shows a secret; null for nobody that is known. A session is that of whoever started the server. `connection`: what the
   * request came over.
   */
  shown(header: string | null, connection: object): Caller | null {
    if (header === null) return null;
    const secret = this.#secretIn(header, connection);
    if (secret === null) return null;
    const { sessions, tokens, allowCommands } = this.#setup;
    const { hash, isSession } = secret;
    const role = isSession ? (sessions.has(hash) ? "admin" : null) : (tokens?.find(hash)?.role ?? null);
    return role === null ? null : { role, commands: allowCommands && role === "admin", own: false };
  }

  #secretIn(header: string, connection: object): Secret | null {
    const known = this.#shown.get(connection);
    if (known?.header === header) return known;
    const [, secret = ""] = /^Bearer ([!-~]+)$/i.exec(header) ?? [];
    if (secret === "" || secret.length > LONGEST_SECRET) return null;
    const shown = { header, hash: hashOf(secret), isSession: secret.startsWith(SESSION_PREFIX) };
    this.#shown.set(connection, shown);
    return shown;
  }
}
