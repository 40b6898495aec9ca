import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { LineClient } from "../../src/server/stdio/line-client.testing.ts";
import { COMPILE_CACHE } from "../support/compile-cache.ts";
import { folder, trials } from "./attune.ts";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

function start(
  cwd: string,
  words: readonly string[] = [],
): { child: ChildProcess; client: LineClient; said: () => string } {
  const child = spawn(process.execPath, [MAIN, "serve", "--stdio", ...words], {
    cwd,
    env: { ...process.env, NODE_OPTIONS: "", NODE_COMPILE_CACHE: COMPILE_CACHE },
    stdio: ["pipe", "pipe", "pipe"],
  });
  children.push(child);
  let said = "";
  child.stderr!.on("data", (chunk) => {
    said += chunk;
  });
  return { child, client: new LineClient(child.stdout!, child.stdin!), said: () => said };
}

const STUDY = { name: "a", minimize: "loss", space: { x: "0.0..1.0", note: "a | b" }, sampler: "random", seed: 1 };

it("tunes for a program, keeps it in the storage, and gives back what was not told", async () => {
  const cwd = folder();
  const { child, client, said } = start(cwd);
  expect(await client.call("initialize", { protocol: 1 })).toMatchObject({ protocol: 1, storage: "attune.db" });
  await client.call("createStudy", STUDY);
  const asked = (await Promise.all([1, 2, 3].map(() => client.call("ask", { study: "a" })))) as {
    number: number;
    token: string;
  }[];
  for (const { number: trial, token } of asked.slice(0, 2))
    await client.call("tell", { study: "a", trial, token, value: 1 });
  child.stdin!.end();
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
  expect(said()).toBe("");
  expect(client.strays).toEqual([]);
  expect((await trials(cwd, "a")).map(({ state }) => state).toSorted()).toEqual(["complete", "complete", "running"]);
  const next = start(cwd);
  await next.client.call("initialize", { protocol: 1 });
  // The process that had it is gone.
  await next.client.call("ask", { study: "a" });
  next.child.stdin!.end();
  await once(next.child, "exit");
});

it("reads while it writes: ten megabytes each way at once", async () => {
  const { client } = start(folder(), ["--storage", ":memory:"]);
  await client.call("initialize", { protocol: 1 });
  await client.call("createStudy", STUDY);
  const text = "n".repeat(99_000);
  await client.call("import", { study: "a", trials: [{ params: { x: 0.5, note: "a" }, values: { loss: 1 } }] });
  await client.call("note", { study: "a", trial: 0, text });
  // Each question has 99 kB, and so has each answer, a hundred and ten times.
  const calls = Array.from({ length: 110 }, () => [
    client.call("note", { study: "a", trial: 0, text }),
    client.call("trial", { study: "a", trial: 0 }),
  ]);
  const answers = await Promise.all(calls.flat());
  const bytes = answers.reduce<number>((sum, one) => sum + JSON.stringify(one).length, 0);
  expect(bytes).toBeGreaterThan(10_000_000);
});

it("refuses a line that is no message, and what a caller gives wrongly, and goes on", async () => {
  const { child, client, said } = start(folder(), ["--storage", ":memory:"]);
  child.stdin!.write("hello\n[]\n{\n");
  await client.call("initialize", { protocol: 1 });
  await expect(client.call("ask", { study: 7 })).rejects.toThrow("ask: study is 7; give a text.");
  await expect(client.call("nothing", {})).rejects.toThrow('There is no method "nothing"');
  await expect(client.call("study", { study: "a" })).rejects.toMatchObject({ code: "unknown-study" });
  expect(said()).toBe("");
});

it("ends with the process that started it, though a child of that one holds the pipe", async () => {
  const cwd = folder();
  // It starts the server and a sleeper that inherits the other end of the server's input, tells their ids, and is killed.
  writeFileSync(
    join(cwd, "parent.mjs"),
    `import { spawn } from "node:child_process";
const server = spawn(process.execPath, [${JSON.stringify(MAIN)}, "serve", "--stdio"], { stdio: ["pipe", "pipe", "inherit", 3] });
server.stdin.write('{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocol":1}}\\n');
server.stdout.once("data", () => {
  const fd = server.stdin._handle.fd;
  const sleeper = spawn("sleep", ["600"], { stdio: ["ignore", "ignore", "ignore", fd] });
  console.log(JSON.stringify({ sleeper: sleeper.pid }));
});
setInterval(() => {}, 1000);`,
  );
  // What server and parent alone hold: it ends with the last of them.
  const parent = spawn(process.execPath, ["parent.mjs"], { cwd, stdio: ["ignore", "pipe", "inherit", "pipe"] });
  children.push(parent);
  const [line] = (await once(parent.stdout!, "data")) as [Buffer];
  const { sleeper } = JSON.parse(String(line)) as { sleeper: number };
  try {
    const bothGone = once((parent.stdio[3] as Readable).resume(), "end");
    parent.kill("SIGKILL");
    await bothGone;
    expect(lives(sleeper)).toBe(true);
  } finally {
    process.kill(sleeper, "SIGKILL");
  }
});

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
