import type { IncomingHttpHeaders } from "node:http";
import { type Problem, problem } from "./problem.ts";

export interface GuardSetup {
  /** Names by which the server may be spoken to besides those of the loopback, without a port. */
  readonly hosts: readonly string[];
}

const LOOPBACK: readonly string[] = ["127.0.0.1", "localhost", "[::1]"];
const MINE: readonly unknown[] = [undefined, "same-origin", "none"];

/**
 * Refuses requests that pages of others make a browser send: for another name than the server's (a name of theirs that leads here), from
 * another origin, another port of this machine among them.
 */
export class Guard {
  readonly #hosts: ReadonlySet<string>;

  /** What was seen to be a name of this server last: as a rule all requests say the same. */
  #lastHost = "";

  constructor({ hosts }: GuardSetup) {
    this.#hosts = new Set([...LOOPBACK, ...hosts.map((host) => host.toLowerCase())]);
  }

  /** Null for a request that may be looked at. `navigable`: what is asked for may be gone to from a page of others, for it tells nothing. */
  refusal(headers: IncomingHttpHeaders, navigable = false): Problem | null {
    const { host = "", origin } = headers;
    if (host !== this.#lastHost) {
      if (!this.#hosts.has(nameOf(host)))
        return problem(
          403,
          "forbidden",
          `The request is for ${JSON.stringify(host.slice(0, 100))}, a name that this server does not have; allow the name when starting it.`,
        );
      this.#lastHost = host;
    }
    if (navigable && headers["sec-fetch-mode"] === "navigate" && origin === undefined) return null;
    if (MINE.includes(headers["sec-fetch-site"]) && (origin === undefined || isOf(origin, host))) return null;
    return problem(403, "forbidden", "The request comes from a page of another origin, which may not use this server.");
  }
}

/** Without the port. */
function nameOf(host: string): string {
  return host.toLowerCase().replace(/:\d*$/, "");
}

/** Whether a page of that origin is one of the host that the request is for, behind a proxy that speaks TLS too. */
function isOf(origin: string, host: string): boolean {
  const own = host.toLowerCase();
  return origin.toLowerCase() === `http://${own}` || origin.toLowerCase() === `https://${own}`;
}

/** What every answer says to browsers: nothing of it is run, framed, guessed, kept, or read by pages of others. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

/** The same of the page's own files, which load each other and speak with the server, and nothing else. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  ...SAFE_HEADERS,
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
};
