import { resolve } from "node:path";
import { AttuneError } from "../../../errors.ts";
import { tokensFile } from "../../../record/study-files.ts";
import { Callers } from "../../../server/auth/callers.ts";
import { Sessions } from "../../../server/auth/sessions.ts";
import { TokenFile } from "../../../server/auth/token-file.ts";
import { type Listening, listen } from "../../../server/http/listen.ts";
import { ServedStorages } from "../../../server/http/served-storages.ts";
import { ServerMetrics } from "../../../server/http/server-metrics.ts";
import type { Output } from "../../output.ts";
import { storageWords } from "../../study/storage-location.ts";
import { attuneVersion } from "../../version.ts";

/** How the studies are to be served over HTTP. */
export interface HttpSetup {
  readonly host: string;
  readonly port: number;
  /** Takes a free port where that one is in use. */
  readonly otherPort?: boolean;
  readonly basePath: string;
  readonly allowHost?: readonly string[];
  readonly allowCommands?: boolean;
  readonly tokens?: string;
}

/** A server that runs. */
export interface HttpServer {
  readonly address: string;
  readonly port: number;
  /** How many tokens are known to it. */
  readonly tokens: number;
  /** Streams of events that are open. */
  readonly streams: number;
  /** An address for a browser that is good once, for so many ms (a minute unless told); `view` is what is shown first: `/studies/digits`. */
  link(view?: string, lasts?: number): string;
  close(): Promise<void>;
}

/** Serves storages over HTTP until it is closed: the first one as it would be alone, each under its name. Tokens are those of the first. */
export async function startHttp(
  locations: readonly [string, ...string[]],
  setup: HttpSetup,
  output: Output,
): Promise<HttpServer> {
  const path = setup.tokens ?? tokensFile(locations[0]);
  const tokens = path === null ? null : new TokenFile(resolve(path));
  const known = tokens?.list().length ?? 0;
  if (known === 0 && !isLoopback(setup.host)) throw noToken(setup.host, locations[0]);
  output.survive();
  const served = await ServedStorages.open(locations);
  const over = new AbortController();
  const end = async (): Promise<void> => await served.close();
  try {
    const sessions = new Sessions();
    const { host, basePath, allowCommands = false, allowHost = [] } = setup;
    const hosts = [...allowHost, ...(isAny(host) ? [] : [bracketed(host)])];
    const failed = (error: unknown): void => output.err(`attune: internal error: ${stackOf(error)}`);
    const callers = new Callers({ sessions, tokens, allowCommands });
    const metrics = new ServerMetrics();
    const parts = { callers, sessions, version: attuneVersion(), basePath, hosts, metrics };
    const server = await listenAt(setup, served.answers({ ...parts, over: over.signal, failed }));
    const origin = (name: string): string => `http://${bracketed(name)}:${server.port}${basePath}`;
    return {
      address: origin(host),
      port: server.port,
      tokens: known,
      get streams() {
        return metrics.streams;
      },
      link: (view, lasts) => {
        const shown = view === undefined ? "" : `&view=${encodeURIComponent(view)}`;
        return `${origin(isAny(host) ? "127.0.0.1" : host)}/#code=${sessions.newCode(lasts)}${shown}`;
      },
      close: async () => {
        over.abort();
        await server.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
}

async function listenAt(
  { host, port, otherPort = false }: HttpSetup,
  answer: Parameters<typeof listen>[0]["answer"],
): Promise<Listening> {
  try {
    return await listen({ answer, host, port });
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { readonly code?: string };
    if (!otherPort || code !== "EADDRINUSE") throw error;
    return await listen({ answer, host, port: 0 });
  }
}

/** Resolves at the first signal that asks to end. */
export async function signalled(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host);
}

/** Every address of the machine, of which the names must be allowed one by one. */
function isAny(host: string): boolean {
  return host === "0.0.0.0" || host === "::" || host === "";
}

function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

function noToken(host: string, location: string): AttuneError {
  const make = `attune token create NAME${storageWords(location)}`;
  return new AttuneError(
    "invalid-argument",
    `--host ${host} lets other machines in, and there is no token that they would need; make one (${make}), or leave --host out.`,
  );
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
