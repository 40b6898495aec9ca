import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { Sessions } from "../auth/sessions.ts";
import { openApi } from "../describe/openapi.ts";
import { rpcDescription } from "../describe/rpc-description.ts";
import { OPERATION_NAMES, OPERATIONS } from "../operations/index.ts";
import { protocolContract } from "../protocol.contract.ts";
import { httpClient, requestOf } from "./http-client.testing.ts";
import { JSON_TYPE, STUDY, served } from "./served.testing.ts";

protocolContract("HTTP", async () => await served({ allowCommands: true }));

describe("the descriptions", () => {
  it("are made from the operations", async () => {
    await expect(`${JSON.stringify(openApi("0.0.0"), null, 1)}\n`).toMatchFileSnapshot(
      "../../../tests/protocol/openapi.json",
    );
    await expect(`${JSON.stringify(rpcDescription("0.0.0"), null, 1)}\n`).toMatchFileSnapshot(
      "../../../tests/protocol/openrpc.json",
    );
  });

  it("are told to anybody, with every operation", async () => {
    const { send, close } = await served({ basePath: "/lab" });
    const told = (await (await send("/v1/openapi.json")).json()) as { paths: Record<string, object>; servers: unknown };
    const named = Object.values(told.paths)
      .flatMap((methods) => Object.values(methods))
      .map(({ operationId }) => operationId);
    expect(named).toEqual(expect.arrayContaining([...OPERATION_NAMES]));
    expect(told.servers).toEqual([{ url: "/lab/v1" }]);
    await close();
  });
});

describe("who asks", () => {
  it("is told by a token, refused without one, and at once when it is revoked", async () => {
    const { send, token, tokens, close } = await served();
    for (const name of OPERATION_NAMES) {
      const input = { study: "a", trial: 0, attempt: 0 };
      const fields = Object.keys(OPERATIONS[name].input.shape);
      const { path, init } = requestOf(
        name,
        Object.fromEntries(Object.entries(input).filter(([field]) => fields.includes(field))),
      );
      const answer = await send(path, init);
      expect(answer.status, name).toBe(401);
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    }
    expect((await send("/metrics")).status).toBe(401);
    expect((await send("/v1/studies/a/events")).status).toBe(401);
    const reader = token("reader");
    const headers = { authorization: `Bearer ${reader}` };
    expect((await send("/v1/studies", { headers })).status).toBe(200);
    tokens.revoke("reader");
    const refused = await send("/v1/studies", { headers });
    expect(refused.status).toBe(401);
    expect(await refused.json()).toMatchObject({ code: "unauthorized", type: "urn:attune:problem:unauthorized" });
    await close();
  });

  it("may do what the role says: a reader who writes is refused", async () => {
    const { send, token, call, close } = await served();
    await call("createStudy", STUDY);
    const reader = httpClient(send, token("reader"));
    await expect(reader("ask", { study: "a" })).rejects.toMatchObject({ code: "forbidden" });
    expect(await reader("trials", { study: "a" })).toMatchObject({ trials: [] });
    await close();
  });

  it("sets no program, an admin neither unless the server allows it", async () => {
    const input = { ...STUDY, command: { argv: ["touch", "owned"] } };
    const plain = await served();
    await expect(plain.call("createStudy", input)).rejects.toMatchObject({ code: "forbidden" });
    await plain.close();
    const open = await served({ allowCommands: true });
    await expect(httpClient(open.send, open.token("operator"))("createStudy", input)).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await open.call("createStudy", input)).toMatchObject({ created: true });
    await open.close();
  });
});

describe("pages of others", () => {
  it.each([
    ["another name that leads here", { host: "evil.example" }],
    ["another name with the port", { host: "evil.example:8778" }],
    ["another origin", { origin: "https://evil.example" }],
    ["another port of this machine", { origin: "http://127.0.0.1:9999", host: "127.0.0.1:8778" }],
    ["a sandboxed page", { origin: "null" }],
    ["a page of another site", { "sec-fetch-site": "cross-site" }],
    ["a page of another port, which is the same site", { "sec-fetch-site": "same-site" }],
  ])("get nothing: %s", async (_, headers) => {
    const { asAdmin, sessions, call, close } = await served();
    const code = sessions.newCode();
    expect((await asAdmin("/v1/studies", { headers })).status).toBe(403);
    expect((await asAdmin("/health", { headers })).status).toBe(403);
    const exchange = { method: "POST", body: JSON.stringify({ code }), headers: { ...JSON_TYPE, ...headers } };
    expect((await asAdmin("/v1/session", exchange)).status).toBe(403);
    const create = { method: "POST", body: JSON.stringify(STUDY), headers: { ...JSON_TYPE, ...headers } };
    expect((await asAdmin("/v1/studies", create)).status).toBe(403);
    expect(await call("studies", {})).toMatchObject({ studies: [] });
    await close();
  });

  it("of the server itself are served, by its own names", async () => {
    const { asAdmin, close } = await served();
    for (const host of ["127.0.0.1:8778", "localhost:8778", "[::1]:8778", "LAB.example"]) {
      const headers = { host, origin: `http://${host}`, "sec-fetch-site": "same-origin" };
      expect((await asAdmin("/v1/studies", { headers })).status, host).toBe(200);
    }
    await close();
  });

  it("cannot send what is no JSON, as forms do", async () => {
    const { asAdmin, call, close } = await served();
    for (const type of ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"]) {
      const answer = await asAdmin("/v1/studies", {
        method: "POST",
        body: JSON.stringify(STUDY),
        headers: { "content-type": type },
      });
      expect(answer.status, type).toBe(415);
    }
    expect(await call("studies", {})).toMatchObject({ studies: [] });
    await close();
  });

  it("are told to run, frame, guess and keep nothing", async () => {
    const { send, asAdmin, close } = await served();
    for (const answer of [
      await send("/health"),
      await asAdmin("/v1/studies"),
      await send("/nowhere"),
      await send("/v1/studies"),
    ]) {
      const policy = answer.headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain("unsafe-inline");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("set-cookie")).toBeNull();
      expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
    }
    await close();
  });
});

it("shows a page in which nothing stands in line, and to which a link of others may lead", async () => {
  const { send, close } = await served();
  const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
  const page = await send("/", { headers });
  expect(page.status).toBe(200);
  const text = await page.text();
  expect(text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bon\w+=|\bstyle=|javascript:/);
  const parts = Array.from(text.matchAll(/\b(?:src|href)="\.(\/assets\/[^"]+)"/g), ([, path]) => path!);
  const types = [];
  for (const path of parts) types.push((await send(path)).headers.get("content-type"));
  expect(new Set(types)).toEqual(new Set(["text/javascript; charset=utf-8", "text/css; charset=utf-8"]));
  const [part = ""] = parts;
  const short = await send(part, { headers: { "accept-encoding": "br, gzip" } });
  expect(short.headers.get("content-encoding")).toBe("gzip");
  expect(gunzipSync(await short.bytes())).toEqual(Buffer.from(await (await send(part)).bytes()));
  const policy = page.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("script-src 'self'");
  expect(policy).not.toContain("unsafe-inline");
  expect((await send("/v1/studies", { headers })).status).toBe(403);
  expect((await send(part, { headers })).status).toBe(403);
  for (const path of ["/assets/other.js", "/assets/..%2Findex.html", "/assets/%2e%2e%2f.digest", "/index.html"])
    expect((await send(path)).status, path).toBe(404);
  await close();
});

describe("a page's code", () => {
  it("is good once, for a secret that is sent in a header", async () => {
    const { send, sessions, close } = await served();
    const exchange = async (code: string): Promise<Response> =>
      await send("/v1/session", { method: "POST", body: JSON.stringify({ code }), headers: JSON_TYPE });
    const code = sessions.newCode();
    const first = await exchange(code);
    expect(first.status).toBe(200);
    const { secret } = (await first.json()) as { secret: string };
    expect((await exchange(code)).status).toBe(401);
    expect((await exchange("attune-code-x")).status).toBe(401);
    expect((await exchange("")).status).toBe(400);
    expect((await send("/v1/studies", { headers: { authorization: `Bearer ${secret}` } })).status).toBe(200);
    expect((await send("/v1/studies", { headers: { cookie: `secret=${secret}` } })).status).toBe(401);
    expect((await send("/v1/studies", { headers: { authorization: `Bearer ${code}` } })).status).toBe(401);
    await close();
  });

  it("is good for a minute", () => {
    let now = 0;
    const sessions = new Sessions(() => now);
    const [early, late] = [sessions.newCode(), sessions.newCode()];
    now = 59_999;
    expect(sessions.exchange(early)).not.toBeNull();
    now = 60_000;
    expect(sessions.exchange(late)).toBeNull();
  });
});

describe("what is asked wrongly", () => {
  it.each([
    ["GET", "/v1/nothing", 404, "unknown-path"],
    ["GET", "/v1/studies/b", 404, "unknown-study"],
    ["DELETE", "/v1/studies/a", 405, "unknown-method"],
    ["GET", "/v1/studies?limit=x", 400, "invalid-argument"],
    ["GET", "/v1/studies?limit=1&limit=2", 400, "invalid-argument"],
    ["GET", "/v1/studies?__proto__=1", 400, "invalid-argument"],
    ["GET", "/v1/studies/a/trials/x", 400, "invalid-argument"],
    ["GET", "/v1/studies/a/trials/-1", 400, "invalid-argument"],
    ["GET", "/v1/studies/a/trials/1e400", 400, "invalid-argument"],
    ["GET", "/v1/studies/a/events?after=-1", 400, "invalid-argument"],
    ["GET", "/v1/studies/a/events?seconds=0", 400, "invalid-argument"],
    ["GET", "/v1/events?seconds=1e9", 400, "invalid-argument"],
    ["GET", "/v1/events?seconds=1&seconds=1", 400, "invalid-argument"],
    // Of the form, but not of this study.
    ["GET", "/v1/studies/a/changes?after=9007199254740990", 422, "invalid-argument"],
    ["GET", "/v1/studies/a/course?metric=los", 422, "invalid-argument"],
    ["GET", "/v1/studies/a/trials?filter=0", 422, "invalid-argument"],
    ["GET", "/v1/studies/a/figures/history?metric=los", 422, "invalid-argument"],
  ])("is a problem in words: %s %s", async (method, path, status, code) => {
    const { asAdmin, call, faults, close } = await served();
    await call("createStudy", STUDY);
    const answer = await asAdmin(path, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toMatchObject({ code, status, type: `urn:attune:problem:${code}` });
    if (status === 405) expect(answer.headers.get("allow")).toBe("GET");
    expect(faults).toEqual([]);
    await close();
  });

  it.each([
    "{",
    "[]",
    "3",
    '"x"',
    '{"name": 3}',
    '{"__proto__": {"role": "admin"}}',
    '{"name":"a","minimize":"loss","study":"b"}',
  ])("is refused as a body: %s", async (body) => {
    const { asAdmin, faults, close } = await served();
    const answer = await asAdmin("/v1/studies", { method: "POST", body, headers: JSON_TYPE });
    expect(answer.status).toBe(400);
    expect(faults).toEqual([]);
    await close();
  });

  it.each([
    ["/v1/studies", { name: "b" }],
    ["/v1/studies/a/space", {}],
    ["/v1/studies/a/confirm", { replicates: 5 }],
    ["/v1/studies/a/trials/0/tell", { token: "x", value: 1, failed: true }],
  ])("is of the form, and does not fit: %s", async (path, body) => {
    const { asAdmin, call, close } = await served();
    await call("createStudy", STUDY);
    await call("enqueue", { study: "a", params: { x: 0.5 } });
    const answer = await asAdmin(path, { method: "POST", body: JSON.stringify(body), headers: JSON_TYPE });
    expect(await answer.json()).toMatchObject({ status: 422, code: "invalid-argument" });
    await close();
  });

  it("takes no field twice, in the path and the body, and no key that is none", async () => {
    const { asAdmin, call, close } = await served();
    await call("createStudy", STUDY);
    const body = JSON.stringify({ study: "b", params: { x: 0.5 } });
    expect((await asAdmin("/v1/studies/a/enqueue", { method: "POST", body, headers: JSON_TYPE })).status).toBe(400);
    const headers = { ...JSON_TYPE, "idempotency-key": "x".repeat(201) };
    const good = JSON.stringify({ params: { x: 0.5 } });
    expect((await asAdmin("/v1/studies/a/enqueue", { method: "POST", body: good, headers })).status).toBe(400);
    await close();
  });

  it("is not read where it is too long, whether it says so or not", async () => {
    const { asAdmin, close } = await served();
    const long = "x".repeat(1_100_000);
    const post = { method: "POST", headers: { ...JSON_TYPE } };
    expect((await asAdmin("/v1/studies/a/ask", { ...post, body: long })).status).toBe(413);
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(65_536)) });
    expect((await asAdmin("/v1/studies/a/ask", { ...post, body: endless, duplex: "half" } as RequestInit)).status).toBe(
      413,
    );
    await close();
  });
});

it("serves below a base path, whether the proxy takes it off or not", async () => {
  const { asAdmin, close } = await served({ basePath: "/user/me/proxy/1" });
  expect((await asAdmin("/user/me/proxy/1/v1/studies")).status).toBe(200);
  expect((await asAdmin("/v1/studies")).status).toBe(200);
  expect((await asAdmin("/user/me/proxy/12/v1/studies")).status).toBe(404);
  await close();
});

it("tells changes as events, each with its revision, and goes on behind one", async () => {
  const { asAdmin, call, close } = await served();
  await call("createStudy", STUDY);
  const events = await asAdmin("/v1/studies/a/events");
  expect(events.headers.get("content-type")).toContain("text/event-stream");
  const reader = events.body!.getReader();
  const seen = async (text: string): Promise<string> => {
    let told = "";
    while (!told.includes(text)) told += new TextDecoder().decode((await reader.read()).value);
    return told;
  };
  expect(await seen("study-created")).toContain("id: 1\nevent: change\n");
  await call("enqueue", { study: "a", params: { x: 0.5 } });
  expect(await seen("proposed")).toContain("id: 2\n");
  await reader.cancel();
  const behind = await asAdmin("/v1/studies/a/events", { headers: { "last-event-id": "1" } });
  const [first, second] = [behind.body!.getReader(), ""];
  let told: string = second;
  while (!told.includes("id:")) told += new TextDecoder().decode((await first.read()).value);
  expect(told).toContain("id: 2\n");
  expect(told).not.toContain("id: 1\n");
  await first.cancel();
  await close();
});

it.each(["/v1/events", "/v1/studies/a/events"])("ends a stream in time that is to end: %s", async (path) => {
  const { asAdmin, call, close } = await served();
  await call("createStudy", STUDY);
  const text = await (await asAdmin(`${path}?seconds=0.05`)).text();
  expect(text).toContain("event: ");
  await close();
});

it("tells the revisions of all studies in one stream", async () => {
  const { asAdmin, call, close } = await served();
  await call("createStudy", STUDY);
  await call("createStudy", { ...STUDY, name: "b" });
  const reader = (await asAdmin("/v1/events")).body!.getReader();
  let told = "";
  const until = async (text: string): Promise<void> => {
    while (!told.includes(text)) told += new TextDecoder().decode((await reader.read()).value);
  };
  await until('event: study\ndata: {"study":"b","revision":1}\n\n');
  expect(told).toContain('{"study":"a","revision":1}');
  await call("enqueue", { study: "a", params: { x: 0.5 } });
  await until('{"study":"a","revision":2}');
  expect(told.split('"study":"b"')).toHaveLength(2);
  await reader.cancel();
  await close();
});

it("ends a stream whose study is deleted, which then is open no more", async () => {
  const { asAdmin, call, storage, close } = await served();
  await call("createStudy", STUDY);
  const open = await Promise.all(Array.from({ length: 100 }, () => asAdmin("/v1/studies/a/events")));
  expect((await asAdmin("/v1/studies/a/events")).status).toBe(429);
  const texts = open.map(async (one) => await one.text());
  const { id } = (await storage.findStudy("a"))!;
  await storage.execute(id, { type: "delete" }, 0);
  for (const text of await Promise.all(texts)) expect(text).toContain("study-created");
  await call("createStudy", STUDY);
  const again = await asAdmin("/v1/studies/a/events");
  expect(again.status).toBe(200);
  await again.body!.cancel();
  await close();
});

it("has no more than a hundred streams open, and others go on", async () => {
  const { asAdmin, call, close } = await served();
  await call("createStudy", STUDY);
  const open = await Promise.all(Array.from({ length: 1_000 }, () => asAdmin("/v1/studies/a/events")));
  expect(open.filter(({ status }) => status === 200)).toHaveLength(100);
  expect(open.filter(({ status }) => status === 429)).toHaveLength(900);
  expect(await call("enqueue", { study: "a", params: { x: 0.5 } })).toMatchObject({ number: 0 });
  await Promise.all(open.map(({ body, status }) => (status === 200 ? body!.cancel() : null)));
  // That a reader has gone comes to the server when it comes.
  let again = await asAdmin("/v1/studies/a/events");
  while (again.status === 429) again = await asAdmin("/v1/studies/a/events");
  expect(again.status).toBe(200);
  await again.body!.cancel();
  await close();
});

it("tells its metrics to Prometheus, and that it lives to anybody", async () => {
  const { send, asAdmin, call, close } = await served();
  await call("createStudy", { ...STUDY, name: 'a "b"' });
  const text = await (await asAdmin("/metrics")).text();
  expect(text).toContain('attune_requests_total{operation="createStudy",status="200"} 1');
  expect(text).toContain('attune_study_trials{study="a \\"b\\""} 0');
  for (const line of text.trimEnd().split("\n"))
    expect(line).toMatch(/^(?:# (?:HELP|TYPE) \w+ .+|\w+(?:\{.*\})? [-+\d.eE]+)$/);
  expect(await (await send("/health")).json()).toEqual({ status: "ok", version: "0" });
  await close();
});
