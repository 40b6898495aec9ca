import type { Command } from "commander";
import { AttuneError } from "../../../errors.ts";
import type { CliContext } from "../../context.ts";
import { readCount } from "../../settings/given-setting.ts";
import { collect, storageOption } from "../../settings/table.ts";
import { requireStorage, storageLocation } from "../../study/storage-location.ts";
import { keepYoungHeapSmall } from "./keep-young-heap-small.ts";

/** The options of `attune serve` as they are given. */
interface ServeOptions {
  readonly storage?: string;
  readonly stdio?: boolean;
  readonly host: string;
  readonly port: string;
  readonly basePath?: string;
  readonly allowHost?: readonly string[];
  readonly allowCommands?: boolean;
  readonly tokens?: string;
  readonly open?: boolean;
  readonly quiet?: boolean;
}

type Locations = readonly [string, ...string[]];

const DEFAULT_HOST = "127.0.0.1";
const DEFAULT_PORT = "8778";
const HIGHEST_PORT = 65_535;

const HELP = `
Serves the studies of a storage to other programs, over HTTP or standard input and output, by one protocol
(docs/reference/protocol.md). Who asks over HTTP shows a token (attune token). No command is run or changed unless
--allow-commands is given, and then for admins alone. Ctrl-C ends it.

Examples:
  attune serve
  attune serve --storage lab.db --port 9000
  attune serve lab.db old/lab.db     # several side by side: /storages/lab/v1, /storages/lab-2/v1
  attune serve --stdio
  ssh -N -L 8778:127.0.0.1:8778 me@host      # then http://127.0.0.1:8778 leads there`;

/** `attune serve`: the studies of a storage for other programs. */
export function configure(command: Command, context: CliContext): void {
  command
    .argument("[storages...]", "files of storages that are served side by side, instead of --storage")
    .addOption(storageOption())
    .option("--stdio", "speak on standard input and output, a message a line, for the program that starts it")
    .option("--host <address>", "the address to listen on; any but the loopback needs a token", DEFAULT_HOST)
    .option("--port <number>", "the port; 0 takes a free one", DEFAULT_PORT)
    .option("--base-path <path>", "what stands before every path, behind a proxy (/user/me/proxy/8778)")
    .option("--allow-host <name>", "a name besides localhost by which it may be spoken to (repeatable)", collect)
    .option("--allow-commands", "let admins say what is run")
    .option("--tokens <file>", "where tokens are kept (default: beside the storage)")
    .option("--open", "open its page in the browser")
    .option("--quiet", "print only errors")
    .addHelpText("after", HELP)
    .action(async (words: readonly string[], options: ServeOptions) => {
      const locations = storagesOf(words, options.storage, context);
      if (options.stdio) await stdio(locations, options, context);
      else await http(locations, options, context);
    });
}

/** The storages that words name, or the one that is meant without words. */
function storagesOf(words: readonly string[], storage: string | undefined, { environment }: CliContext): Locations {
  const [first, ...others] = words;
  if (first === undefined) return [storageLocation(storage, environment)];
  if (storage !== undefined)
    throw new AttuneError("invalid-argument", `--storage ${storage} is one more storage; write all of them as words.`);
  for (const word of words) requireStorage(word);
  return [first, ...others];
}

async function stdio([location, ...others]: Locations, options: ServeOptions, context: CliContext): Promise<void> {
  if (others.length > 0)
    throw new AttuneError("invalid-argument", "--stdio serves one storage; leave the others out, or --stdio.");
  const given = [
    options.host !== DEFAULT_HOST && "--host",
    options.port !== DEFAULT_PORT && "--port",
    options.basePath !== undefined && "--base-path",
    options.allowHost !== undefined && "--allow-host",
    options.tokens !== undefined && "--tokens",
    options.allowCommands === true && "--allow-commands",
    options.open === true && "--open",
  ].find((name) => name !== false);
  if (given !== undefined)
    throw new AttuneError("invalid-argument", `${given} is for HTTP; leave it out with --stdio.`);
  const { serveStdio } = await import("./serve-stdio.ts");
  await serveStdio(location, context);
}

async function http(locations: Locations, options: ServeOptions, context: CliContext): Promise<void> {
  const port = readCount({ value: options.port, label: "--port", position: null }, 0);
  if (port > HIGHEST_PORT)
    throw new AttuneError("invalid-argument", `--port is ${port}; give a number from 0 to ${HIGHEST_PORT}.`);
  const { serveHttp } = await import("./serve-http.ts");
  keepYoungHeapSmall();
  await serveHttp(locations, { ...options, port, basePath: readBasePath(options.basePath) }, context);
}

/** "" or a path without a slash at its end. */
function readBasePath(given: string | undefined): string {
  const path = (given ?? "").replace(/\/+$/, "");
  if (path === "" || /^(?:\/[\w.~@%+-]+)+$/.test(path)) return path;
  throw new AttuneError("invalid-argument", `--base-path is "${given}"; give a path such as /user/me/proxy/8778.`);
}
