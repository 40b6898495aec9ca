import { createServer, type RequestListener, type Server } from "node:http";
import { AttuneError } from "../../errors.ts";

export interface ListenSetup {
  /** Answers the requests. */
  readonly answer: RequestListener;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Takes no more requests, and resolves once those under way are answered, or after a grace. */
  close(): Promise<void>;
}

/** Longest request but for its body: what operations take in a query, each character as twelve of its own. */
const MOST_HEADER_BYTES = 98_304;
/** Ms for the headers, for a whole request, and without any progress. */
const HEADERS_MS = 10_000;
const REQUEST_MS = 120_000;
const SILENT_MS = 120_000;
const MOST_CONNECTIONS = 2_048;
const GRACE_MS = 5_000;

/** @throws AttuneError `invalid-argument` for an address or a port that cannot be had. */
export async function listen({ answer, host, port }: ListenSetup): Promise<Listening> {
  const options = {
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    connectionsCheckingInterval: 5_000,
    maxHeaderSize: MOST_HEADER_BYTES,
  };
  const server = createServer(options, answer);
  server.maxConnections = MOST_CONNECTIONS;
  server.timeout = SILENT_MS;
  // Between requests the same bound holds: a timer of its own would be set and taken back with each of them.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(refusal(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return { port: typeof address === "object" && address !== null ? address.port : port, close: () => close(server) };
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const grace = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  clearTimeout(grace);
}

function refusal(error: NodeJS.ErrnoException, host: string, port: number): AttuneError {
  const said: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} of ${host} is in use; choose another one (0 takes a free one), or end what uses it.`,
    EACCES: `Port ${port} may not be used by this user; choose one from 1024 up.`,
    EADDRNOTAVAIL: `${host} is no address of this machine; give one that it has, such as 127.0.0.1.`,
    ENOTFOUND: `${host} is no address that can be found; give one of this machine, such as 127.0.0.1.`,
  };
  const message = said[error.code ?? ""] ?? `${host} port ${port} cannot be listened on: ${error.message}.`;
  return new AttuneError("invalid-argument", message, { cause: error });
}
