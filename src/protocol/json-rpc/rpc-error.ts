import { AttuneError, type ErrorCode } from "../../errors.ts";
import type { JsonValue } from "../../space/json.ts";

/** An error as JSON-RPC 2.0 (section 5.1) carries it; `data.code` is that of the AttuneError. */
export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: JsonValue;
}

const INVALID_PARAMS = -32602;
const INTERNAL = -32603;
/** The caller's own mistakes. */
const OF_CALLER: ReadonlySet<ErrorCode> = new Set([
  "invalid-argument",
  "invalid-params",
  "invalid-space",
  "unknown-trial",
]);

/** What to answer where this was thrown. */
export function rpcErrorOf(error: unknown): RpcError {
  if (error instanceof AttuneError) {
    const code = OF_CALLER.has(error.code) ? INVALID_PARAMS : INTERNAL;
    return { code, message: error.message, data: { code: error.code } };
  }
  return { code: INTERNAL, message: error instanceof Error ? error.message : String(error) };
}

/** The error that the other end answered with, `user-code` whatever it was: it is that program's. */
export function errorOf(error: JsonValue): AttuneError {
  const { message } = typeof error === "object" && error !== null && "message" in error ? error : { message: null };
  return new AttuneError("user-code", typeof message === "string" ? message : JSON.stringify(error));
}
