import { hostname } from "node:os";
import type { CliContext } from "../../context.ts";
import { storageWords } from "../../study/storage-location.ts";
import { openPage } from "./open-page.ts";
import { type HttpServer, type HttpSetup, isLoopback, signalled, startHttp } from "./start-http.ts";

/** How the studies are to be served over HTTP, and what is said. */
interface HttpOptions extends HttpSetup {
  readonly open?: boolean;
  readonly quiet?: boolean;
}

/** Serves storages over HTTP until a signal ends it. */
export async function serveHttp(
  locations: readonly [string, ...string[]],
  options: HttpOptions,
  { output }: CliContext,
): Promise<void> {
  const server = await startHttp(locations, options, output);
  try {
    if (!options.quiet) for (const line of beginning(server, locations, options.host)) output.err(line);
    const closePage = options.open
      ? openPage(server.link(), (why) => output.err(`attune: the page was not opened: ${why}.`))
      : () => undefined;
    const silent = options.quiet === true || options.open === true || !process.stderr.isTTY;
    const untold = silent ? () => undefined : tellLinks(() => server.link(), "once, within a minute", output);
    await signalled();
    untold();
    closePage();
  } finally {
    await server.close();
  }
}

function beginning(
  { address, port, tokens }: HttpServer,
  locations: readonly [string, ...string[]],
  host: string,
): readonly string[] {
  const lines = [`serving ${locations.join(", ")} at ${address} (Ctrl-C ends it)`];
  if (tokens === 0) lines.push(`nobody has a token yet: attune token create NAME${storageWords(locations[0])}`);
  if (isLoopback(host)) lines.push(fromElsewhere(port));
  return lines;
}

/** How a browser of another machine comes here. */
export function fromElsewhere(port: number): string {
  return `from another machine: ssh -N -L ${port}:127.0.0.1:${port} ${process.env.USER ?? "USER"}@${hostname()}`;
}

/** Says an address for the browser, and another one whenever Enter is pressed, with how often and how long it is good. Answers what ends that. */
export function tellLinks(link: () => string, good: string, { err }: CliContext["output"]): () => void {
  const tell = (): void => err(`in a browser: ${link()}   (${good}; Enter makes another)`, "with-secrets");
  tell();
  if (!process.stdin.isTTY) return () => undefined;
  process.stdin.on("data", tell);
  return () => process.stdin.off("data", tell).destroy();
}
