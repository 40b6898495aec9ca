import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { BrowserContext, Page } from "playwright-core";
import { httpClient } from "../../../src/server/http/http-client.testing.ts";
import { attune, folder, type Running, start } from "../../e2e/attune.ts";
import { makeStudies } from "./make-studies.ts";

/** A dashboard that is served by a process of its own. */
export interface Dashboard {
  readonly cwd: string;
  readonly base: string;
  /** An address with a code that is good once. */
  readonly link: string;
  /** Lets whoever shows it in. */
  readonly token: string;
  /** Asks the server for an operation. */
  readonly call: (name: string, input: unknown) => Promise<unknown>;
  /** The server's own counts. */
  readonly metrics: () => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Makes studies in a fresh folder and shows them; `storages` are files besides, each made with them. */
export async function openDashboard(
  make: (location: string) => Promise<void> = makeStudies,
  storages: readonly string[] = [],
): Promise<Dashboard> {
  const cwd = folder();
  for (const file of ["attune.db", ...storages]) await make(`${cwd}/${file}`);
  const token = (await attune(cwd, ["token", "create", "test"])).out.trim();
  const server: Running = start(cwd, [
    "ui",
    ...(storages.length === 0 ? [] : ["attune.db", ...storages]),
    "--no-open",
    "--port",
    "0",
  ]);
  let said = "";
  server.child.stderr!.on("data", (chunk) => {
    said += chunk;
  });
  await server.wrote("in a browser");
  const link = /http:\S+#code=\S+/.exec(said)![0];
  const base = link.split("/#")[0]!;
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const { host: _, ...headers } = init.headers as Record<string, string>;
    return await fetch(base + path, { ...init, headers });
  };
  return {
    cwd,
    base,
    link,
    token,
    call: httpClient(send, token),
    metrics: async () =>
      await (await fetch(`${base}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text(),
    close: async () => {
      server.child.kill("SIGTERM");
      await server.ended;
    },
  };
}

/** What went wrong in a tab: errors, warnings of the content policy, failed requests. */
export function problemsOf(tab: Page): readonly string[] {
  const problems: string[] = [];
  tab.on("pageerror", (error) => problems.push(String(error)));
  tab.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  return problems;
}

/** Goes to a view of the dashboard, in a tab that is known to the server. */
export async function goTo(tab: Page, base: string, view: string): Promise<void> {
  await tab.goto(`${base}/#${view}`);
}

/** A tab that entered by the link; others of the context are let in by it. */
export async function enter(context: BrowserContext, { link }: Dashboard): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(link);
  await tab.waitForSelector("main h1");
  return tab;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe-core finds in a view that is serious or worse. */
export async function seriousFindings(tab: Page): Promise<readonly string[]> {
  // As the browser's own tools do: the policy of the page lets no script in.
  await tab.evaluate(AXE);
  const violations = (await tab.evaluate(
    "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)",
  )) as readonly Violation[];
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
}
