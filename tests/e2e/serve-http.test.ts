import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { httpClient } from "../../src/server/http/http-client.testing.ts";
import { attune, folder, type Running, start, TRAIN } from "./attune.ts";

const running: Running[] = [];

afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill("SIGKILL");
    await ended;
  }
});

async function tokenOf(cwd: string, role: string): Promise<string> {
  return (await attune(cwd, ["token", "create", role, "--role", role])).out.trim();
}

/** A server on a free port, and a client with the token of a role. */
async function serve(cwd: string, words: readonly string[] = []) {
  const server = start(cwd, ["serve", "--port", "0", ...words]);
  running.push(server);
  let said = "";
  server.child.stderr!.on("data", (chunk) => {
    said += chunk;
  });
  await server.wrote("Ctrl-C");
  const port = Number(/127\.0\.0\.1:(\d+)/.exec(said)![1]);
  const base = `http://127.0.0.1:${port}`;
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const { host: _, ...headers } = init.headers as Record<string, string>;
    return await fetch(base + path, { ...init, headers });
  };
  return { server, port, base, as: (token: string) => httpClient(send, token), said: () => said };
}

const STUDY = { name: "a", minimize: "loss", space: { lr: "1e-4..1.0 log" }, sampler: "random", seed: 1 };

describe("attune serve", () => {
  it("serves whoever has a token, ends by a signal with code 0, and keeps what was told", async () => {
    const cwd = folder();
    const token = await tokenOf(cwd, "operator");
    expect(statSync(join(cwd, "attune.db.tokens")).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(cwd, "attune.db.tokens"), "utf8")).not.toContain(token);
    const { server, as, base } = await serve(cwd);
    const call = as(token);
    await call("createStudy", STUDY);
    const { number, token: owned } = (await call("ask", { study: "a" })) as { number: number; token: string };
    expect(await call("tell", { study: "a", trial: number, token: owned, value: 1 })).toMatchObject({
      state: "complete",
    });
    expect((await fetch(`${base}/v1/studies`)).status).toBe(401);
    server.child.kill("SIGTERM");
    expect((await server.ended).code).toBe(0);
    expect((await attune(cwd, ["best", "a", "--json"])).out).toContain('"number":0');
  });

  it("says that a port is in use, and refuses other machines while nobody has a token", async () => {
    const cwd = folder();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as { port: number };
    const taken = await attune(cwd, ["serve", "--port", String(port)]);
    expect(taken).toMatchObject({ code: 2, err: expect.stringContaining(`Port ${port} of 127.0.0.1 is in use`) });
    other.close();
    const open = await attune(cwd, ["serve", "--host", "0.0.0.0", "--port", "0"]);
    expect(open).toMatchObject({ code: 2, err: expect.stringContaining("there is no token") });
    for (const words of [
      ["--port", "70000"],
      ["--base-path", "x y"],
      ["--stdio", "--port", "1"],
    ])
      expect((await attune(cwd, ["serve", ...words])).code, words.join(" ")).toBe(2);
  });

  it("runs no command that came over it before a person accepts it, and asks again after a change", async () => {
    const cwd = folder({ "train.mjs": TRAIN });
    const { as, server } = await serve(cwd, ["--allow-commands"]);
    const [admin, operator] = [as(await tokenOf(cwd, "admin")), as(await tokenOf(cwd, "operator"))];
    const argv = [
      process.execPath,
      "-e",
      "require('fs').writeFileSync('owned', ''); console.log('loss=1')",
      "--",
      "{lr}",
    ];
    await expect(operator("createStudy", { ...STUDY, command: { argv } })).rejects.toMatchObject({ code: "forbidden" });
    await admin("createStudy", { ...STUDY, command: { argv } });
    const refused = await attune(cwd, ["run", "a", "--trials", "1"]);
    expect(refused.code).toBe(2);
    expect(refused.err).toContain("was set over a server");
    expect(refused.err).toContain("writeFileSync");
    expect(refused.err).toContain("--trust-command");
    expect(existsSync(join(cwd, "owned"))).toBe(false);
    const accepted = await attune(cwd, ["run", "a", "--trials", "1", "--trust-command"]);
    expect(accepted).toMatchObject({ code: 0, err: expect.stringContaining("accepted, and run from now on") });
    expect(existsSync(join(cwd, "owned"))).toBe(true);
    expect((await attune(cwd, ["run", "a", "--trials", "2"])).code).toBe(0);
    // A study whose command an admin changes before any trial has a value.
    await admin("createStudy", { ...STUDY, name: "b", command: { argv } });
    await attune(cwd, ["run", "b", "--trials", "0", "--trust-command"]);
    await admin("createStudy", { ...STUDY, name: "b", command: { argv: [...argv, "again"] } });
    expect((await attune(cwd, ["run", "b", "--trials", "1"])).err).toContain("was set over a server");
    await admin("createStudy", { ...STUDY, name: "b", command: { argv } });
    expect((await attune(cwd, ["run", "b", "--trials", "1"])).err).toContain("was set over a server");
    server.child.kill("SIGTERM");
  });

  it("sends no secret of its own in the words of any process", async () => {
    if (process.platform !== "linux") return;
    const cwd = folder();
    const token = await tokenOf(cwd, "admin");
    const { server } = await serve(cwd);
    const words = readFileSync(`/proc/${server.child.pid}/cmdline`, "utf8");
    expect(words).toContain("serve");
    expect(words).not.toContain(token);
  });

  it("answers requests that are hostile, while others go on", async () => {
    const cwd = folder();
    const token = await tokenOf(cwd, "operator");
    const { as, port, said } = await serve(cwd);
    const call = as(token);
    await call("createStudy", STUDY);
    // A body of 100 MB is not read.
    const status = await new Promise<number>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${token}`,
        "content-type": "application/json",
        "content-length": "104857600",
      };
      const sent = request(
        { port, host: "127.0.0.1", path: "/v1/studies/a/ask", method: "POST", headers },
        (answer) => {
          resolve(answer.statusCode!);
          sent.destroy();
        },
      );
      sent.on("error", reject);
      sent.write("x".repeat(65_536));
    });
    expect(status).toBe(413);
    // Readers of events that stand still, and requests that never end.
    const sockets = Array.from({ length: 50 }, (_, n) => {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => undefined);
      const head =
        n % 2 === 0
          ? `GET /v1/studies/a/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\n\r\n`
          : "POST /v1/studies HTTP/1.1\r\nHost: ";
      socket.write(head);
      socket.pause();
      return socket;
    });
    for (let n = 0; n < 200; n++) await call("enqueue", { study: "a", params: { lr: 0.5 } });
    expect(await call("study", { study: "a" })).toMatchObject({ trials: 200 });
    for (const socket of sockets) socket.destroy();
    // Names that are scripts and escapes are text.
    const name = "<script>alert(1)</script>\u001b]52;c;x\u0007".replace("/", "");
    await call("createStudy", { ...STUDY, name });
    const raw = await (
      await fetch(`http://127.0.0.1:${port}/v1/studies`, { headers: { authorization: `Bearer ${token}` } })
    ).text();
    expect(raw).not.toContain("\u001b");
    expect(said()).not.toContain("internal error");
  });

  it("leads out of no folder", async () => {
    const cwd = folder({ "secret.txt": "outside" });
    const { as } = await serve(cwd);
    const call = as(await tokenOf(cwd, "operator"));
    await call("createStudy", STUDY);
    await call("ask", { study: "a" });
    const checkpoint = join(cwd, "attune.db.files", "1", "trial-0", "attempt-0.checkpoint");
    mkdirSync(join(checkpoint, "deep"), { recursive: true });
    writeFileSync(join(checkpoint, "deep", "model.bin"), "inside");
    symlinkSync(join(cwd, "secret.txt"), join(checkpoint, "link"));
    symlinkSync(cwd, join(checkpoint, "out"));
    const ofTrial = { study: "a", trial: 0, attempt: 0 };
    expect(await call("files", ofTrial)).toEqual({ files: [{ path: "deep/model.bin", bytes: 6 }], more: false });
    const read = (await call("file", { ...ofTrial, path: "deep/model.bin", from: 2 })) as { data: string };
    expect(Buffer.from(read.data, "base64").toString()).toBe("side");
    for (const path of [
      "link",
      "out/secret.txt",
      "../attempt-0.checkpoint/deep/model.bin",
      "/etc/passwd",
      "deep/../link",
      "deep",
      "deep//model.bin",
      "%2e%2e/x",
      "deep\\model.bin",
    ])
      await expect(call("file", { ...ofTrial, path }), path).rejects.toMatchObject({ code: "unknown-file" });
  });
});
