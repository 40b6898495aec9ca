import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { httpClient } from "../../src/server/http/http-client.testing.ts";
import { attune, folder, type Running, start, TRAIN, TRAIN_COMMAND, trials } from "./attune.ts";

const running: Running[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const { child, ended } of running.splice(0)) {
    child.kill("SIGKILL");
    await ended;
  }
});

async function serve(cwd: string) {
  const token = (await attune(cwd, ["token", "create", "me"])).out.trim();
  const server = start(cwd, ["serve", "--port", "0"]);
  running.push(server);
  let said = "";
  server.child.stderr!.on("data", (chunk) => {
    said += chunk;
  });
  await server.wrote("Ctrl-C");
  const port = Number(/127\.0\.0\.1:(\d+)/.exec(said)![1]);
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const { host: _, ...headers } = init.headers as Record<string, string>;
    return await fetch(`http://127.0.0.1:${port}${path}`, { ...init, headers });
  };
  return { port, token, call: httpClient(send, token), said: () => said };
}

/** Reports once a tenth of a second until it is asked to end. */
const ENDLESS = `
let step = 0;
setInterval(() => console.log("step=" + ++step + " loss=" + 1 / step), 100);
`;

type Row = { readonly number: number; readonly state: string; readonly message: string | null };

/** The trials, once they are so. */
async function until(
  call: (name: string, input: unknown) => Promise<unknown>,
  holds: (rows: readonly Row[]) => boolean,
): Promise<readonly Row[]> {
  for (;;) {
    const { trials: rows, revision } = (await call("trials", { study: "a" })) as {
      trials: readonly Row[];
      revision: number;
    };
    if (holds(rows)) return rows;
    await call("changes", { study: "a", after: revision, wait: 60 });
  }
}

/** Resolves once the server tells of the study. */
async function madeStudy({ port, token }: { readonly port: number; readonly token: string }): Promise<void> {
  const over = new AbortController();
  const headers = { authorization: `Bearer ${token}` };
  const { body } = await fetch(`http://127.0.0.1:${port}/v1/events`, { headers, signal: over.signal });
  let text = "";
  for await (const part of body!.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.includes('"study":"a"')) break;
  }
  over.abort();
}

describe("a server beside a run", () => {
  it("stops a trial, pauses and continues the study, and ends the run, whose programs end as by Ctrl-C", async () => {
    const cwd = folder({ "endless.mjs": ENDLESS });
    const server = await serve(cwd);
    const { call } = server;
    const words = [
      "run",
      "--study",
      "a",
      "--minimize",
      "loss",
      "--trials",
      "50",
      "--param",
      "x 0.0..1.0",
      "--sampler",
      "random",
      "--grace",
      "2",
    ];
    const run = start(cwd, [...words, "--", process.execPath, "endless.mjs"]);
    running.push(run);
    await madeStudy(server);
    await until(call, (rows) => rows[0]?.state === "running");
    await call("stopTrial", { study: "a", trial: 0, reason: "seen enough" });
    const [first] = await until(call, (rows) => rows[0]?.state !== "running" && rows.length > 1);
    expect(first).toMatchObject({ state: "pruned", message: "seen enough" });
    await call("pauseStudy", { study: "a" });
    await run.wrote("paused by a person");
    await call("stopTrial", { study: "a", trial: 1 });
    await until(call, (rows) => rows[1]?.state === "pruned");
    await call("continueStudy", { study: "a" });
    await run.wrote("is continued");
    await until(call, (rows) => rows[2]?.state === "running");
    await call("stopStudy", { study: "a" });
    await run.ended;
    const rows = await trials(cwd, "a");
    expect(rows.map(({ state }) => state)).toEqual(["pruned", "pruned", "waiting"]);
    const { text } = (await call("log", { study: "a", trial: 0, from: "0:0" })) as { text: string };
    expect(text).toContain("step=1 loss=1");
  });

  it("is asked by a thousand readers who stand still, and the run beside it loses nothing", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    const { port, token, call, said } = await serve(cwd);
    const run = start(cwd, [
      "run",
      "--study",
      "a",
      "--minimize",
      "loss",
      "--trials",
      "30",
      "--workers",
      "2",
      "--sampler",
      "random",
      ...TRAIN_COMMAND,
    ]);
    running.push(run);
    await until(
      async (name, input) => await call(name, input).catch(() => ({ trials: [] })),
      (rows) => rows.length > 0,
    );
    const request = `GET /v1/studies/a/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n\r\n`;
    for (let n = 0; n < 1_000; n++) {
      const socket = connect(port, "127.0.0.1", () => socket.write(request));
      socket.on("error", () => undefined);
      socket.pause();
      sockets.push(socket);
    }
    expect((await run.ended).code).toBe(0);
    expect((await trials(cwd, "a")).map(({ state }) => state)).toEqual(Array.from({ length: 30 }, () => "complete"));
    expect(await call("summary", { study: "a" })).toMatchObject({ counts: { complete: 30, failed: 0 } });
    expect(said()).not.toContain("internal error");
  });
});
