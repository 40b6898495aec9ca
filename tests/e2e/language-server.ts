import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** A mistake that the server marks: lines from 0. */
export interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}

/** The YAML language server that editors run, driven over its standard input and output as they do. */
export class LanguageServer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #diagnostics = new Map<string, PromiseWithResolvers<readonly Diagnostic[]>>();
  #buffer = Buffer.alloc(0);
  #id = 0;

  private constructor() {
    const manifest = createRequire(import.meta.url).resolve("yaml-language-server/package.json");
    const server = path.join(path.dirname(manifest), "bin", "yaml-language-server");
    this.#process = spawn(process.execPath, [server, "--stdio"]);
    this.#process.stdout.on("data", (chunk: Buffer) => this.#read(chunk));
  }

  static async start(): Promise<LanguageServer> {
    const server = new LanguageServer();
    const workspace = { configuration: true, didChangeConfiguration: { dynamicRegistration: false } };
    await server.#request("initialize", { processId: process.pid, rootUri: null, capabilities: { workspace } });
    server.#notify("initialized", {});
    return server;
  }

  /** Opens a document and answers what the server finds wrong with it. */
  async open(uri: string, text: string): Promise<readonly Diagnostic[]> {
    const found = Promise.withResolvers<readonly Diagnostic[]>();
    this.#diagnostics.set(uri, found);
    this.#notify("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
    return await found.promise;
  }

  /** Labels that the server offers at a place of an open document; line and character from 0. */
  async complete(uri: string, line: number, character: number): Promise<readonly string[]> {
    const answer = await this.#request("textDocument/completion", {
      textDocument: { uri },
      position: { line, character },
    });
    return (answer as { readonly items: readonly { readonly label: string }[] }).items.map((item) => item.label);
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#process.once("close", resolve));
    await this.#request("shutdown", null);
    this.#notify("exit", null);
    await closed;
  }

  async #request(method: string, params: unknown): Promise<unknown> {
    const answer = Promise.withResolvers<unknown>();
    this.#answers.set(++this.#id, answer);
    this.#send({ id: this.#id, method, params });
    return await answer.promise;
  }

  #notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  #read(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const head = this.#buffer.indexOf("\r\n\r\n");
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.subarray(0, Math.max(head, 0)).toString())?.[1]);
      if (head < 0 || this.#buffer.length < head + 4 + length) return;
      const body = this.#buffer.subarray(head + 4, head + 4 + length).toString();
      this.#buffer = this.#buffer.subarray(head + 4 + length);
      this.#take(JSON.parse(body) as Message);
    }
  }

  #take({ id, method, params, result, error }: Message): void {
    if (method === undefined) {
      const answer = this.#answers.get(id!);
      if (error === undefined) answer?.resolve(result);
      else answer?.reject(new Error(error.message));
    } else if (method === "textDocument/publishDiagnostics") {
      const { uri, diagnostics } = params as { readonly uri: string; readonly diagnostics: readonly Diagnostic[] };
      this.#diagnostics.get(uri)?.resolve(diagnostics);
    } else if (method === "workspace/configuration") {
      // One set for each section asked for; the store of schemas on the web stays out of it.
      const { items } = params as { readonly items: readonly { readonly section?: string }[] };
      const settings = { validate: true, completion: true, schemaStore: { enable: false } };
      this.#send({ id, result: items.map(({ section }) => (section === "yaml" ? settings : {})) });
    } else if (id !== undefined) this.#send({ id, result: null });
  }
}
