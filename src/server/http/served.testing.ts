import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStorage } from "../../storage/registry.ts";
import { Callers } from "../auth/callers.ts";
import { Sessions } from "../auth/sessions.ts";
import { TokenFile } from "../auth/token-file.ts";
import type { Role } from "../operations/index.ts";
import { StudyService } from "../study-service.ts";
import { createApp } from "./app.ts";
import { httpClient, sendTo } from "./http-client.testing.ts";
import { listen } from "./listen.ts";

/** A study to make. */
export const STUDY = { name: "a", minimize: "loss", space: { x: "0.0..1.0" }, sampler: "random", seed: 1 };
/** Headers of a body of JSON. */
export const JSON_TYPE = { "content-type": "application/json" };

/** A server on a free port with an empty storage in memory. */
export async function served(options: { readonly allowCommands?: boolean; readonly basePath?: string } = {}) {
  const storage = await openStorage(":memory:");
  const service = new StudyService(storage);
  const tokens = new TokenFile(join(mkdtempSync(join(tmpdir(), "attune-tokens-")), "tokens"));
  const sessions = new Sessions();
  const { allowCommands = false, basePath = "" } = options;
  const callers = new Callers({ sessions, tokens, allowCommands });
  const over = new AbortController();
  const faults: unknown[] = [];
  const failed = (error: unknown): void => void faults.push(error);
  const answer = createApp({
    service,
    storage,
    callers,
    sessions,
    version: "0",
    basePath,
    hosts: ["lab.example"],
    over: over.signal,
    failed,
  });
  const token = (role: Role): string => tokens.create(role, role, new Date());
  const admin = token("admin");
  const server = await listen({ answer, host: "127.0.0.1", port: 0 });
  const sendPlainly = sendTo(server.port);
  const send = async (path: string, init: RequestInit = {}): Promise<Response> =>
    await sendPlainly(path, { ...init, headers: { host: "127.0.0.1", ...(init.headers as Record<string, string>) } });
  const asAdmin = (path: string, init: RequestInit = {}) =>
    send(path, { ...init, headers: { authorization: `Bearer ${admin}`, ...(init.headers as Record<string, string>) } });
  const close = async (): Promise<void> => {
    over.abort();
    await server.close();
    await service.close();
    await storage.close();
  };
  const { port } = server;
  return { storage, port, send, asAdmin, call: httpClient(send, admin), token, tokens, sessions, admin, faults, close };
}
