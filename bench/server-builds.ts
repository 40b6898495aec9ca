/**
 * What ask and tell cost the servers of several builds over HTTP, and a bare echo of hono: `node bench/server-builds.ts STORAGE FOLDER… [echo]`, where STORAGE is
 * `:memory:` or `file` and a FOLDER has a built Attune. All are up at once and take turns of 500 pairs, so that whatever else the machine does hits all alike; told is the
 * processor time of a pair, of the whole server and of its main thread, which says on a busy machine what clocks do not.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { RawHttpClient } from "./support/raw-http-client.ts";
import { report } from "./support/report.ts";
import { runOrThrow } from "./support/run-process.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";
import { ANSWER, STUDY } from "./support/served-study.ts";
import { median } from "./support/statistics.ts";

const [storage = ":memory:", ...folders] = process.argv.slice(2);
const WIDTH = 16;
const SLICES = 16;
const PAIRS = 500;
const UNCOUNTED = storage === "file" ? 3_000 : 10_000;

type Post = (place: string, body: object) => Promise<Record<string, unknown>>;

interface Server {
  readonly name: string;
  readonly pid: number;
  /** So many pairs, on connections of their own. */
  run(pairs: number): Promise<void>;
  close(): Promise<void>;
}

async function start(name: string, scratch: string): Promise<Server> {
  const isEcho = name === "echo";
  mkdirSync(scratch, { recursive: true });
  const attune = [process.execPath, path.join(name, "bin", "attune.cjs")];
  const tokens = ["--tokens", path.join(scratch, "tokens")];
  if (!isEcho && !existsSync(attune[1]!)) throw new Error(`${name} has no built Attune; give its folder.`);
  const token = isEcho ? "none" : (await runOrThrow([...attune, "token", "create", "bench", ...tokens])).stdout.trim();
  const place = storage === "file" ? path.join(scratch, "study.db") : storage;
  const [program, ...words] = isEcho
    ? [process.execPath, path.join(import.meta.dirname, "cases", "echo-http.ts")]
    : [...attune, "serve", "--port", "0", "--storage", place, ...tokens];
  const child = spawn(program!, words, { stdio: ["ignore", "pipe", "pipe"] });
  const port = await portOf(child);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const connected = async (work: (post: Post) => Promise<void>): Promise<void> => {
    const clients = await Promise.all(Array.from({ length: WIDTH }, () => RawHttpClient.connect(port, headers)));
    const idle = [...clients];
    await work(async (at, body) => {
      const client = idle.pop()!;
      const answer = await client.post(at, JSON.stringify(body));
      idle.push(client);
      if (answer.status !== 200) throw new Error(answer.body);
      return JSON.parse(answer.body) as Record<string, unknown>;
    });
    for (const client of clients) client.close();
  };
  const pair = isEcho ? echoPair : askAndTell;
  if (!isEcho) await connected(async (post) => void (await post("/v1/studies", STUDY)));
  const run = async (pairs: number): Promise<void> =>
    await connected(async (post) => {
      let left = pairs;
      const worker = async (): Promise<void> => {
        while (left-- > 0) await pair(post);
      };
      await Promise.all(Array.from({ length: WIDTH }, worker));
    });
  const close = async (): Promise<void> => {
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  return { name, pid: child.pid!, run, close };
}

async function portOf(child: ChildProcess): Promise<number> {
  let said = "";
  return await new Promise((resolve, reject) => {
    for (const stream of [child.stdout!, child.stderr!])
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        said += chunk;
        const found = /127\.0\.0\.1:(\d+)/.exec(said);
        if (found !== null) resolve(Number(found[1]));
      });
    child.on("exit", () => reject(new Error(said)));
  });
}

async function echoPair(post: Post): Promise<void> {
  const { number: trial, token } = await post("/v1/studies", ANSWER);
  await post("/v1/studies", { study: "bench", trial, token, value: 0.5 });
}

async function askAndTell(post: Post): Promise<void> {
  const { number, token } = await post("/v1/studies/bench/ask", {});
  await post(`/v1/studies/bench/trials/${number}/tell`, { token, value: 0.5 });
}

/** Microseconds of processor that a process has used: all its threads, and its main one. */
function processorOf(pid: number): { readonly all: number; readonly main: number } {
  const used = (task: string): number =>
    Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]) / 1000;
  const tasks = readdirSync(`/proc/${pid}/task`);
  return { all: tasks.reduce((sum, task) => sum + used(task), 0), main: used(String(pid)) };
}

await inScratchFolder(async (scratch) => {
  const servers: Server[] = [];
  for (const [place, name] of folders.entries()) servers.push(await start(name, path.join(scratch, String(place))));
  for (const server of servers) await server.run(UNCOUNTED);
  const costs = servers.map(() => ({ all: [] as number[], main: [] as number[] }));
  for (let slice = 0; slice < SLICES; slice += 1) {
    const order = slice % 2 === 0 ? [...servers.entries()] : [...servers.entries()].toReversed();
    for (const [place, server] of order) {
      const before = processorOf(server.pid);
      await server.run(PAIRS);
      const after = processorOf(server.pid);
      costs[place]!.all.push((after.all - before.all) / PAIRS);
      costs[place]!.main.push((after.main - before.main) / PAIRS);
    }
  }
  for (const server of servers) await server.close();
  const rows = servers.flatMap(({ name }, place) =>
    (["all", "main"] as const).map((part) => ({
      name: `${name}, ${part === "all" ? "the server" : "its main thread"}`,
      value: median(costs[place]![part]),
      unit: "us a pair",
    })),
  );
  report("server-builds", scratch, rows);
});
