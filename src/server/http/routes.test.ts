import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { JSON_TYPE, STUDY, served } from "./served.testing.ts";

describe("requests as sockets bring them", () => {
  const PLAIN = "Host: 127.0.0.1\r\n";

  /** What a server answers to these bytes, until it closes the connection. */
  async function answersTo(port: number, ...parts: readonly string[]): Promise<string> {
    const socket = connect(port, "127.0.0.1");
    socket.setNoDelay(true);
    for (const part of parts) {
      await new Promise<void>((written) => socket.write(part, () => written()));
      await new Promise<void>((later) => setImmediate(later));
    }
    return await text(socket);
  }

  it("are the same whole, in pieces, and of no length that is told", async () => {
    const { port, admin, call, close } = await served();
    await call("createStudy", STUDY);
    const head = (more: string): string =>
      `POST /v1/studies/a/enqueue HTTP/1.1\r\n${PLAIN}Connection: close\r\nAuthorization: Bearer ${admin}\r\nContent-Type: application/json\r\n${more}\r\n\r\n`;
    const body = '{"params":{"x":0.5}}';
    const told = head(`Content-Length: ${body.length}`);
    expect(await answersTo(port, told + body)).toContain('{"number":0,');
    expect(await answersTo(port, told, body.slice(0, 5), body.slice(5))).toContain('{"number":1,');
    const chunked = `${head("Transfer-Encoding: chunked")}`;
    const chunk = `${body.length.toString(16)}\r\n${body}\r\n`;
    expect(await answersTo(port, chunked, chunk, "0\r\n\r\n")).toContain('{"number":2,');
    expect(await answersTo(port, `${chunked}${chunk}0\r\n\r\n`)).toContain('{"number":3,');
    await close();
  });

  it("are answered in their order where several come at once on one connection", async () => {
    const { port, admin, call, close } = await served();
    await call("createStudy", STUDY);
    const one = (path: string, more = ""): string =>
      `GET ${path} HTTP/1.1\r\n${PLAIN}${more}Authorization: Bearer ${admin}\r\n\r\n`;
    const told = await answersTo(
      port,
      `${one("/v1/studies/a")}${one("/nowhere")}${one("/health", "Connection: close\r\n")}`,
    );
    expect(Array.from(told.matchAll(/HTTP\/1\.1 (\d+)/g), ([, status]) => status)).toEqual(["200", "404", "200"]);
    await close();
  });

  it("may name the server in their first line, and write their path in escapes", async () => {
    const { port, admin, call, asAdmin, close } = await served();
    await call("createStudy", { ...STUDY, name: "a+b ä%41" });
    expect((await asAdmin(`/v1/studies/${encodeURIComponent("a+b ä%41")}`)).status).toBe(200);
    expect((await asAdmin("/v1/studies/a+b%20%c3%a4%41")).status).toBe(404);
    expect((await asAdmin("/v1/studies/%zz")).status).toBe(404);
    const line = `GET http://127.0.0.1:${port}/v1/studies?limit=1 HTTP/1.1\r\n${PLAIN}Connection: close\r\n`;
    expect(await answersTo(port, `${line}Authorization: Bearer ${admin}\r\n\r\n`)).toContain("a+b ä%41");
    expect(await answersTo(port, `OPTIONS * HTTP/1.1\r\n${PLAIN}Connection: close\r\n\r\n`)).toContain(" 404 ");
    await close();
  });

  it("that are not read to their end are answered, and cut off", async () => {
    const { port, admin, close } = await served();
    const head = (path: string, more: string): string => `POST ${path} HTTP/1.1\r\n${PLAIN}${more}\r\n\r\n`;
    const long = `Content-Type: application/json\r\nContent-Length: 104857600`;
    expect(await answersTo(port, head("/v1/studies", `Authorization: Bearer ${admin}\r\n${long}`), "x")).toContain(
      " 413 ",
    );
    expect(await answersTo(port, head("/v1/studies", long), "x")).toContain(" 401 ");
    await close();
  });

  it("that end before they are whole are no fault of the server", async () => {
    const { port, admin, asAdmin, faults, close } = await served();
    const head = `POST /v1/studies HTTP/1.1\r\n${PLAIN}Authorization: Bearer ${admin}\r\nContent-Length: 50\r\n\r\n{`;
    const socket = connect(port, "127.0.0.1");
    await new Promise<void>((written) => socket.write(head, () => written()));
    socket.destroy();
    const counted = 'attune_requests_total{operation="createStudy",status="400"} 1';
    while (!(await (await asAdmin("/metrics")).text()).includes(counted));
    expect(faults).toEqual([]);
    await close();
  });

  it("that are a refusal themselves are refused as what they are", async () => {
    const { asAdmin, close } = await served();
    const body = JSON.stringify({ type: "urn:attune:problem:x", status: "200 OK", detail: "x", name: "a" });
    const answer = await asAdmin("/v1/studies", { method: "POST", body, headers: JSON_TYPE });
    expect(answer.status).toBe(400);
    await close();
  });

  it.each([
    ["/v1/studies", 200],
    ["/v1/studies/a/events", 200],
    ["/v1/events", 200],
    ["/nowhere", 404],
  ])("for the headers alone get these, of a stream too: %s", async (path, status) => {
    const { asAdmin, call, close } = await served();
    await call("createStudy", STUDY);
    expect((await asAdmin(path, { method: "HEAD" })).status).toBe(status);
    expect(await (await asAdmin("/metrics")).text()).toContain("attune_event_streams 0\n");
    await close();
  });
});
