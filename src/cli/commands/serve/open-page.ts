import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const KEPT_MS = 60_000;
const PRIVATE = 0o600;

/**
 * Has the user's browser show an address that holds a secret. The words of a process are for all of the machine to read, so the browser is
 * given a file (mode 0600) that leads there. Answers what removes the file, which is done after a minute anyway.
 */
export function openPage(address: string, failed: (why: string) => void): () => void {
  const folder = mkdtempSync(join(tmpdir(), "attune-page-"));
  const file = join(folder, "open.html");
  const remove = (): void => {
    clearTimeout(timer);
    rmSync(folder, { recursive: true, force: true });
  };
  const timer = setTimeout(remove, KEPT_MS);
  timer.unref();
  writeFileSync(file, page(address), { mode: PRIVATE, flag: "wx" });
  const [program, ...words] = openerOf(pathToFileURL(file).href);
  const child = spawn(program!, words, { stdio: "ignore", detached: true });
  child.on("error", (error) => failed(`${program} could not be started (${error.message})`));
  child.on("exit", (code) => {
    if (code !== 0 && code !== null) failed(`${program} ended with code ${code}`);
  });
  child.unref();
  return remove;
}

function page(address: string): string {
  const safe = address.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
  return `<!doctype html><meta charset="utf-8"><meta name="referrer" content="no-referrer"><meta http-equiv="refresh" content="0; url=${safe}"><title>Attune</title>\n`;
}

function openerOf(url: string): readonly string[] {
  if (process.platform === "darwin") return ["open", url];
  if (process.platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler", url];
  return ["xdg-open", url];
}
