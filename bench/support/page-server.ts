import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";

const ROOT = path.join(import.meta.dirname, "..", "..");

/** Starts `attune ui` on a storage, and says the address that shows a study of it. */
export async function startPageServer(
  file: string,
  study: string,
): Promise<{ readonly server: ChildProcess; readonly address: string }> {
  const words = [path.join(ROOT, "bin", "attune.cjs"), "ui", "--no-open", "--port", "0", "--storage", file];
  const server = spawn(process.execPath, words);
  const link = await said(server, /http:\S+#code=\S+/);
  return { server, address: `${link}&view=${encodeURIComponent(`/studies/${study}`)}` };
}

/** Chromium as the tests have it. */
export async function startBrowser(): Promise<Browser> {
  return await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--js-flags=--expose-gc"],
  });
}

/** Resolves with what a program says, once it says that. */
export async function said(child: ChildProcess, wanted: RegExp): Promise<string> {
  return await new Promise((resolve, reject) => {
    let text = "";
    const hear = (chunk: Buffer): void => {
      text += String(chunk);
      const found = wanted.exec(text);
      if (found !== null) resolve(found[0]);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.on("exit", (code) => reject(new Error(`ended with ${code}: ${text}`)));
  });
}

/** Resident memory of a process in MB, at its highest. */
export function highestMemory({ pid }: ChildProcess): number {
  return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))![1]) / 1_024;
}
