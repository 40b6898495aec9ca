import { chmodSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { delimiter, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { httpClient } from "../../src/server/http/http-client.testing.ts";
import { attune, folder, start } from "../e2e/attune.ts";
import { lacksChromium, startChromium } from "./chromium.ts";

const STUDY = {
  name: "a <img src=x onerror=alert(1)>",
  minimize: "loss",
  space: { x: "0.0..1.0" },
  sampler: "random",
  seed: 1,
};

/** A stand-in for the program that opens browsers: it writes down its words, and keeps a copy of the file. */
const OPENER = `#!/bin/sh
cp "\${1#file://}" opened.html
stat -c %a "\${1#file://}" > mode.txt
printf '%s' "$*" > words.txt
`;

async function opened() {
  const cwd = folder({ "xdg-open": OPENER });
  chmodSync(join(cwd, "xdg-open"), 0o755);
  const token = (await attune(cwd, ["token", "create", "me"])).out.trim();
  const server = start(cwd, ["serve", "--port", "0", "--open"], { PATH: `${cwd}${delimiter}${process.env.PATH}` });
  let said = "";
  server.child.stderr!.on("data", (chunk) => {
    said += chunk;
  });
  await server.wrote("Ctrl-C");
  const base = /http:\/\/127\.0\.0\.1:\d+/.exec(said)![0];
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const { host: _, ...headers } = init.headers as Record<string, string>;
    return await fetch(base + path, { ...init, headers });
  };
  const call = httpClient(send, token);
  await call("createStudy", STUDY);
  await there(join(cwd, "words.txt"));
  return { cwd, server, base, call, said: () => said };
}

/** Once a file has been written. */
async function there(file: string): Promise<void> {
  while (statSync(file, { throwIfNoEntry: false })?.size === undefined)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

describe.skipIf(lacksChromium || process.platform !== "linux")("the page of a server", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser?.close();
  });

  it("opens by a file that is its user's alone, shows studies as text, and no other port gets anything", async () => {
    const { cwd, server, base, call, said } = await opened();
    // No process was told the secret, nor was the terminal.
    const words = readFileSync(join(cwd, "words.txt"), "utf8");
    const page = readFileSync(join(cwd, "opened.html"), "utf8");
    const [, code = ""] = /#code=([\w-]+)/.exec(page) ?? [];
    expect(code).toMatch(/^attune-code-[\w-]{43}$/);
    expect(words).not.toContain(code);
    expect(said()).not.toContain("code=");
    expect(readFileSync(join(cwd, "mode.txt"), "utf8").trim()).toBe("600");
    const context = await browser.newContext();
    const tab = await context.newPage();
    const problems: string[] = [];
    tab.on("pageerror", (error) => problems.push(String(error)));
    tab.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    tab.on("dialog", (dialog) => problems.push(dialog.message()));
    await tab.goto(`file://${join(cwd, "opened.html")}`);
    await tab.waitForSelector("tbody tr");
    expect(await tab.textContent("tbody th")).toBe(STUDY.name);
    expect(new URL(tab.url()).hash).toBe("#/");
    expect(await context.cookies()).toEqual([]);
    expect(problems).toEqual([]);
    // The code was good once.
    const other = await browser.newContext();
    const late = await other.newPage();
    await late.goto(`${base}/#code=${code}`);
    await late.waitForSelector("input#token");
    await other.close();
    await expectForeignPortGetsNothing(tab.context(), base);
    expect(await call("studies", {})).toMatchObject({ studies: [{ name: STUDY.name }] });
    await context.close();
    server.child.kill("SIGTERM");
    await server.ended;
  });
});

/** A page of another port, in the same browser that is in a session. */
async function expectForeignPortGetsNothing(
  context: Awaited<ReturnType<Browser["newContext"]>>,
  base: string,
): Promise<void> {
  const heard: Record<string, unknown>[] = [];
  const foreign: Server = createServer((request, response) => {
    heard.push(request.headers);
    response.setHeader("content-type", "text/html");
    response.end("<!doctype html><title>another port</title>");
  });
  await new Promise<void>((resolve) => foreign.listen(0, "127.0.0.1", resolve));
  const { port } = foreign.address() as { port: number };
  const tab = await context.newPage();
  await tab.goto(`http://127.0.0.1:${port}/`);
  const got = await tab.evaluate(async (server) => {
    const tries = [
      () => fetch(`${server}/v1/studies`, { credentials: "include" }),
      () => fetch(`${server}/health`),
      () =>
        fetch(`${server}/v1/studies`, {
          method: "POST",
          mode: "no-cors",
          credentials: "include",
          body: '{"name":"b","minimize":"loss"}',
        }),
    ];
    const texts = await Promise.all(
      tries.map((one) =>
        one().then(
          (answer) => answer.text(),
          () => "refused",
        ),
      ),
    );
    return [...texts, sessionStorage.length, document.cookie];
  }, base);
  expect(got).toEqual(["refused", "refused", "refused", 0, ""]);
  expect(JSON.stringify(heard)).not.toContain("attune-session");
  // It may not be framed either.
  await tab.setContent(`<iframe src="${base}/"></iframe>`);
  await tab.waitForLoadState();
  expect(tab.frames().some((frame) => frame.url().startsWith(`${base}/`))).toBe(false);
  foreign.close();
}
