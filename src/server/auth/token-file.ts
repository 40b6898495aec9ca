import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { AttuneError } from "../../errors.ts";
import { ROLES, type Role } from "../operations/operation.ts";
import { hashOf, newSecret } from "./secret-word.ts";

/** What is kept of a token: never itself. */
export interface KeptToken {
  readonly name: string;
  readonly role: Role;
  readonly hash: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

const PRIVATE = 0o600;
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}_. @-]{0,99}$/u;
const MOST_TOKENS = 1_000;
/** How long it is believed that the file is as it was. */
const LOOK_MS = 50;
/** Seen of a file that could not be read. */
const DAMAGED = "damaged";

/** The tokens by which others may use a server, in a file of their own (mode 0600), read anew whenever it changes. */
export class TokenFile {
  readonly path: string;
  #seen = "";
  #freshUntil = 0;
  #tokens: readonly KeptToken[] = [];
  #byHash: ReadonlyMap<string, KeptToken> = new Map();

  constructor(path: string) {
    this.path = path;
  }

  /** Oldest first. AttuneError `invalid-file` for a file that is none of these. */
  list(): readonly KeptToken[] {
    this.#refresh();
    return this.#tokens;
  }

  /** Who the token of that hash names; null for one that is none, or was revoked. */
  find(hash: string): KeptToken | null {
    this.#refresh();
    return this.#byHash.get(hash) ?? null;
  }

  /** Makes a token, and answers it: it is told this once. AttuneError `invalid-argument`. */
  create(name: string, role: Role, now: Date): string {
    if (!NAME.test(name)) {
      const allowed = "1 to 100 letters, digits, blanks or _ . @ -, beginning with a letter or digit";
      throw new AttuneError("invalid-argument", `"${name}" cannot name a token; allowed are ${allowed}.`);
    }
    const tokens = this.list();
    if (tokens.some((token) => token.name === name))
      throw new AttuneError("invalid-argument", `There is a token ${name} already; revoke it, or choose another name.`);
    if (tokens.length >= MOST_TOKENS)
      throw new AttuneError(
        "invalid-argument",
        `There are ${MOST_TOKENS} tokens already; revoke some that nobody uses.`,
      );
    const token = newSecret("token");
    this.#write([...tokens, { name, role, hash: hashOf(token), createdAt: now.toISOString() }]);
    return token;
  }

  /** Takes a token back: it is refused from now on, by servers that run too. AttuneError `invalid-argument` where there is none. */
  revoke(name: string): void {
    const tokens = this.list();
    const left = tokens.filter((token) => token.name !== name);
    if (left.length === tokens.length) {
      const names = tokens.map((token) => token.name).join(", ");
      const there = names === "" ? "there is none" : `there are ${names}`;
      throw new AttuneError("invalid-argument", `There is no token ${name}; ${there}.`);
    }
    this.#write(left);
  }

  /** Where the file cannot be read, nobody is known until it can. */
  #refresh(): void {
    const now = performance.now();
    if (now < this.#freshUntil) return;
    const found = statSync(this.path, { throwIfNoEntry: false, bigint: true });
    const seen = found === undefined ? "" : `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`;
    if (seen !== this.#seen) {
      this.#seen = DAMAGED;
      this.#byHash = new Map();
      this.#tokens = found === undefined ? [] : readTokens(this.path);
      this.#byHash = new Map(this.#tokens.map((token) => [token.hash, token]));
      this.#seen = seen;
    }
    this.#freshUntil = now + LOOK_MS;
  }

  /** The file is the old one or the new one, whatever happens. */
  #write(tokens: readonly KeptToken[]): void {
    const half = `${this.path}.${process.pid}.part`;
    try {
      const file = openSync(half, "wx", PRIVATE);
      try {
        writeSync(file, `${JSON.stringify({ version: 1, tokens }, null, 1)}\n`);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(half, this.path);
      this.#freshUntil = 0;
    } catch (cause) {
      rmSync(half, { force: true });
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new AttuneError("invalid-argument", `The tokens cannot be kept in ${this.path}: ${why}.`, { cause });
    }
  }
}

function readTokens(path: string): readonly KeptToken[] {
  let kept: unknown;
  try {
    kept = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw damaged(path, cause);
  }
  const { version, tokens } = (kept ?? {}) as { readonly version?: unknown; readonly tokens?: unknown };
  if (version !== 1 || !Array.isArray(tokens) || !tokens.every(isToken)) throw damaged(path);
  return tokens;
}

function isToken(value: unknown): value is KeptToken {
  const { name, role, hash, createdAt } = (value ?? {}) as Partial<KeptToken>;
  return [name, hash, createdAt].every((part) => typeof part === "string") && ROLES.some((known) => known === role);
}

function damaged(path: string, cause?: unknown): AttuneError {
  const message = `${path} does not hold tokens as they are kept there; bring it back, or remove it and make new tokens.`;
  return new AttuneError("invalid-file", message, { cause });
}
