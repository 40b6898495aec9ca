import { AttuneError, type ErrorCode } from "../../errors.ts";
import { withoutSecrets, withoutSecretsInside } from "../../record/secrets.ts";
import { BadForm } from "../operations/bad-form.ts";

/** An answer that says why a request was refused (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly data?: unknown;
}

/** What is not of the form that is described. */
const BAD_FORM = 400;

/** The status that goes with each code of an error. What is of the form that is described, and cannot be done, is never a 400. */
export const STATUS_OF_CODE: Readonly<Record<ErrorCode, number>> = {
  "invalid-argument": 422,
  "invalid-space": 422,
  "invalid-file": 422,
  "invalid-params": 422,
  "unknown-study": 404,
  "unknown-trial": 404,
  "unknown-file": 404,
  unauthorized: 401,
  forbidden: 403,
  "study-exists": 409,
  "study-changed": 409,
  conflict: 409,
  "storage-not-a-database": 500,
  "storage-corrupt": 500,
  "storage-newer": 500,
  "storage-read-only": 500,
  "storage-full": 507,
  "storage-network": 500,
  "storage-busy": 503,
  "storage-failed": 500,
  "no-room": 507,
  "command-not-found": 422,
  exhausted: 409,
  "user-code": 422,
  "same-failure": 409,
  unsupported: 422,
  internal: 500,
};

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  413: "Content too large",
  415: "Unsupported media type",
  422: "Does not fit",
  429: "Too many requests",
  500: "Server error",
  503: "Busy",
  507: "No room",
};

/** A problem by its status; the code is that of an error, or a word of HTTP's own. */
export function problem(status: number, code: string, detail: string, data?: unknown): Problem {
  return {
    type: `urn:attune:problem:${code}`,
    title: TITLES[status] ?? "Refused",
    status,
    detail: withoutSecrets(detail),
    code,
    ...(data !== undefined && { data: withoutSecretsInside(data) }),
  };
}

/** What to answer where this was thrown. What is no refusal is told without its inner words. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof AttuneError) || error.code === "internal")
    return problem(500, "internal", "The server failed; its log on standard error says how. Please report it.");
  const data = Object.keys(error.data).length === 0 ? undefined : error.data;
  return problem(error instanceof BadForm ? BAD_FORM : STATUS_OF_CODE[error.code], error.code, error.message, data);
}
