import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** An answer: its status and its body as text. */
export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * One connection that is kept, on which a request is sent once the one before is answered. It reads what the servers of the benchmarks send (a
 * length, no pieces) and nothing else, so that on a machine of few cores it is the server that is measured: Node's own client takes as much
 * processor time as an answer does.
 */
export class RawHttpClient {
  readonly #socket: Socket;
  readonly #head: string;
  #rest = "";
  #waiting: PromiseWithResolvers<RawAnswer> | null = null;

  private constructor(socket: Socket, port: number, headers: Readonly<Record<string, string>>) {
    this.#socket = socket;
    const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(([name, value]) => `${name}: ${value}`);
    this.#head = lines.join("\r\n");
    socket.setNoDelay(true);
    // As bytes of one character each, whose number is the length that is told.
    socket.setEncoding("latin1").on("data", (chunk: string) => this.#take(chunk));
    socket.on("error", (error) => this.#waiting?.reject(error));
    socket.on("close", () => this.#waiting?.reject(new Error("The server closed the connection.")));
  }

  static async connect(port: number, headers: Readonly<Record<string, string>>): Promise<RawHttpClient> {
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    return new RawHttpClient(socket, port, headers);
  }

  post(path: string, body: string): Promise<RawAnswer> {
    this.#waiting = Promise.withResolvers<RawAnswer>();
    const length = Buffer.byteLength(body);
    this.#socket.write(`POST ${path} HTTP/1.1\r\n${this.#head}\r\ncontent-length: ${length}\r\n\r\n${body}`);
    return this.#waiting.promise;
  }

  close(): void {
    this.#waiting = null;
    this.#socket.destroy();
  }

  #take(chunk: string): void {
    this.#rest += chunk;
    const end = this.#rest.indexOf("\r\n\r\n");
    if (end < 0) return;
    const found = /\r\ncontent-length: (\d+)/i.exec(this.#rest.slice(0, end));
    if (found === null) {
      this.#waiting?.reject(new Error(`An answer without a length: ${this.#rest.slice(0, 200)}`));
      return;
    }
    const whole = end + 4 + Number(found[1]);
    if (this.#rest.length < whole) return;
    const status = Number(this.#rest.slice(9, 12));
    const body = Buffer.from(this.#rest.slice(end + 4, whole), "latin1").toString("utf8");
    this.#rest = this.#rest.slice(whole);
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.resolve({ status, body });
  }
}
