/** A bare loop over lines of JSON-RPC: each is answered with its parameters. */
let rest = "";
process.stdin.setEncoding("utf8").on("data", (chunk: string) => {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop()!;
  const answers = lines.map((line) => {
    const { id, params } = JSON.parse(line);
    return `${JSON.stringify({ jsonrpc: "2.0", id, result: params })}\n`;
  });
  process.stdout.write(answers.join(""));
});
