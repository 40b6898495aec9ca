import { hostname } from "node:os";
import { resolve } from "node:path";
import { AttuneError } from "../../../errors.ts";
import { tokensFile } from "../../../record/study-files.ts";
import { Callers } from "../../../server/auth/callers.ts";
import { Sessions } from "../../../server/auth/sessions.ts";
import { TokenFile } from "../../../server/auth/token-file.ts";
import { createApp } from "../../../server/http/app.ts";
import { listen } from "../../../server/http/listen.ts";
import { StudyService } from "../../../server/study-service.ts";
import { openStorage } from "../../../storage/registry.ts";
import type { CliContext } from "../../context.ts";
import { storageWords } from "../../study/storage-location.ts";
import { attuneVersion } from "../../version.ts";
import { openPage } from "./open-page.ts";

/** How the studies are to be served over HTTP. */
interface HttpOptions {
  readonly host: string;
  readonly port: number;
  readonly basePath: string;
  readonly allowHost?: readonly string[];
  readonly allowCommands?: boolean;
  readonly tokens?: string;
  readonly open?: boolean;
  readonly quiet?: boolean;
}

/** Serves a storage over HTTP until a signal ends it. */
export async function serveHttp(location: string, options: HttpOptions, { output }: CliContext): Promise<void> {
  const path = options.tokens ?? tokensFile(location);
  const tokens = path === null ? null : new TokenFile(resolve(path));
  const known = tokens?.list().length ?? 0;
  if (known === 0 && !isLoopback(options.host)) throw noToken(options.host, location);
  output.survive();
  const storage = await openStorage(location);
  const service = new StudyService(storage);
  const over = new AbortController();
  try {
    const sessions = new Sessions();
    const { basePath, allowCommands = false, allowHost = [] } = options;
    const hosts = [...allowHost, ...(isAny(options.host) ? [] : [bracketed(options.host)])];
    const failed = (error: unknown): void => output.err(`attune: internal error: ${stackOf(error)}`);
    const callers = new Callers({ sessions, tokens, allowCommands });
    const parts = { service, storage, callers, sessions, version: attuneVersion(), basePath, hosts };
    const app = createApp({ ...parts, over: over.signal, failed });
    const server = await listen({ fetch: app.fetch, host: options.host, port: options.port });
    const address = `http://${bracketed(options.host)}:${server.port}${basePath}`;
    if (!options.quiet)
      for (const line of beginning(address, location, { ...options, port: server.port }, known)) output.err(line);
    const link = (): string =>
      `http://${bracketed(isAny(options.host) ? "127.0.0.1" : options.host)}:${server.port}${basePath}/#code=${sessions.newCode()}`;
    const closePage = options.open
      ? openPage(link(), (why) => output.err(`attune: the page was not opened: ${why}.`))
      : () => undefined;
    const silent = options.quiet === true || options.open === true || !process.stderr.isTTY;
    const untold = silent ? () => undefined : tellLinks(link, output);
    await stopped();
    untold();
    closePage();
    over.abort();
    await server.close();
  } finally {
    await service.close();
    await storage.close();
  }
}

function beginning(address: string, location: string, { host, port }: HttpOptions, tokens: number): readonly string[] {
  const lines = [`serving ${location} at ${address} (Ctrl-C ends it)`];
  if (tokens === 0) lines.push(`nobody has a token yet: attune token create NAME${storageWords(location)}`);
  if (isLoopback(host))
    lines.push(`from another machine: ssh -N -L ${port}:127.0.0.1:${port} ${process.env.USER ?? "USER"}@${hostname()}`);
  return lines;
}

/** Says an address for the browser, and another one whenever Enter is pressed: each is good once, for a minute. Answers what ends that. */
function tellLinks(link: () => string, { err }: CliContext["output"]): () => void {
  const tell = (): void =>
    err(`in a browser: ${link()}   (once, within a minute; Enter makes another)`, "with-secrets");
  tell();
  if (!process.stdin.isTTY) return () => undefined;
  process.stdin.on("data", tell);
  return () => process.stdin.off("data", tell).destroy();
}

/** Resolves at the first signal that asks to end. */
async function stopped(): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
}

function isLoopback(host: string): boolean {
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
