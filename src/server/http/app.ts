import type { RequestListener } from "node:http";
import { withoutSecrets } from "../../record/secrets.ts";
import type { Storage } from "../../storage/storage.ts";
import { findStudy } from "../../study/find-study.ts";
import type { Callers } from "../auth/callers.ts";
import type { Sessions } from "../auth/sessions.ts";
import { openApi } from "../describe/openapi.ts";
import { rpcDescription } from "../describe/rpc-description.ts";
import { LONGEST_KEY } from "../idempotent-calls.ts";
import { OPERATION_NAMES, OPERATIONS, type Operation, type OperationName } from "../operations/index.ts";
import { PageFiles } from "../page/page-files.ts";
import type { StudyService } from "../study-service.ts";
import { EventStream, type EventStreamSetup } from "./event-stream.ts";
import type { Exchange } from "./exchange.ts";
import { PAGE_HEADERS } from "./guard.ts";
import { type Mount, mountNames } from "./mounts.ts";
import { problem } from "./problem.ts";
import { fieldTypes, fieldValue, queryInput } from "./query-input.ts";
import { Refusal } from "./refusal.ts";
import { type Answer, answerReply, jsonReply, problemReply, reply } from "./reply.ts";
import { Routes } from "./routes.ts";
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
  /** What stands behind that before the paths of this storage, where it is not the first one of its server: "" or `/storages/NAME`. */
  readonly mountPath?: string;
  /** All storages of the server, this one first; this one alone where they are left out. */
  readonly mounts?: readonly Mount[];
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
/** Longest request for a session, in bytes. */
const LONGEST_SESSION = 4_096;
const LONGEST_SECRET = 200;
const KEY = new RegExp(`^[!-~]{1,${LONGEST_KEY}}$`);

/** What answers the requests that come to a server. */
export function createApp(setup: AppSetup): RequestListener {
  const metrics = setup.metrics ?? new ServerMetrics();
  const routes = new Routes({ ...setup, metrics });
  addPage(routes);
  addOpenRoutes(routes, setup);
  addOperations(routes, setup);
  addEvents(routes, setup, metrics);
  routes.named("GET", "/metrics", "metrics", async () => {
    const text = await metrics.text(setup.storage);
    return reply(withoutSecrets(text), "text/plain; version=0.0.4; charset=utf-8");
  });
  return (incoming, outgoing) => routes.take(incoming, outgoing);
}

/** The page that browsers show, which tells nothing by itself. Names of its parts change with what is in them: these are kept. */
function addPage(routes: Routes): void {
  const files = new PageFiles();
  const answer = (exchange: Exchange, path: string, headers: Readonly<Record<string, string>>): Answer => {
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
function addOpenRoutes(routes: Routes, { storage, sessions, version, basePath, mountPath = "" }: AppSetup): void {
  routes.open("GET", "/health", "health", async () => {
    await storage.listStudies();
    return jsonReply({ status: "ok", version });
  });
  routes.open("GET", "/v1/openapi.json", "openapi", () => jsonReply(openApi(version, basePath + mountPath)));
  routes.open("GET", "/v1/openrpc.json", "openrpc", () => jsonReply(rpcDescription(version)));
  routes.open("POST", "/v1/session", "session", async (exchange) => {
    const body = await exchange.json(LONGEST_SESSION);
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

function addOperations(routes: Routes, { service }: AppSetup): void {
  for (const name of OPERATION_NAMES) {
    const { method, path } = OPERATIONS[name].http;
    const read = reader(name);
    routes.named(method, routeOf(path), name, async (exchange, caller) => {
      const given = await read(exchange);
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
function reader(name: OperationName): (exchange: Exchange) => Promise<Record<string, unknown>> {
  const { http, input, mostBytes = MOST_BYTES }: Operation = OPERATIONS[name];
  const types = fieldTypes(input);
  const isQuery = http.method === "GET";
  return async (exchange) => {
    const given = isQuery ? queryInput(types, exchange.query) : await exchange.json(mostBytes);
    const { params } = exchange;
    for (const field in params) {
      if (Object.hasOwn(given, field))
        throw new Refusal(problem(400, "invalid-argument", `${field} stands in the path; leave it out elsewhere.`));
      given[field] = fieldValue(types, field, params[field]!);
    }
    return given;
  };
}

function addEvents(routes: Routes, { storage, over, mounts = [] }: AppSetup, metrics: ServerMetrics): void {
  const stream = (exchange: Exchange, next: EventStreamSetup["next"]): Answer => {
    const seconds = streamSeconds(exchange.query.getAll("seconds"));
    if (metrics.streams >= MOST_STREAMS) {
      const detail = `${MOST_STREAMS} streams of events are open already; close some, or ask for changes.`;
      return problemReply(problem(429, "too-many-streams", detail));
    }
    metrics.streams += 1;
    const end = (): void => {
      metrics.streams -= 1;
    };
    const ends = seconds === null ? over : AbortSignal.any([over, AbortSignal.timeout(Math.ceil(seconds * 1000))]);
    const events = new EventStream({ next, over: ends, end });
    return reply(events, "text/event-stream; charset=utf-8", 200, { "x-accel-buffering": "no" });
  };
  routes.named("GET", "/v1/events", "studyEvents", (exchange) => {
    const asked = exchange.query.getAll("storages");
    const isOfAll = asked.length === 1 && asked[0] === "all";
    if (asked.length > 0 && !isOfAll)
      return problemReply(
        problem(400, "invalid-argument", "storages is all, or left out for the first storage alone."),
      );
    return stream(exchange, revisionsOf(isOfAll && mounts.length > 0 ? mounts : [{ name: null, storage }]));
  });
  const all = mounts.length > 0 ? mounts : [{ name: mountNames([storage.location])[0]!, storage }];
  routes.named("GET", "/v1/storages", "storages", () =>
    jsonReply({ storages: all.map((mount) => ({ name: mount.name, location: mount.storage.location })) }),
  );
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
