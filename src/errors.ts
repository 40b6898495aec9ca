/** Every code an {@link AttuneError} can carry; scripts may rely on them. */
export type ErrorCode =
  | "invalid-argument"
  | "invalid-space"
  | "invalid-file"
  | "invalid-params"
  | "unknown-study"
  | "unknown-trial"
  | "unknown-file"
  | "unauthorized"
  | "forbidden"
  | "study-exists"
  | "study-changed"
  | "conflict"
  | "storage-not-a-database"
  | "storage-corrupt"
  | "storage-newer"
  | "storage-read-only"
  | "storage-full"
  | "storage-network"
  | "storage-busy"
  | "storage-failed"
  | "no-room"
  | "command-not-found"
  | "exhausted"
  | "user-code"
  | "same-failure"
  | "unsupported"
  | "internal";

/** A place in a text the user wrote; lines and columns count from 1. */
export interface SourcePosition {
  readonly file: string | null;
  readonly line: number;
  readonly column: number;
}

export interface AttuneErrorOptions {
  readonly cause?: unknown;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly position?: SourcePosition;
}

/**
 * The one error class of Attune. The message says what was given, what is allowed and what to do.
 *
 * @example
 * throw new AttuneError("invalid-argument", "--workers is 0; give a whole number from 1 up.");
 */
export class AttuneError extends Error {
  override readonly name: string = "AttuneError";
  readonly code: ErrorCode;
  readonly data: Readonly<Record<string, unknown>>;
  readonly position: SourcePosition | null;

  constructor(code: ErrorCode, message: string, options: AttuneErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.data = options.data ?? {};
    this.position = options.position ?? null;
  }
}

/** A compare-and-set that lost: somebody else changed the trial, the number or the lease first. */
export class StorageConflict extends AttuneError {
  override readonly name = "StorageConflict";

  constructor(message: string, data: Readonly<Record<string, unknown>> = {}) {
    super("conflict", message, { data });
  }
}
