import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { AttuneError } from "../errors.ts";
import { PAGE_REQUEST, type PageRequest, type PageTold } from "./page-request.ts";

/** A page that is shown by a process of its own. */
export interface ShownPage extends PageTold {
  /** Ends it. Left alone it ends a minute after this process did, or after the last look at it. */
  close(): Promise<void>;
}

const DEFAULT_PORT = 8778;
const ENTRY = join("bin", "attune.cjs");

/**
 * Has a process of its own serve the page of a storage, which slows nothing here.
 *
 * @param entry - the script of the command line; the package's own unless told.
 * @throws AttuneError `invalid-argument` for a storage in memory, and where the page cannot be served.
 */
export async function showPage(
  asked: Pick<PageRequest, "location" | "study" | "open"> & { readonly port?: number },
  entry: string = ownEntry(),
): Promise<ShownPage> {
  if (asked.location === ":memory:") {
    const message = "A study in memory is seen by its own process alone; keep it in a file to show its page.";
    throw new AttuneError("invalid-argument", message);
  }
  const request: PageRequest = { port: DEFAULT_PORT, ...asked };
  const child = spawn(process.execPath, [entry, "ui"], {
    // A session of its own: Ctrl-C ends what asked for it, not what is being looked at.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, [PAGE_REQUEST]: JSON.stringify(request) },
  });
  const told = await firstLine(child);
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.unref();
  return { ...told, close: async () => await ended(child) };
}

async function firstLine(child: ChildProcess): Promise<PageTold> {
  return await new Promise((resolve, reject) => {
    let [out, err] = ["", ""];
    child.stdout?.on("data", (chunk) => {
      out += chunk;
      if (out.includes("\n")) resolve(JSON.parse(out) as PageTold);
    });
    child.stderr?.on("data", (chunk) => {
      err += chunk;
    });
    child.on("error", (cause) => reject(notShown(cause.message, cause)));
    child.on("close", () => reject(notShown(err.trim().replace(/^attune: /, ""))));
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.ref();
  child.kill("SIGTERM");
  await gone;
}

function notShown(why: string, cause?: Error): AttuneError {
  return new AttuneError("invalid-argument", `The page could not be served: ${why}`, { cause });
}

/** The command line of the package that this code is part of. */
function ownEntry(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const entry = join(folder, ENTRY);
    if (existsSync(entry)) return entry;
    if (dirname(folder) === folder) throw notShown(`the package has no ${ENTRY}; install it anew`);
  }
}
