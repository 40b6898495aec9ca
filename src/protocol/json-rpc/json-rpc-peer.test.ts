import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AttuneError } from "../../errors.ts";
import type { JsonValue } from "../../space/json.ts";
import { JsonRpcPeer, type RpcMethods } from "./json-rpc-peer.ts";
import { MessageLines } from "./message-lines.ts";

const METHODS: RpcMethods = {
  double: (params) => 2 * (params as number),
  slow: async (params) => {
    await Promise.resolve();
    return params;
  },
  refuse: () => {
    throw new AttuneError("invalid-params", "lr is 7; allowed: 0..1.");
  },
};

async function served(...lines: readonly string[]): Promise<readonly JsonValue[]> {
  const answers: JsonValue[] = [];
  const peer = new JsonRpcPeer((line) => answers.push(JSON.parse(line)), METHODS);
  for (const line of lines) peer.take(line);
  await peer.settled();
  return answers;
}

const call = (id: JsonValue, method: string, params: JsonValue = 1) =>
  JSON.stringify({ jsonrpc: "2.0", id, method, params });

describe("what is asked", () => {
  it("is answered in the order it came, slow and quick alike", async () => {
    const answers = await served(call(1, "slow", "a"), call("b", "double", 21));
    expect(answers).toEqual([
      { jsonrpc: "2.0", id: 1, result: "a" },
      { jsonrpc: "2.0", id: "b", result: 42 },
    ]);
  });

  it("is answered with the error's sentence and code where it is refused", async () => {
    const [answer] = await served(call(1, "refuse"));
    expect(answer).toMatchObject({
      id: 1,
      error: { code: -32602, message: "lr is 7; allowed: 0..1.", data: { code: "invalid-params" } },
    });
  });

  it("names the methods there are", async () => {
    const [answer] = await served(call(1, "constructor"));
    expect(answer).toMatchObject({ error: { code: -32601 } });
    expect(JSON.stringify(answer)).toContain("double, slow, refuse");
  });

  it.each([
    ["{", -32700],
    ["3", -32600],
    ["[]", -32600],
    ['{"id": 4, "method": "double"}', -32600],
    ['{"jsonrpc": "2.0", "id": 4, "method": 1}', -32600],
    ['{"jsonrpc": "2.0", "id": {}, "method": "double"}', -32600],
  ])("is refused where it is no request: %s", async (line, code) => {
    expect(await served(line)).toMatchObject([{ error: { code } }]);
  });

  it("gets no answer without an id, and one list for a list", async () => {
    const note = { jsonrpc: "2.0", method: "double", params: 1 };
    expect(await served(JSON.stringify(note), JSON.stringify([note]))).toEqual([]);
    expect(await served(JSON.stringify([note, { ...note, id: 1 }, { ...note, id: 2 }]))).toEqual([
      [
        { jsonrpc: "2.0", id: 1, result: 2 },
        { jsonrpc: "2.0", id: 2, result: 2 },
      ],
    ]);
  });
});

describe("asking", () => {
  it("gets each answer to its question, in whatever order they come", async () => {
    const lines: string[] = [];
    const peer = new JsonRpcPeer((line) => lines.push(line));
    const answers = [peer.request("double", 1), peer.request("double", 2)];
    peer.take('{"jsonrpc": "2.0", "id": 2, "result": 4}');
    peer.take('{"jsonrpc": "2.0", "id": 1, "error": {"code": 1, "message": "no"}}');
    expect(lines.map((line) => JSON.parse(line).id)).toEqual([1, 2]);
    await expect(answers[1]).resolves.toBe(4);
    await expect(answers[0]).rejects.toThrow(new AttuneError("user-code", "no"));
  });

  it("is told when the other end is gone, also afterwards", async () => {
    const peer = new JsonRpcPeer(() => undefined);
    const before = peer.request("double", 1);
    peer.end(new AttuneError("user-code", "it ended with code 3"));
    await expect(before).rejects.toThrow("it ended with code 3");
    await expect(peer.request("double", 1)).rejects.toThrow("it ended with code 3");
  });
});

describe("MessageLines", () => {
  it("finds the same lines whatever the chunks", () => {
    const texts = fc.array(fc.string({ unit: "grapheme" }).map((text) => JSON.stringify(text)));
    fc.assert(
      fc.property(texts, fc.array(fc.nat(9)), (lines, cuts) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\r\n`).join("\n"));
        const found: string[] = [];
        const reader = new MessageLines((line) => found.push(line));
        let from = 0;
        for (const length of cuts) {
          reader.push(bytes.subarray(from, from + length));
          from += length;
        }
        reader.push(bytes.subarray(Math.min(from, bytes.length)));
        reader.end();
        expect(found).toEqual(lines);
      }),
    );
  });
});
