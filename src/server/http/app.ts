import { Hono } from "hono";
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
import { PageFiles } from "../page/page-files.ts";
import type { StudyService } from "../study-service.ts";
import { eventStream } from "./event-stream.ts";
import { Exchange, isProblem } from "./exchange.ts";
import { Guard, PAGE_HEADERS } from "./guard.ts";
import { problem, problemOf } from "./problem.ts";
import { fieldTypes, fieldValue, queryInput } from "./query-input.ts";
import { answerReply, jsonReply, problemReply, reply } from "./reply.ts";
import { ServerMetrics } from "./server-metrics.ts";
import { streamSeconds } from "./stream-seconds.ts";
import { changesOf, revisionsOf } from "./study-events.ts";

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
  /** Where requests and streams are counted. */
  readonly metrics?: ServerMetrics;
  /** Aborted when the server ends: streams end then. */
  readonly over: AbortSignal;
  /** Told of what is a fault of the server. */
  readonly failed: (error: unknown) => void;
}

/** Longest body of an operation that says nothing else, in bytes. */
const MOST_BYTES = 1_048_576;
const MOST_STREAMS = 100;
const LONGEST_SECRET = 200;
const KEY = new RegExp(`^[!-~]{1,${LONGEST_KEY}}$`);

type Answers<C> = (exchange: Exchange, caller: C) => Response | Promise<Response>;

/** The server's answers to requests, without a socket. */
class Routes {
  readonly app: Hono;
  readonly #setup: AppSetup;
  readonly #guard: Guard;
  readonly #metrics: ServerMetrics;
  readonly #methods = new Map<string, string[]>();

  constructor(setup: AppSetup) {
    const { basePath: base } = setup;
    this.app = new Hono(base === "" ? {} : { getPath: (request) => pathBehind(base, request.url) });
    this.#setup = setup;
    this.#guard = new Guard(setup);
    this.#metrics = setup.metrics ?? new ServerMetrics();
  }

  /** Answers anybody who may look at all. */
  open(method: string, path: string, name: string, answers: Answers<null>): void {
    this.#methods.set(path, [...(this.#methods.get(path) ?? []), method]);
    this.app.on(method, path, (context) => this.#answered(new Exchange(context), name, answers));
  }

  /** Answers those who show a token. */
  named(method: string, path: string, name: string, answers: Answers<Caller>): void {
    this.open(method, path, name, (exchange) => {
      const caller = this.#callerOf(exchange);
      return caller === null ? unauthorized(exchange) : answers(exchange, caller);
    });
  }

  /** Streams that are open; answered with all other counts. */
  get metrics(): ServerMetrics {
    return this.#metrics;
  }

  /** Paths that are there for other methods, and all others. */
  close(): void {
    for (const [path, methods] of this.#methods) {
      const allow = methods.join(", ");
      const wrong = (exchange: Exchange): Response =>
        problemReply(problem(405, "unknown-method", `There is no ${exchange.method} here; there is ${allow}.`), {
          allow,
        });
      this.app.all(path, (context) => this.#answered(new Exchange(context), "other", wrong));
    }
    this.app.notFound((context) =>
      this.#answered(new Exchange(context), "other", ({ path }) =>
        problemReply(problem(404, "unknown-path", `There is nothing at ${withoutSecrets(path)}; see openapi.json.`)),
      ),
    );
    this.app.onError((error) => this.#refused(error));
  }

  async #answered(exchange: Exchange, name: string, answers: Answers<null>): Promise<Response> {
    const begun = performance.now();
    const isPage = exchange.method === "GET" && exchange.path === "/";
    const refused = this.#guard.refusal((header) => exchange.header(header), isPage);
    let answer: Response;
    try {
      answer = refused === null ? await answers(exchange, null) : problemReply(refused);
    } catch (error) {
      answer = this.#refused(error);
    }
    this.#metrics.answered(name, answer.status, (performance.now() - begun) / 1000);
    return answer;
  }

  #refused(error: unknown): Response {
    const told = problemOf(error);
    if (told.status === 500) this.#setup.failed(error);
    return problemReply(told);
  }

  #callerOf(exchange: Exchange): Caller | null {
    const [, secret = ""] = /^Bearer ([!-~]+)$/i.exec(exchange.header("authorization") ?? "") ?? [];
    return secret === "" || secret.length > LONGEST_SECRET
      ? null
      : this.#setup.callers.find(secret, exchange.connection);
  }
}

/** The server's answers to requests, without a socket. */
export function createApp(setup: AppSetup): Hono {
  const routes = new Routes(setup);
  addPage(routes);
  addOpenRoutes(routes, setup);
  addOperations(routes, setup);
  addEvents(routes, setup);
  routes.named("GET", "/metrics", "metrics", async () => {
    const text = await routes.metrics.text(setup.storage);
    return reply(withoutSecrets(text), "text/plain; version=0.0.4; charset=utf-8");
  });
  routes.close();
  return routes.app;
}

/** The path behind the base, which some proxies take off and some leave. */
function pathBehind(base: string, url: string): string {
  const { pathname } = new URL(url);
  return pathname === base || pathname.startsWith(`${base}/`) ? pathname.slice(base.length) || "/" : pathname;
}

/** The page that browsers show, which tells nothing by itself. Names of its parts change with what is in them: these are kept. */
function addPage(routes: Routes): void {
  const files = new PageFiles();
  const answer = (exchange: Exchange, path: string, headers: Readonly<Record<string, string>>): Response => {
    const file = files.find(path);
    if (file === null) return problemReply(problem(404, "unknown-path", noPage(path)));
    const isShort = /\bgzip\b/.test(exchange.header("accept-encoding") ?? "");
    const encoding: Readonly<Record<string, string>> = isShort ? SHORT : {};
    return reply(isShort ? file.compressed : file.body, file.type, 200, { ...PAGE_HEADERS, ...headers, ...encoding });
  };
  routes.open("GET", "/", "page", (exchange) => answer(exchange, "/", {}));
  routes.open("GET", "/assets/:file", "page", (exchange) =>
    answer(exchange, `/assets/${exchange.params.file ?? ""}`, KEPT),
  );
}

const SHORT = { "content-encoding": "gzip", vary: "accept-encoding" };
const KEPT = { "cache-control": "private, max-age=31536000, immutable" };

function noPage(path: string): string {
  const why = path === "/" ? "The page was not built; run npm run build." : "The page has no such part; load it anew.";
  return `${why} Operations are at v1/, see v1/openapi.json.`;
}

/** What needs no name: whether it lives, what it can, and the exchange of a code for a secret. */
function addOpenRoutes(routes: Routes, { storage, sessions, version, basePath }: AppSetup): void {
  routes.open("GET", "/health", "health", async () => {
    await storage.listStudies();
    return jsonReply({ status: "ok", version });
  });
  routes.open("GET", "/v1/openapi.json", "openapi", () => jsonReply(openApi(version, basePath)));
  routes.open("GET", "/v1/openrpc.json", "openrpc", () => jsonReply(rpcDescription(version)));
  routes.open("POST", "/v1/session", "session", async (exchange) => {
    const body = await exchange.json(4_096);
    if (isProblem(body)) return problemReply(body);
    const { code, ...others } = body;
    if (typeof code !== "string" || code === "" || code.length > LONGEST_SECRET || Object.keys(others).length > 0) {
      const detail = 'session: give {"code": …} with the code that came with the page.';
      return problemReply(problem(400, "invalid-argument", detail));
    }
    const secret = sessions.exchange(code);
    if (secret !== null) return jsonReply({ secret, role: "admin" });
    const detail = "The code was used, or is older than a minute; have the server make a new one.";
    return problemReply(problem(401, "unauthorized", detail));
  });
}

function unauthorized(exchange: Exchange): Response {
  const given = exchange.header("authorization") !== null;
  const detail = given ? "The token is none that is known here, or was revoked" : "The request names nobody";
  const told = problem(401, "unauthorized", `${detail}; send a token: Authorization: Bearer TOKEN.`);
  return problemReply(told, { "www-authenticate": "Bearer" });
}

function addOperations(routes: Routes, { service }: AppSetup): void {
  for (const name of OPERATION_NAMES) {
    const { method, path } = OPERATIONS[name].http;
    const read = reader(name);
    routes.named(method, routeOf(path), name, async (exchange, caller) => {
      const given = await read(exchange);
      if (isProblem(given)) return problemReply(given);
      const key = exchange.header("idempotency-key");
      if (key !== null && !KEY.test(key)) {
        const detail = `Idempotency-Key is no text of 1 to ${LONGEST_KEY} plain characters; give one.`;
        return problemReply(problem(400, "invalid-argument", detail));
      }
      return answerReply(await service.answer(name, given, { caller, key, waiting: exchange }));
    });
  }
}

/** What reads an operation's input from a request. */
function reader(
  name: OperationName,
): (exchange: Exchange) => Promise<Record<string, unknown> | ReturnType<typeof problem>> {
  const { http, input, mostBytes = MOST_BYTES }: Operation = OPERATIONS[name];
  const types = fieldTypes(input);
  const isQuery = http.method === "GET";
  return async (exchange) => {
    const given = isQuery ? queryInput(types, exchange.query) : await exchange.json(mostBytes);
    if (isProblem(given)) return given;
    for (const [field, text] of Object.entries(exchange.params)) {
      if (Object.hasOwn(given, field))
        return problem(400, "invalid-argument", `${field} stands in the path; leave it out elsewhere.`);
      given[field] = fieldValue(types, field, text);
    }
    return given;
  };
}

function addEvents(routes: Routes, { storage, over }: AppSetup): void {
  const { metrics } = routes;
  const stream = (exchange: Exchange, next: Parameters<typeof eventStream>[0]): Response => {
    const seconds = streamSeconds(exchange.query.getAll("seconds"));
    if (metrics.streams >= MOST_STREAMS) {
      const detail = `${MOST_STREAMS} streams of events are open already; close some, or ask for changes.`;
      return problemReply(problem(429, "too-many-streams", detail));
    }
    metrics.streams += 1;
    const ends = seconds === null ? [] : [AbortSignal.timeout(Math.ceil(seconds * 1000))];
    const events = eventStream(next, AbortSignal.any([over, exchange.signal, ...ends]), () => {
      metrics.streams -= 1;
    });
    return reply(events, "text/event-stream; charset=utf-8", 200, { "x-accel-buffering": "no" });
  };
  routes.named("GET", "/v1/events", "studyEvents", (exchange) => stream(exchange, revisionsOf(storage)));
  routes.named("GET", "/v1/studies/:study/events", "events", async (exchange) => {
    const text = exchange.header("last-event-id") ?? exchange.query.get("after") ?? "0";
    if (!/^\d{1,15}$/.test(text))
      return problemReply(problem(400, "invalid-argument", "after is no revision; give a whole number from 0."));
    const { id, revision } = await findStudy(storage, exchange.params.study ?? "");
    // What is beyond the study is of another one of its name: all of this one is told.
    return stream(exchange, changesOf(storage, id, Number(text) > revision ? 0 : Number(text)));
  });
}

function routeOf(path: string): string {
  return `/v1${path.replace(/\{(\w+)\}/g, ":$1")}`;
}
