import { afterAll, describe, expect, it } from "vitest";
import { ReportServer } from "./report-server.ts";

const server = new ReportServer();
afterAll(() => server.close());

type Taken = [number | null, Readonly<Record<string, number>>][];

async function open(room: () => Promise<void> | null = () => null) {
  const taken: Taken = [];
  const address = await server.open({ take: (step, values) => taken.push([step, values]), room });
  const post = async (body: string, token = address.token, method = "POST") => {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(address.url, { method, headers, ...(method === "POST" ? { body } : {}) });
    return [answer.status, await answer.text()] as const;
  };
  return { taken, address, post };
}

describe("ReportServer", () => {
  it("takes one object, or one a line, for the attempt whose token it is", async () => {
    const a = await open();
    const b = await open();
    expect(await a.post('{"step": 1, "loss": 3}')).toEqual([204, ""]);
    expect(await b.post('{"loss": 2}\n{"loss": 1, "epoch": 5}\n')).toEqual([204, ""]);
    expect(a.taken).toEqual([[1, { loss: 3 }]]);
    expect(b.taken).toEqual([
      [null, { loss: 2 }],
      [5, { loss: 1 }],
    ]);
  });

  it("refuses all else and says what to send", async () => {
    const { taken, address, post } = await open();
    expect(await post('{"loss": 1}', "wrong")).toEqual([401, expect.stringMatching(/Bearer/)]);
    expect(await post("loss=1")).toEqual([400, expect.stringMatching(/JSON/)]);
    expect(await post('{"loss": 1}\nloss=2')).toEqual([400, expect.stringMatching(/JSON/)]);
    expect(await post("", address.token, "GET")).toEqual([405, expect.stringMatching(/POST/)]);
    expect(await post(`{"note": "${"x".repeat(1_100_000)}", "loss": 1}`)).toEqual([
      413,
      expect.stringMatching(/1 MiB/),
    ]);
    address.close();
    expect(await post('{"loss": 1}')).toEqual([401, expect.any(String)]);
    expect(taken).toEqual([]);
  });

  it("takes as much as a report may have, to the byte", async () => {
    const { taken, post } = await open();
    const padded = (bytes: number) => '{"loss": 1}'.padEnd(bytes);
    expect((await post(padded(1024 * 1024)))[0]).toBe(204);
    expect((await post(padded(1024 * 1024 + 1)))[0]).toBe(413);
    expect(taken).toEqual([[null, { loss: 1 }]]);
  });

  it("takes a report at once, and answers when there is room for more", async () => {
    const room = Promise.withResolvers<void>();
    let full = true;
    const a = await open(() => (full ? room.promise : null));
    const b = await open();
    let answered = false;
    const posted = a.post('{"loss": 3}').then((answer) => {
      answered = true;
      return answer;
    });
    await expect.poll(() => a.taken).toEqual([[null, { loss: 3 }]]);
    expect(await b.post('{"loss": 2}')).toEqual([204, ""]);
    expect(answered).toBe(false);
    full = false;
    room.resolve();
    expect(await posted).toEqual([204, ""]);
    expect(a.taken.length).toBe(1);
  });
});
