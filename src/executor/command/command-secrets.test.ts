import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quoteCommand } from "../../protocol/shell-quote.ts";
import {
  commandSecrets,
  holdsSecret,
  variableWithin,
  withoutCommandSecrets,
  withoutNamedSecrets,
} from "./command-secrets.ts";

describe("withoutNamedSecrets", () => {
  it.each([
    ["prog --password hunter2x --lr 0.1", "prog --password [redacted] --lr 0.1"],
    ["prog --password=pw1", "prog --password=[redacted]"],
    ["prog --db-password 'two words' x", "prog --db-password [redacted] x"],
    ["prog -passwd 1234", "prog -passwd [redacted]"],
    ["prog --api-key k1 --auth-token t1", "prog --api-key [redacted] --auth-token [redacted]"],
    ["DB_PASSWORD=pw1 prog", "DB_PASSWORD=[redacted] prog"],
    ["env MYSQL_PWD='a b' prog", "env MYSQL_PWD=[redacted] prog"],
    ["prog db.password=x1", "prog db.password=[redacted]"],
    ["sh -c 'prog --password hunter2x'", "sh -c 'prog --password [redacted]'"],
    ["prog '--password=two words' x", "prog '--password=[redacted]' x"],
    [`prog "--password=two words" x`, `prog "--password=[redacted]" x`],
    ["prog '--password=it'\\''s' x", "prog '--password=[redacted]' x"],
    ["command: [prog, --password, pw1, x]", "command: [prog, --password, [redacted] x]"],
    [`["prog", "--password", "pw1", "x"]`, `["prog", "--password", [redacted] "x"]`],
    ["(prog --token abc)", "(prog --token [redacted])"],
    ["SERVICE_CREDENTIAL=abc/x1 prog", "SERVICE_CREDENTIAL=[redacted] prog"],
  ])("takes it out of %j", (line, clean) => expect(withoutNamedSecrets(line)).toBe(clean));

  it.each([
    `prog --password "$DB_PASSWORD"`,
    "prog --password ${DB_PASSWORD} --token $(cat token)",
    "prog --tokenizer bert --max-tokens 512 --token 7 --pass 2 --num-token=4",
    "prog --password --verbose",
    "prog --password '{password: a, b}'",
    "prog --key id --keys=a --secret-name mine --password-file pw.txt",
    "TOKENIZER=bert MAX_TOKENS=512 prog",
    "service_credential=name prog",
    "prog --passes 3 token of thanks, secret sauce",
  ])("leaves %j", (line) => expect(withoutNamedSecrets(line)).toBe(line));
});

describe("withoutCommandSecrets", () => {
  it("says the same of words as of their line, whatever the secret", () => {
    const secret = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => !/^["']?[{$`-]|\0/.test(text));
    fc.assert(
      fc.property(secret, fc.constantFrom("--password", "--db_passwd"), (text, option) => {
        for (const argv of [
          ["prog", option, text, "x"],
          ["prog", `${option}=${text}`, "x"],
        ]) {
          const clean = withoutCommandSecrets({ argv });
          expect(clean).toEqual({
            argv: argv.map((word) =>
              word === text && word !== "x" && word !== "prog" ? "[redacted]" : word.replace(`=${text}`, "=[redacted]"),
            ),
          });
          expect(commandSecrets({ argv })).toEqual(text.length < 6 || /^[a-z]+$/.test(text) ? [] : [text]);
          expect(withoutNamedSecrets(quoteCommand(argv))).toMatch(/\[redacted\](?:'|) x$/);
        }
      }),
    );
  });
});

describe("holdsSecret", () => {
  const environment = { DB_PASSWORD: "it's a secret", HOME: "/home/me" };

  it("knows values of the environment in whatever quotes, forms, and options", () => {
    expect(holdsSecret({ argv: ["prog", "it's a secret"] }, environment)).toBe(true);
    expect(variableWithin({ argv: ["prog", "it's a secret"] }, environment)).toBe("DB_PASSWORD");
    expect(holdsSecret({ argv: ["prog", "https://me:hunter2@host"] }, {})).toBe(true);
    expect(holdsSecret({ argv: ["prog", "https://host/x?sig=abcdef123456&y=1"] }, {})).toBe(true);
    expect(holdsSecret({ argv: ["prog", "--token", "abc"] }, {})).toBe(true);
    expect(holdsSecret({ shell: `prog --password "$DB_PASSWORD" --lr {lr: 0..1}` }, environment)).toBe(false);
    expect(variableWithin({ argv: ["prog", "/home/me"] }, environment)).toBe(null);
  });
});
