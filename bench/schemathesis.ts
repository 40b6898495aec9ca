/**
 * Lets schemathesis ask a server whatever its own description allows, and forbids: `node bench/schemathesis.ts [examples] [seed]` (first
 * `bench/setup-peers.sh schemathesis`). All of its checks are made: no answer may be a failure of the server, nor one that the description does not tell, and what
 * is of the form that is described is never refused as bad form, nor the other way round. Streams of events are asked to end (`peers/schemathesis-hooks.py`).
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { attuneCommand } from "./support/attune-command.ts";
import { report } from "./support/report.ts";
import { runOrThrow } from "./support/run-process.ts";
import { inScratchFolder } from "./support/scratch-folder.ts";

const EXAMPLES = process.argv[2] ?? "25";
const SEED = process.argv[3] ?? "1";
const program = path.join(import.meta.dirname, ".venv-schemathesis", "bin", "schemathesis");
const STUDY = {
  name: "a",
  minimize: "loss",
  space: { x: "0.0..1.0", n: "1..5", kind: "a | b" },
  sampler: "random",
  seed: 1,
};

if (!existsSync(program)) throw new Error("There is no schemathesis here; first: bench/setup-peers.sh schemathesis");

await inScratchFolder(async (folder) => {
  const storage = ["--storage", path.join(folder, "attune.db")];
  const token = (
    await runOrThrow([...attuneCommand(), "token", "create", "bench", "--role", "admin", ...storage])
  ).stdout.trim();
  const [node, ...words] = [...attuneCommand(), "serve", "--port", "0", ...storage];
  const server = spawn(node!, words, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  server.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    said += chunk;
  });
  while (!said.includes("Ctrl-C")) await once(server.stderr, "data");
  const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)![0];
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const post = (place: string, body: object): Promise<Response> =>
    fetch(`${address}/v1/${place}`, { method: "POST", headers, body: JSON.stringify(body) });
  await post("studies", STUDY);
  for (let trial = 0; trial < 3; trial += 1) await post("studies/a/ask", {});
  const config = [
    `hooks = ${JSON.stringify(path.join(import.meta.dirname, "peers", "schemathesis-hooks.py"))}`,
    "[auth.openapi.bearer]",
    'bearer = "${BENCH_TOKEN}"',
    // What is of the form may yet not fit the study that it is about, which is no 400.
    "[checks.positive_data_acceptance]",
    'expected-statuses = ["2xx", "401", "403", "404", "409", "422", "507"]',
  ];
  writeFileSync(path.join(folder, "schemathesis.toml"), `${config.join("\n")}\n`);
  const asked = ["run", `${address}/v1/openapi.json`, "--checks", "all", "--request-timeout", "60"];
  const options = ["--max-examples", EXAMPLES, "--seed", SEED, "--continue-on-failure", "--no-color"];
  const run = spawn(program, [...asked, "--phases", "examples,coverage,fuzzing,stateful", ...options], {
    cwd: folder,
    env: { ...process.env, BENCH_TOKEN: token },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code] = (await once(run, "exit")) as [number];
  server.kill("SIGTERM");
  await once(server, "exit");
  const faults = said.split("internal error").length - 1;
  report("schemathesis", folder, [
    {
      name: "code that it ended with",
      value: code,
      unit: "",
      wanted: { most: 0 },
      note: `${EXAMPLES} examples an operation, seed ${SEED}`,
    },
    { name: "faults of the server", value: faults, unit: "", wanted: { most: 0 } },
  ]);
});
