import { STATUS_OF_CODE } from "../http/problem.ts";
import { MOST_STREAM_SECONDS } from "../http/stream-seconds.ts";
import { OPERATION_NAMES, OPERATIONS, type Operation } from "../operations/index.ts";
import { SchemaBook } from "./json-schema.ts";

type Json = Record<string, unknown>;

/** The operations over HTTP, as OpenAPI 3.1. `base` is what stands before the version in every path. */
export function openApi(version: string, base = ""): Json {
  const book = new SchemaBook();
  const paths: Record<string, Json> = {};
  for (const name of OPERATION_NAMES) {
    const declared: Operation = OPERATIONS[name];
    const { method, path } = declared.http;
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(name, declared, book) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Attune", version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    servers: [{ url: `${base}/v1` }],
    security: [{ bearer: [] }],
    paths: { ...paths, ...otherPaths() },
    components: {
      schemas: { ...book.named, Problem: PROBLEM },
      responses: RESPONSES,
      securitySchemes: { bearer: { type: "http", scheme: "bearer" } },
    },
  };
}

function operationOf(name: string, { summary, role, http, input, output }: Operation, book: SchemaBook): Json {
  const { properties = {}, required = [] } = book.of(input) as {
    readonly properties?: Readonly<Record<string, Json>>;
    readonly required?: readonly string[];
  };
  const inPath = Object.keys(properties).filter((field) => http.path.includes(`{${field}}`));
  const others = Object.entries(properties).filter(([field]) => !inPath.includes(field));
  const parameter = (field: string, place: "path" | "query"): Json => ({
    name: field,
    in: place,
    required: place === "path" || required.includes(field),
    schema: properties[field],
    ...(place === "query" && { style: "form", explode: true }),
  });
  const query = http.method === "GET" ? others.map(([field]) => parameter(field, "query")) : [];
  const key = {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    schema: { type: "string", pattern: "^[!-~]{1,200}$" },
  };
  return {
    operationId: name,
    summary,
    "x-role": role,
    parameters: [...inPath.map((field) => parameter(field, "path")), ...query, ...(http.method === "GET" ? [] : [key])],
    ...(http.method !== "GET" && others.length > 0 && { requestBody: bodyOf(others, required) }),
    responses: {
      200: {
        description: "What was asked for.",
        content: { "application/json": { schema: book.of(output) } },
      },
      ...REFUSALS,
    },
  };
}

function bodyOf(fields: readonly (readonly [string, Json])[], required: readonly string[]): Json {
  const names = fields.map(([name]) => name);
  const needed = required.filter((name) => names.includes(name));
  const schema = {
    type: "object",
    properties: Object.fromEntries(fields),
    ...(needed.length > 0 && { required: needed }),
    additionalProperties: false,
  };
  return { required: needed.length > 0, content: { "application/json": { schema } } };
}

const PROBLEM: Json = {
  type: "object",
  description: "RFC 9457.",
  properties: {
    type: { type: "string", description: "urn:attune:problem: and the code." },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "What was given, what is allowed, what to do." },
    code: { type: "string" },
    data: { type: "object", description: "What else is known." },
  },
  required: ["type", "title", "status", "detail", "code"],
};

const problem = (description: string): Json => ({
  description,
  content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
});

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: "What was given is not of the form that is described.",
  401: "Nobody is named, or nobody that is known.",
  403: "The caller may not do that, or the request comes from elsewhere.",
  404: "There is no such study, trial or file.",
  405: "There is nothing of this method here.",
  409: "Somebody else was first, or it is not as it was thought to be.",
  413: "The body is too long.",
  415: "The body is no JSON.",
  431: "The address and headers are too long; answered without a body.",
  422: "What was given is of the form, and does not fit the study, or itself.",
  429: "Too much is asked for at once.",
  500: "The storage, or the server itself, failed.",
  503: "The storage is busy; ask again.",
  507: "There is no room left.",
};

/** Answered by the parser of HTTP, before anything else. */
const TOO_LONG = 431;
const REFUSED: readonly number[] = [...new Set([400, 401, 405, 413, 415, 429, ...Object.values(STATUS_OF_CODE)])].sort(
  (a, b) => a - b,
);

/** Answers that every operation may give. */
const REFUSALS: Json = Object.fromEntries(
  [...REFUSED, TOO_LONG].map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]),
);

const RESPONSES: Json = {
  ...Object.fromEntries(
    REFUSED.map((status) => [`Problem${status}`, problem(DESCRIPTIONS[status] ?? "It was refused.")]),
  ),
  [`Problem${TOO_LONG}`]: { description: DESCRIPTIONS[TOO_LONG] },
};

/** How long a stream of events lasts. */
const EVENT_SECONDS: Json = {
  name: "seconds",
  in: "query",
  required: false,
  description: "Seconds after which the stream ends; left out for no end.",
  schema: { type: "number", exclusiveMinimum: 0, maximum: MOST_STREAM_SECONDS },
};

const CHANGE: Json = { $ref: "#/components/schemas/Change" };
const REVISION_OF_STUDY: Json = {
  type: "object",
  properties: {
    storage: { type: "string", description: "Where those of all storages are told." },
    study: { type: "string" },
    revision: { type: ["integer", "null"] },
  },
  required: ["study", "revision"],
};

/** A stream by its events: their name, what else they have, and what their data are as JSON. */
function streamOf(event: string, others: Json, data: Json): Json {
  const text = { type: "string", contentMediaType: "application/json", contentSchema: data };
  const properties = { event: { type: "string", enum: [event] }, ...others, data: text };
  const schema = { type: "object", description: "One event.", properties, required: Object.keys(properties) };
  return { description: "Events, one after the other.", content: { "text/event-stream": { schema } } };
}

/** What is served besides the operations. */
function otherPaths(): Json {
  return { ...storagesPath(), ...eventPaths(), ...sessionPath() };
}

function storagesPath(): Json {
  const mount = {
    type: "object",
    properties: { name: { type: "string" }, location: { type: "string" } },
    required: ["name", "location"],
  };
  const schema = {
    type: "object",
    properties: { storages: { type: "array", items: mount } },
    required: ["storages"],
  };
  return {
    "/storages": {
      get: {
        operationId: "storages",
        summary: "The storages of the server; /storages/NAME/v1 is the same for each of them, /v1 for the first.",
        "x-role": "reader",
        responses: {
          200: { description: "Names and places.", content: { "application/json": { schema } } },
          ...REFUSALS,
        },
      },
    },
  };
}

function eventPaths(): Json {
  const study = { name: "study", in: "path", required: true, schema: { type: "string", minLength: 1, maxLength: 200 } };
  return {
    "/events": {
      get: {
        operationId: "studyEvents",
        summary:
          "The revision of every study as server-sent events, now and whenever it changes; null of one that was deleted.",
        "x-role": "reader",
        parameters: [
          EVENT_SECONDS,
          {
            ...{ name: "storages", in: "query", required: false, schema: { type: "string", enum: ["all"] } },
            description: "Of all storages of the server, each with the name of its storage.",
          },
        ],
        responses: { 200: streamOf("study", {}, REVISION_OF_STUDY), ...REFUSALS },
      },
    },
    "/studies/{study}/events": {
      get: {
        operationId: "events",
        summary:
          "Changes of a study as server-sent events, each with its revision as id; Last-Event-ID goes on behind one.",
        "x-role": "reader",
        parameters: [
          study,
          {
            ...{ name: "after", in: "query", required: false },
            schema: { type: "integer", minimum: 0, maximum: 999_999_999_999_999 },
          },
          {
            name: "Last-Event-ID",
            in: "header",
            required: false,
            schema: { type: "string", pattern: "^[0-9]{1,15}$" },
          },
          EVENT_SECONDS,
        ],
        responses: {
          200: streamOf("change", { id: { type: "string", pattern: "^[0-9]+$" } }, CHANGE),
          ...REFUSALS,
        },
      },
    },
  };
}

function sessionPath(): Json {
  return {
    "/session": {
      post: {
        operationId: "session",
        summary: "Gives a session's secret for a code, once.",
        security: [],
        requestBody: {
          required: true,
          content: {
            "application/json": {
              schema: {
                type: "object",
                properties: { code: { type: "string", minLength: 1, maxLength: 200 } },
                required: ["code"],
                additionalProperties: false,
              },
            },
          },
        },
        responses: {
          200: {
            description: "The secret, to be sent as a bearer token.",
            content: {
              "application/json": {
                schema: {
                  type: "object",
                  properties: { secret: { type: "string" }, role: { type: "string" } },
                  required: ["secret", "role"],
                },
              },
            },
          },
          ...REFUSALS,
        },
      },
    },
  };
}
