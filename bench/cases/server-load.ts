/**
 * Loads a server with pairs of questions: words KIND COUNT WIDTH STORAGE UNCOUNTED. KIND is `http` or `lines` (a server of Attune), `echo-http` or
 * `echo-lines` (the bare carrier, which answers what it was sent), `library` (no server); WIDTH pairs are under way at a time. Prints {"rate", "own",
 * "server"}, once UNCOUNTED pairs were done for nothing: pairs a second, and the microseconds of processor that a pair took of this process and of the server's.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { attuneCommand } from "../support/attune-command.ts";
import { RawHttpClient } from "../support/raw-http-client.ts";
import { runOrThrow } from "../support/run-process.ts";
import { ANSWER, STUDY } from "../support/served-study.ts";
import { benchStudy } from "./bench-study.ts";

const [kind = "", count = "", width = "", storage = "", uncounted = ""] = process.argv.slice(2);
type Pair = () => Promise<void>;
type Call = (method: string, params: Record<string, unknown>) => Promise<Record<string, unknown>>;

const { pair, close, server = null } = await begin();
await pairs(Number(uncounted));
const before = { own: process.cpuUsage(), server: processorOf(server) };
const begun = performance.now();
await pairs(Number(count));
const rate = (Number(count) * 1000) / (performance.now() - begun);
const { user, system } = process.cpuUsage(before.own);
const own = (user + system) / Number(count);
const ofServer = (processorOf(server) - before.server) / Number(count);
await close();
process.stdout.write(`${JSON.stringify({ rate, own, server: ofServer })}\n`);

/** Microseconds of processor that a process has used, all its threads; 0 where there is none. */
function processorOf(pid: number | null): number {
  if (pid === null) return 0;
  const tasks = readdirSync(`/proc/${pid}/task`);
  return tasks.reduce(
    (sum, task) => sum + Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]) / 1000,
    0,
  );
}

async function pairs(total: number): Promise<void> {
  let left = total;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await pair();
  };
  await Promise.all(Array.from({ length: Number(width) }, worker));
}

async function begin(): Promise<{
  readonly pair: Pair;
  readonly close: () => Promise<void>;
  readonly server?: number;
}> {
  if (kind === "library") return await library();
  if (kind.endsWith("lines")) return await lines();
  return await http();
}

async function library() {
  const study = await benchStudy(storage);
  const one: Pair = async () => {
    const trial = await study.ask({ detached: true });
    await study.tell(trial, 0.5);
  };
  return { pair: one, close: () => study.close() };
}

function pairOf(call: Call, isEcho: boolean): Pair {
  return async () => {
    const asked = await call("ask", isEcho ? ANSWER : { study: "bench" });
    await call("tell", { study: "bench", trial: asked.number, token: asked.token, value: 0.5 });
  };
}

async function lines() {
  const isEcho = kind === "echo-lines";
  const words = isEcho
    ? [process.execPath, path.join(import.meta.dirname, "echo-lines.ts")]
    : [...attuneCommand(), "serve", "--stdio", "--storage", storage];
  const child = start(words, "pipe");
  const waiting = new Map<number, (result: Record<string, unknown>) => void>();
  let rest = "";
  child.stdout!.setEncoding("utf8").on("data", (chunk: string) => {
    const found = (rest + chunk).split("\n");
    rest = found.pop()!;
    for (const line of found) {
      const { id, result, error } = JSON.parse(line);
      if (error !== undefined) throw new Error(error.message);
      waiting.get(id)!(result);
      waiting.delete(id);
    }
  });
  let last = 0;
  let unsent: string[] = [];
  const call: Call = (method, params) =>
    new Promise((resolve) => {
      const id = ++last;
      waiting.set(id, resolve);
      if (unsent.length === 0) {
        setImmediate(() => {
          child.stdin!.write(unsent.join(""));
          unsent = [];
        });
      }
      unsent.push(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    });
  await call("initialize", { protocol: 1 });
  await call("createStudy", STUDY);
  const close = async (): Promise<void> => {
    child.stdin!.end();
    await once(child, "exit");
  };
  return { pair: pairOf(call, isEcho), close, server: child.pid! };
}

async function http() {
  const isEcho = kind === "echo-http";
  const folder = mkdtempSync(path.join(tmpdir(), "attune-bench-tokens-"));
  const tokens = ["--tokens", path.join(folder, "tokens")];
  const token = isEcho
    ? "none"
    : (await runOrThrow([...attuneCommand(), "token", "create", "bench", ...tokens])).stdout.trim();
  const words = isEcho
    ? [process.execPath, path.join(import.meta.dirname, "echo-http.ts")]
    : [...attuneCommand(), "serve", "--port", "0", "--storage", storage, ...tokens];
  const child = start(words, "ignore");
  const port = await portOf(child);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const idle = await Promise.all(Array.from({ length: Number(width) }, () => RawHttpClient.connect(port, headers)));
  const post = async (place: string, body: object): Promise<Record<string, unknown>> => {
    const client = idle.pop()!;
    const answer = await client.post(place, JSON.stringify(body));
    idle.push(client);
    if (answer.status !== 200) throw new Error(answer.body);
    return JSON.parse(answer.body);
  };
  const call: Call = async (method, params) => {
    if (isEcho || method === "createStudy") return await post("/v1/studies", params);
    const { study, trial, ...body } = params;
    return await post(`/v1/studies/${study}/${trial === undefined ? "" : `trials/${trial}/`}${method}`, body);
  };
  await call("createStudy", STUDY);
  const close = async (): Promise<void> => {
    for (const client of idle) client.close();
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  return { pair: pairOf(call, isEcho), close, server: child.pid! };
}

function start(words: readonly string[], input: "pipe" | "ignore"): ChildProcess {
  const [program, ...rest] = words;
  return spawn(program!, rest, { stdio: [input, "pipe", "pipe"] });
}

async function portOf(child: ChildProcess): Promise<number> {
  let said = "";
  for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding("utf8");
  return await new Promise((resolve, reject) => {
    const hear = (chunk: string): void => {
      said += chunk;
      const found = /127\.0\.0\.1:(\d+)/.exec(said);
      if (found !== null) resolve(Number(found[1]));
    };
    child.stdout!.on("data", hear);
    child.stderr!.on("data", hear);
    child.on("exit", () => reject(new Error(said)));
  });
}
