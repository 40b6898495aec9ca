import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SecretRedactor } from "./secret-redactor.ts";

describe("SecretRedactor", () => {
  const environment = {
    HF_TOKEN: "plain-value-1",
    DB_PASSWORD: "pa$$ (word)",
    WANDB_API_KEY: "0123456789abcdef",
    MY_SECRET: "short",
    DEPLOY_KEY: "line one of it\nline two of it",
    HOME: "/home/somebody",
  };
  const redactor = new SecretRedactor(environment);

  it.each([
    ["token plain-value-1 used", "token [redacted] used"],
    ["url?p=pa%24%24%20(word)&q", "url?p=[redacted]&q"],
    ["pa$$ (word)", "[redacted]"],
    ["0123456789abcdef.", "[redacted]."],
    ["line two of it", "[redacted]"],
    ["AKIAIOSFODNN7EXAMPLE", "[redacted]"],
    ["Authorization: Bearer abcdefghijklmnop.qrst", "Authorization: Bearer [redacted]"],
    ["curl -H 'Authorization: Basic bWU6cHcx' x", "curl -H 'Authorization: Basic [redacted]' x"],
    ["https://host/x?a=1&private_token=abcdef12&b=2", "https://host/x?a=1&private_token=[redacted]&b=2"],
    ["https://me:hunter2@host/x", "https://me:[redacted]@host/x"],
    [`{"api_key": "k-1234567890"}`, `{"api_key": "[redacted]"}`],
    ["AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG", "AWS_SECRET_ACCESS_KEY=[redacted]"],
    [`ghp_${"a1".repeat(18)}`, "[redacted]"],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dBjftJeZ4CVP", "[redacted]"],
    ["a -----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY----- b", "a [redacted] b"],
  ])("takes out %j", (text, clean) => expect(redactor.redact(text)).toBe(clean));

  it.each([
    "short",
    "/home/somebody",
    "epoch 3/10 loss=0.31 val_loss: 0.5 tokens=123456789 max_tokens: 20000000",
    "secret: yes, basic authorization of strangers",
    "https://host/x?sort_key=ascending&tokens=12345678",
    "https://host/path:8080/a@b",
    "sk-short, bearer of news",
  ])("leaves %j", (text) => expect(redactor.redact(text)).toBe(text));

  it("cleans the same however the output is cut, and changes no byte where there is no secret", () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom("plain-value-1", "0123456789abcdef", " AKIAIOSFODNN7EXAMPLE ", "\n", "\r", " x "),
        fc.constant("-----BEGIN PRIVATE KEY-----\nabc\n-----END PRIVATE KEY-----"),
        fc.string({ maxLength: 5 }),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(pieces, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (words, lengths) => {
        const bytes = Buffer.from(words.join(""), "utf8");
        const stream = redactor.stream();
        const out: Buffer[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const length = lengths[turn % lengths.length]!;
          out.push(stream.push(bytes.subarray(at, at + length)));
          at += length;
        }
        out.push(stream.end());
        const told = Buffer.concat(out).toString("latin1");
        for (const secret of ["plain-value-1", "0123456789abcdef", "AKIAIOSFODNN7EXAMPLE", "KEY-----\nabc"])
          expect(told).not.toContain(secret);
        if (!/plain|0123|AKIA|BEGIN/.test(words.join(""))) expect(told).toBe(bytes.toString("latin1"));
      }),
    );
  });

  it("lets a line without end go in pieces", () => {
    const stream = redactor.stream();
    const long = Buffer.alloc(200_000, "a");
    expect(stream.push(long).length).toBeGreaterThan(100_000);
  });

  const value = 'tü/"p+a=s;s wörd!1';
  const awkward = new SecretRedactor({ MYSQL_PWD: value });
  const json = JSON.stringify(value).slice(1, -1);
  it.each([
    ["as it is", value],
    ["as JSON", json],
    ["as Python's JSON", json.replaceAll("ü", "\\u00fc").replaceAll("ö", "\\u00f6")],
    ["as PHP's JSON", json.replaceAll("/", "\\/")],
    ["in a URL", encodeURIComponent(value)],
    ["in a form", encodeURIComponent(value).replaceAll("%20", "+").toLowerCase().replaceAll("t%", "t%")],
    ["in base64 of its own", Buffer.from(value).toString("base64")],
    ["in base64 of user:password", Buffer.from(`ab:${value}!`).toString("base64")],
    ["in base64 for URLs", Buffer.from(`a:${value}`).toString("base64url")],
    ["with a colour in it", `${value.slice(0, 4)}\x1b[1;31m${value.slice(4, 9)}\x1b[0m${value.slice(9)}`],
    ["with a title in it", `${value.slice(0, 7)}\x1b]0;title\x07${value.slice(7)}`],
  ])("finds a value %s", (_form, printed) => {
    const told = awkward.clean(`a ${printed} b`);
    expect(told).toContain("[redacted]");
    for (const part of [
      value.slice(-6),
      encodeURIComponent(value).slice(-9),
      Buffer.from(value).toString("base64").slice(4, 14),
    ])
      expect(told).not.toContain(part);
  });

  it.each([900, 1_100, 30_000, 120_000])(
    "finds a value of %d characters in any form, and another that ends in it",
    (size) => {
      const long = `${"a/b ".repeat(size / 4)}end`;
      const redactorOfLong = new SecretRedactor({ DEPLOY_KEY: long, OTHER_KEY: `more ${long}` });
      for (const form of [long, JSON.stringify(long).slice(1, -1).replaceAll("/", "\\/"), encodeURIComponent(long)])
        expect(redactorOfLong.clean(`x ${form} y more ${long} z${long}`)).toBe("x [redacted] y [redacted] z[redacted]");
      expect([redactorOfLong.finds(`x ${long}`), redactorOfLong.finds(`x ${long.slice(1)}`)]).toEqual([true, false]);
    },
  );

  it.each([
    ["APIKEY", true],
    ["MYSQL_PWD", true],
    ["OPENAI_API_KEY", true],
    ["DB_PASS", true],
    ["PWD", false],
    ["OLDPWD", false],
    ["TOKENIZERS_PARALLELISM", false],
    ["MAX_TOKENS", false],
    ["PATH", false],
    ["KEYBOARD", false],
  ])("a variable called %s: secret %s", (name, secret) => {
    expect(new SecretRedactor({ [name]: "abc-def-ghi" }).clean("abc-def-ghi")).toBe(
      secret ? "[redacted]" : "abc-def-ghi",
    );
  });

  it.each([
    ["GET /?token=a1b2c3d4e5&x=1", "GET /?token=[redacted]&x=1"],
    [`{\\"token\\": \\"a1b2c3d4e5\\"}`, `{\\"token\\": \\"[redacted]\\"}`],
    ["curl --password hunter42x -u me", "curl --password [redacted] -u me"],
    ["token: processing", "token: processing"],
    ["tokens: 123456789 token=12345678", "tokens: 123456789 token=12345678"],
  ])("by its name: %j", (text, clean) => expect(redactor.clean(text)).toBe(clean));

  it("leaves no part of a secret, wherever it stands in a line without end and however it is written", () => {
    const forms = [
      "plain-value-1",
      "plain-\x1b[32mvalue-1",
      Buffer.from("x:plain-value-1").toString("base64"),
      "AKIAIOSFODNN7EXAMPLE",
    ];
    const parts = /plain-|value-1|cGxhaW4t|dmFsdWUt|AKIAIOSF|EXAMPLE/;
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 70_000 }),
        fc.constantFrom(...forms),
        fc.integer({ min: 1_000, max: 70_000 }),
        (at, form, size) => {
          const line = Buffer.from(`${"x ".repeat(at / 2)} ${form} ${"y ".repeat(40_000)}`);
          const stream = redactor.stream();
          let told = "";
          for (let k = 0; k < line.length; k += size)
            told += stream.push(line.subarray(k, k + size)).toString("latin1");
          told += stream.end().toString("latin1");
          expect(told).not.toMatch(parts);
          expect(told).toContain("[redacted]");
        },
      ),
      { numRuns: 150 },
    );
    // One that is longer than what is held back of any line.
    const long = Array.from({ length: 6_000 }, (_, k) => `${k}.`).join("");
    const ofLong = new SecretRedactor({ DEPLOY_KEY: long });
    for (const [at, size] of [
      [20_000, 65_536],
      [47_000, 65_536],
      [49_000, 8_192],
      [64_000, 4_096],
    ] as const) {
      const stream = ofLong.stream();
      const line = Buffer.from(`${"x".repeat(at)} ${long} ${"y".repeat(80_000)}`);
      let told = "";
      for (let k = 0; k < line.length; k += size) told += stream.push(line.subarray(k, k + size)).toString("latin1");
      told += stream.end().toString("latin1");
      expect(told).toBe(`${"x".repeat(at)} [redacted] ${"y".repeat(80_000)}`);
    }
    // Every offset around the cut.
    for (let at = 49_130; at < 49_160; at++) {
      const stream = redactor.stream();
      const line = Buffer.from(`${"x".repeat(at)} plain-value-1 ${"y".repeat(65_536 - at - 15)}`);
      expect(stream.push(line).toString("latin1") + stream.end().toString("latin1")).not.toMatch(parts);
    }
  });
});
