/**
 * Tunes `train.mjs` with the command line, as anybody would, and compares its default settings with the tuned ones on
 * flowers that neither has seen. The study stays in `.cache/iris/` to be looked at.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values: options } = parseArgs({
  options: { trials: { type: "string", default: "40" }, seed: { type: "string" } },
});
const root = fileURLToPath(new URL("../..", import.meta.url));
const attune = path.join("bin", "attune.cjs");
const program = path.join("examples", "iris", "train.mjs");
const folder = path.join(".cache", "iris");
const storage = path.join(folder, "attune.db");
const testSeeds = ["11", "12", "13", "14", "15"];

const space = {
  lr: "1e-4..1e-1 log",
  layers: "1..2",
  units: "4..24",
  epochs: "20..150",
  decay: "1e-4..1.0 log",
};

const started = performance.now();
rmSync(path.join(root, folder), { recursive: true, force: true });
mkdirSync(path.join(root, folder), { recursive: true });

const declared = Object.entries(space).flatMap(([name, range]) => [`--${name}`, `{${name}: ${range}}`]);
const seed = options.seed === undefined ? [] : ["--seed", options.seed];
const run = [
  "run",
  "--minimize",
  "val_loss",
  "--trials",
  options.trials,
  "--workers",
  "2",
  "--storage",
  storage,
  ...seed,
];
const words = [...run, "--", "node", program, ...declared];
console.log(`$ attune ${words.map(quoted).join(" ")}\n`);
call(attune, words, "inherit");

const best = JSON.parse(call(attune, ["best", "--json", "--storage", storage], "pipe"));
const tuned = Object.entries(best.params).flatMap(([name, value]) => [`--${name}`, String(value)]);
const rows = [
  ["", "test log loss", "test accuracy"],
  ["default settings", ...scores([])],
  [`tuned (trial ${best.number})`, ...scores(tuned)],
];
console.log(`\nOn 75 flowers kept apart, mean and range over ${testSeeds.length} trainings:`);
for (const [name, loss, accuracy] of rows) console.log(`  ${name.padEnd(20)} ${loss.padEnd(26)} ${accuracy}`);
console.log(
  `\n${((performance.now() - started) / 1000).toFixed(1)} s. Look further: npx attune show --storage ${storage}`,
);

/** Trains with these arguments once a seed and scores on the test flowers. */
function scores(args) {
  const outputs = testSeeds.map((each) => call(program, ["--test", "--seed", each, ...args], "pipe"));
  return ["test_loss", "test_accuracy"].map((metric) =>
    summary(outputs.map((output) => Number(output.match(new RegExp(`^${metric}=(.*)$`, "m"))[1]))),
  );
}

function summary(numbers) {
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  return `${mean.toFixed(3)} (${Math.min(...numbers).toFixed(3)}..${Math.max(...numbers).toFixed(3)})`;
}

/** Runs a script on this Node in the repository and returns its standard output; ends the demo when it fails. */
function call(script, args, stdout) {
  const ended = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ["ignore", stdout, "inherit"],
    encoding: "utf8",
  });
  if (ended.status !== 0) {
    console.error(`${script} ${args[0]} ended with exit code ${ended.status}.`);
    process.exit(1);
  }
  return ended.stdout;
}

function quoted(word) {
  return /^[\w./=-]+$/.test(word) ? word : `'${word}'`;
}
