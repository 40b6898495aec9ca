import type { IncomingMessage, ServerResponse } from "node:http";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { withoutSecrets } from "../../record/secrets.ts";
import type { Callers } from "../auth/callers.ts";
import type { Caller } from "../caller.ts";
import { Answers } from "./answers.ts";
import { Exchange, type Target } from "./exchange.ts";
import { Guard } from "./guard.ts";
import { problem, problemOf } from "./problem.ts";
import { Refusal } from "./refusal.ts";
import { type Answer, problemReply } from "./reply.ts";
import type { ServerMetrics } from "./server-metrics.ts";
import { pathBehind, targetOf } from "./target-of.ts";

export interface RoutesSetup {
  readonly callers: Callers;
  /** What stands before every path, behind a proxy: "" or `/a/b`. */
  readonly basePath: string;
  /** What stands behind that: "" or `/storages/NAME`. */
  readonly mountPath?: string;
  /** Names by which the server may be spoken to besides those of the loopback. */
  readonly hosts: readonly string[];
  /** Where requests are counted. */
  readonly metrics: ServerMetrics;
  /** Told of what is a fault of the server. */
  readonly failed: (error: unknown) => void;
}

type Answering = Answer | Promise<Answer>;

interface Endpoint {
  /** By which it is counted. */
  readonly name: string;
  readonly answer: (exchange: Exchange) => Answering;
}

/** What is at a path, by method. */
type Place = Map<string, Endpoint>;

const ANY_METHOD = "ALL";

/** Who answers which request: looked up by hono's router, on Node's own requests and answers. */
export class Routes {
  readonly #setup: RoutesSetup;
  readonly #guard: Guard;
  readonly #answers: Answers;
  readonly #router = new RegExpRouter<Place>();
  readonly #places = new Map<string, Place>();

  constructor(setup: RoutesSetup) {
    this.#setup = setup;
    this.#guard = new Guard(setup);
    this.#answers = new Answers(setup.failed);
  }

  /** Answers anybody who may look at all. */
  open(method: string, path: string, name: string, answer: Endpoint["answer"]): void {
    const place: Place = this.#places.get(path) ?? new Map();
    if (place.size === 0) {
      this.#places.set(path, place);
      this.#router.add(ANY_METHOD, path, place);
    }
    place.set(method, { name, answer });
  }

  /** Answers those who show a token. */
  named(method: string, path: string, name: string, answer: (exchange: Exchange, caller: Caller) => Answering): void {
    this.open(method, path, name, (exchange) => {
      const caller = this.#setup.callers.shown(exchange.header("authorization"), exchange.connection);
      return caller === null ? unauthorized(exchange) : answer(exchange, caller);
    });
  }

  /** Answers a request, whatever it is. */
  take(incoming: IncomingMessage, outgoing: ServerResponse): void {
    this.#answered(incoming, outgoing).catch((error: unknown) => {
      this.#setup.failed(error);
      outgoing.destroy();
    });
  }

  async #answered(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const begun = performance.now();
    const { place, target } = this.#find(incoming.url ?? "");
    const method = incoming.method === "HEAD" ? "GET" : (incoming.method ?? "");
    const { name, answer } = place === null ? NOTHING : (place.get(method) ?? wrongMethod(place));
    const exchange = new Exchange(incoming, outgoing, target);
    const isPage = method === "GET" && target.path === "/";
    let answered: Answer;
    try {
      const refused = this.#guard.refusal(incoming.headers, isPage);
      answered = refused === null ? await answer(exchange) : problemReply(refused);
    } catch (error) {
      answered = this.#refused(error);
    }
    this.#setup.metrics.answered(name, answered.status, (performance.now() - begun) / 1000);
    this.#answers.give(incoming, outgoing, answered);
  }

  #find(url: string): { readonly place: Place | null; readonly target: Target } {
    const { path: whole, search } = targetOf(url);
    const { basePath, mountPath = "" } = this.#setup;
    const path = pathBehind(mountPath, pathBehind(basePath, whole));
    const [found, texts] = this.#router.match(ANY_METHOD, path);
    const [first] = found;
    if (first === undefined) return { place: null, target: { path, search, params: {} } };
    const [place, places] = first;
    const params: Record<string, string> = {};
    for (const field in places) {
      const at = places[field]!;
      params[field] = plain(typeof at === "number" ? (texts?.[at] ?? "") : at);
    }
    return { place, target: { path, search, params } };
  }

  #refused(error: unknown): Answer {
    if (error instanceof Refusal) return problemReply(error.problem);
    const told = problemOf(error);
    if (told.status === 500) this.#setup.failed(error);
    return problemReply(told);
  }
}

/** A field of the path; what is badly written stays as it is, and names nothing. */
function plain(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const NOTHING: Endpoint = {
  name: "other",
  answer: ({ path }) =>
    problemReply(problem(404, "unknown-path", `There is nothing at ${withoutSecrets(path)}; see openapi.json.`)),
};

/** A path that is there for other methods. */
function wrongMethod(place: Place): Endpoint {
  const allow = [...place.keys()].join(", ");
  return {
    name: "other",
    answer: ({ method }) =>
      problemReply(problem(405, "unknown-method", `There is no ${method} here; there is ${allow}.`), { allow }),
  };
}

function unauthorized(exchange: Exchange): Answer {
  const given = exchange.header("authorization") !== null;
  const detail = given ? "The token is none that is known here, or was revoked" : "The request names nobody";
  const told = problem(401, "unauthorized", `${detail}; send a token: Authorization: Bearer TOKEN.`);
  return problemReply(told, { "www-authenticate": "Bearer" });
}
