import { expect, it, onTestFinished } from "vitest";
import { requestOf } from "../../src/server/http/http-client.testing.ts";
import { attune, folder, start } from "./attune.ts";

const STUDY = { name: "a", minimize: "loss", space: { x: "0.0..1.0" }, sampler: "random", seed: 1 };
const IMPORTED = [0.25, 0.75].map((x) => ({ params: { x }, values: { loss: x } }));

type Call = (name: string, input: Readonly<Record<string, unknown>>, key?: string) => Promise<unknown>;

/** A server that dies at the fault point, if one is given. */
async function serve(
  cwd: string,
  token: string,
  fault?: string,
): Promise<{ readonly call: Call; end(): Promise<void> }> {
  const { child, ended, wrote } = start(
    cwd,
    ["serve", "--port", "0"],
    fault === undefined ? {} : { ATTUNE_FAULT: fault },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  child.stderr!.on("data", (chunk) => {
    said += chunk;
  });
  await wrote("Ctrl-C");
  const base = /http:\/\/127\.0\.0\.1:\d+/.exec(said)![0];
  const call: Call = async (name, input, key) => {
    const { path, init } = requestOf(name, input);
    const headers = { ...(init.headers as object), authorization: `Bearer ${token}` };
    const answer = await fetch(base + path, {
      ...init,
      headers: { ...headers, ...(key && { "idempotency-key": key }) },
    });
    return await answer.json();
  };
  const end = async (): Promise<void> => {
    child.kill("SIGTERM");
    await ended;
  };
  return { call, end };
}

it.each([
  ["ask", { study: "a" }, { number: 0 }],
  ["enqueue", { study: "a", params: { x: 0.5 } }, { number: 0, params: { x: 0.5 } }],
  ["import", { study: "a", trials: IMPORTED }, { numbers: [0, 1] }],
  ["editSpace", { study: "a", rename: { x: "y" } }, { applied: true }],
] as const)(
  "%s is done once though the server is killed between the commit and the answer",
  async (name, input, expected) => {
    const cwd = folder();
    const token = (await attune(cwd, ["token", "create", "x", "--role", "admin"])).out.trim();
    const first = await serve(cwd, token);
    await first.call("createStudy", STUDY);
    await first.end();
    const killed = await serve(cwd, token, "write.committed:1");
    await expect(killed.call(name, input, "key")).rejects.toThrow("fetch failed");
    const { call, end } = await serve(cwd, token);
    const before = await call("export", { study: "a" });
    const answer = await call(name, input, "key");
    expect(answer).toMatchObject(expected);
    expect(await call("export", { study: "a" })).toEqual(before);
    if (name === "ask") {
      const { number: trial, token: owned } = answer as { readonly number: number; readonly token: string };
      expect(await call("tell", { study: "a", trial, token: owned, value: 1 })).toMatchObject({ state: "complete" });
    }
    await end();
  },
);
