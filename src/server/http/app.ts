import { type Context, Hono } from "hono";
import { withoutSecrets } from "../../record/secrets.ts";
import type { Storage } from "../../storage/storage.ts";
import { findStudy } from "../../study/find-study.ts";
import type { Callers } from "../auth/callers.ts";
import type { Sessions } from "../auth/sessions.ts";
import type { Caller } from "../caller.ts";
import { openApi } from "../describe/openapi.ts";
import { rpcDescription } from "../describe/rpc-description.ts";
import { LONGEST_KEY } from "../idempotent-calls.ts";
import { OPERATION_NAMES, OPERATIONS, type Operation, type OperationName } from "../operations/index.ts";
import { PAGE_FILES } from "../page/page-files.ts";
import type { StudyService } from "../study-service.ts";
import { changeStream } from "./event-stream.ts";
import { Guard, SAFE_HEADERS } from "./guard.ts";
import { type Problem, problem, problemOf } from "./problem.ts";
import { fieldTypes, fieldValue, queryInput } from "./query-input.ts";
import { readBody } from "./read-body.ts";
import { ServerMetrics } from "./server-metrics.ts";

export interface AppSetup {
  readonly service: StudyService;
  readonly storage: Storage;
  readonly callers: Callers;
  readonly sessions: Sessions;
  readonly version: string;
  /** What stands before every path, behind a proxy: "" or `/a/b`. */
  readonly basePath: string;
  /** Names by which the server may be spoken to besides those of the loopback. */
  readonly hosts: readonly string[];
  /** Aborted when the server ends: streams end then. */
  readonly over: AbortSignal;
  /** Told of what is a fault of the server. */
  readonly failed: (error: unknown) => void;
}

type Env = { readonly Variables: { caller: Caller } };

/** Longest body of an operation that says nothing else, in bytes. */
const MOST_BYTES = 1_048_576;
const MOST_STREAMS = 100;
const LONGEST_SECRET = 200;
const KEY = new RegExp(`^[!-~]{1,${LONGEST_KEY}}$`);

/** The server's answers to requests, without a socket. */
export function createApp(setup: AppSetup): Hono<Env> {
  const app = new Hono<Env>({ getPath: (request) => pathBehind(setup.basePath, request.url) });
  const guard = new Guard(setup);
  const metrics = new ServerMetrics();
  app.use(async (context, next) => {
    const begun = performance.now();
    const refused = guard.refusal(
      (name) => context.req.header(name),
      context.req.method === "GET" && context.req.path === "/",
    );
    if (refused === null) await next();
    else context.res = answer(refused);
    for (const [name, value] of Object.entries(SAFE_HEADERS))
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
    metrics.answered(operationOf(context), context.res.status, (performance.now() - begun) / 1000);
  });
  app.onError((error) => {
    const told = problemOf(error);
    if (told.status === 500) setup.failed(error);
    return answer(told);
  });
  app.notFound((context) =>
    answer(problem(404, "unknown-path", `There is nothing at ${withoutSecrets(context.req.path)}; see openapi.json.`)),
  );
  addPage(app);
  addOpenRoutes(app, setup);
  app.use("/v1/*", async (context, next) => await identified(context, setup.callers, next));
  app.use("/metrics", async (context, next) => await identified(context, setup.callers, next));
  addOperations(app, setup);
  addEvents(app, setup, metrics);
  app.get("/metrics", async (context) => {
    const text = await metrics.text(setup.storage);
    return context.body(withoutSecrets(text), 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
  });
  addWrongMethods(app);
  return app;
}

/** The path behind the base, which some proxies take off and some leave. */
function pathBehind(base: string, url: string): string {
  const { pathname } = new URL(url);
  return base !== "" && (pathname === base || pathname.startsWith(`${base}/`))
    ? pathname.slice(base.length) || "/"
    : pathname;
}

/** The page that browsers show, which tells nothing by itself. */
function addPage(app: Hono<Env>): void {
  for (const [path, { type, text }] of Object.entries(PAGE_FILES))
    app.get(path, (context) => context.body(text, 200, { "content-type": type }));
}

/** What needs no name: whether it lives, what it can, and the exchange of a code for a secret. */
function addOpenRoutes(app: Hono<Env>, { storage, sessions, version, basePath }: AppSetup): void {
  app.get("/health", async (context) => {
    await storage.listStudies();
    return context.json({ status: "ok", version });
  });
  app.get("/v1/openapi.json", (context) => context.json(openApi(version, basePath)));
  app.get("/v1/openrpc.json", (context) => context.json(rpcDescription(version)));
  app.post("/v1/session", async (context) => {
    const body = await jsonBody(context, 4_096);
    if (isProblem(body)) return answer(body);
    const { code, ...others } = body;
    if (typeof code !== "string" || code === "" || code.length > LONGEST_SECRET || Object.keys(others).length > 0)
      return answer(
        problem(400, "invalid-argument", 'session: give {"code": …} with the code that came with the page.'),
      );
    const secret = sessions.exchange(code);
    if (secret === null)
      return answer(
        problem(401, "unauthorized", "The code was used, or is older than a minute; have the server make a new one."),
      );
    return context.json({ secret, role: "admin" });
  });
}

async function identified(
  context: Context<Env>,
  callers: Callers,
  next: () => Promise<void>,
): Promise<Response | undefined> {
  const given = context.req.header("authorization") ?? "";
  const [, secret = ""] = /^Bearer ([!-~]+)$/i.exec(given) ?? [];
  const caller = secret === "" || secret.length > LONGEST_SECRET ? null : callers.find(secret);
  if (caller !== null) {
    context.set("caller", caller);
    await next();
    return undefined;
  }
  const detail = given === "" ? "The request names nobody" : "The token is none that is known here, or was revoked";
  return answer(problem(401, "unauthorized", `${detail}; send a token: Authorization: Bearer TOKEN.`), {
    "www-authenticate": "Bearer",
  });
}

function addOperations(app: Hono<Env>, { service }: AppSetup): void {
  for (const name of OPERATION_NAMES) {
    const { http, input, mostBytes = MOST_BYTES }: Operation = OPERATIONS[name];
    const types = fieldTypes(input);
    app.on(http.method, routeOf(http.path), async (context) => {
      const given =
        http.method === "GET"
          ? queryInput(types, new URL(context.req.url).searchParams)
          : await jsonBody(context, mostBytes);
      if (isProblem(given)) return answer(given);
      const key = context.req.header("idempotency-key") ?? null;
      if (key !== null && !KEY.test(key))
        return answer(
          problem(
            400,
            "invalid-argument",
            `Idempotency-Key is no text of 1 to ${LONGEST_KEY} plain characters; give one.`,
          ),
        );
      for (const [field, text] of Object.entries(context.req.param() as Record<string, string>)) {
        if (Object.hasOwn(given, field))
          return answer(problem(400, "invalid-argument", `${field} stands in the path; leave it out elsewhere.`));
        given[field] = fieldValue(types, field, text);
      }
      const options = { caller: context.get("caller"), key, signal: context.req.raw.signal };
      return context.json((await service.call(name, given, options)) as object);
    });
  }
}

function addEvents(app: Hono<Env>, { storage, over }: AppSetup, metrics: ServerMetrics): void {
  app.get("/v1/studies/:study/events", async (context) => {
    const text = context.req.header("last-event-id") ?? context.req.query("after") ?? "0";
    if (!/^\d{1,15}$/.test(text))
      return answer(problem(400, "invalid-argument", "after is no revision; give a whole number from 0."));
    const { id, revision } = await findStudy(storage, context.req.param("study"));
    if (metrics.streams >= MOST_STREAMS)
      return answer(
        problem(
          429,
          "too-many-streams",
          `${MOST_STREAMS} streams of events are open already; close some, or ask for changes.`,
        ),
      );
    // What is beyond the study is of another one of its name: all of this one is told.
    const after = Number(text) > revision ? 0 : Number(text);
    metrics.streams += 1;
    const ended = AbortSignal.any([over, context.req.raw.signal]);
    const stream = changeStream(storage, { id, after }, ended, () => {
      metrics.streams -= 1;
    });
    return context.body(stream, 200, { "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" });
  });
}

/** A path that is there for other methods says so. */
function addWrongMethods(app: Hono<Env>): void {
  const paths = new Map<string, string[]>();
  for (const name of OPERATION_NAMES) {
    const { method, path } = OPERATIONS[name].http;
    const route = routeOf(path);
    paths.set(route, [...(paths.get(route) ?? []), method]);
  }
  const others = {
    "/v1/studies/:study/events": ["GET"],
    "/v1/session": ["POST"],
    "/v1/openapi.json": ["GET"],
    "/v1/openrpc.json": ["GET"],
    "/health": ["GET"],
    "/metrics": ["GET"],
  };
  for (const [path, methods] of [...paths, ...Object.entries(others)]) {
    const allow = methods.join(", ");
    app.all(path, (context) =>
      answer(problem(405, "unknown-method", `There is no ${context.req.method} here; there is ${allow}.`), { allow }),
    );
  }
}

function routeOf(path: string): string {
  return `/v1${path.replace(/\{(\w+)\}/g, ":$1")}`;
}

/** An object of JSON; nothing is an empty one. */
async function jsonBody(context: Context<Env>, most: number): Promise<Record<string, unknown> | Problem> {
  const type = context.req.header("content-type") ?? "";
  const text = await readBody(context.req.raw, most);
  if (text === null) return problem(413, "too-large", `The body is longer than ${most} bytes; send less at once.`);
  if (text === "") return {};
  // No form of a page can send this type, nor a page of another origin without asking first.
  if (!/^application\/json(?:;|$)/i.test(type))
    return problem(415, "unsupported-type", "The body is no application/json; send JSON, and say so by Content-Type.");
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch {
    return problem(400, "invalid-argument", "The body is no JSON; send an object of JSON.");
  }
  return problem(400, "invalid-argument", "The body is no object; send an object of JSON.");
}

function isProblem(value: object): value is Problem {
  return (
    "status" in value &&
    "detail" in value &&
    String((value as { type?: unknown }).type).startsWith("urn:attune:problem:")
  );
}

function answer(told: Problem, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(told), {
    status: told.status,
    headers: { "content-type": "application/problem+json", ...headers },
  });
}

function operationOf(context: Context<Env>): string {
  return NAME_OF_ROUTE.get(`${context.req.method} ${context.req.routePath}`) ?? "other";
}

const NAME_OF_ROUTE: ReadonlyMap<string, OperationName> = new Map(
  OPERATION_NAMES.map((name) => [`${OPERATIONS[name].http.method} ${routeOf(OPERATIONS[name].http.path)}`, name]),
);
