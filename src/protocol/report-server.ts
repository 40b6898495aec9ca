import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { TakeMetrics } from "./metric-source.ts";
import { readReportRecord } from "./report-record.ts";

const MAX_BODY_BYTES = 1_048_576;

/** Where a program may post its metrics to, and with which token. */
export interface ReportAddress {
  readonly url: string;
  readonly token: string;
  /** Takes the token back. */
  close(): void;
}

/** Where an attempt's reports go. */
export interface ReportTaker {
  readonly take: TakeMetrics;
  /** Null while there is room for more, else resolves when there may be: answers come after that. */
  readonly room: () => Promise<void> | null;
}

/**
 * Takes metrics by HTTP on the loopback: `POST` of one JSON object, or of several on a line each, with the attempt's token. The
 * first attempt starts it. What has come is taken at once; its answer waits for room, and with it a program that reads it.
 */
export class ReportServer {
  readonly #taking = new Map<string, ReportTaker>();
  #listening: Promise<Server> | null = null;

  /** An address for one attempt. */
  async open(taker: ReportTaker): Promise<ReportAddress> {
    this.#listening ??= listen((request, response) => this.#answer(request, response));
    const server = await this.#listening;
    const token = randomBytes(24).toString("base64url");
    this.#taking.set(token, taker);
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}/`, token, close: () => this.#taking.delete(token) };
  }

  async close(): Promise<void> {
    const server = await this.#listening;
    if (server === null) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const taker = this.#takerOf(request.headers.authorization ?? "");
    if (request.method !== "POST") refuse(response, 405, 'POST a JSON object such as {"step": 1, "val_loss": 0.31}.');
    else if (taker === null) refuse(response, 401, "Send the header Authorization: Bearer $ATTUNE_REPORT_TOKEN.");
    else this.#receive(request, response, taker);
  }

  #receive(request: IncomingMessage, response: ServerResponse, taker: ReportTaker): void {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    request.on("end", () => {
      if (bytes > MAX_BODY_BYTES) refuse(response, 413, "A report may have at most 1 MiB.");
      else void takeBody(Buffer.concat(chunks).toString("utf8"), response, taker);
    });
  }

  #takerOf(authorization: string): ReportTaker | null {
    const given = Buffer.from(authorization.replace(/^Bearer\s+/i, ""));
    for (const [token, taker] of this.#taking) {
      const own = Buffer.from(token);
      if (own.length === given.length && timingSafeEqual(own, given)) return taker;
    }
    return null;
  }
}

async function takeBody(body: string, response: ServerResponse, { take, room }: ReportTaker): Promise<void> {
  const whole = readReportRecord(body);
  const lines = body.split("\n").filter((line) => line.trim() !== "");
  const records = whole === null ? lines.map(readReportRecord) : [whole];
  if (records.length === 0 || records.includes(null)) {
    refuse(response, 400, "The body is no JSON object with a number, nor one such object a line.");
    return;
  }
  for (const record of records) if (record !== null) take(record.step, record.values);
  for (let full = room(); full !== null; full = room()) await full;
  response.writeHead(204).end();
}

function refuse(response: ServerResponse, status: number, error: string): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify({ error }));
}

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  // Loaded when first wanted: importing it costs more than an empty Node process takes to start.
  const { createServer } = await import("node:http");
  const server = createServer(answer);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  // The tuner's end does not wait for it.
  server.unref();
  return server;
}
