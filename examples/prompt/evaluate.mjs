/**
 * Asks a language model 120 sums with a prompt and a temperature, and prints how many answers were right.
 * Settings are in a JSON file: `node evaluate.mjs --config config.json`.
 */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { complete } from "./model.mjs";

const { values } = parseArgs({ options: { config: { type: "string", default: "config.json" } } });
const { system, temperature, examples } = JSON.parse(readFileSync(values.config, "utf8"));

const solved = ["2 + 3", "10 + 7", "4 + 4 + 1", "20 + 30 + 5", "11 + 22 + 33", "100 + 250", "6 + 6 + 6 + 6", "19 + 81"];
const shown = solved
  .slice(0, examples)
  .map((sum) => `Q: ${sum}\nA: ${sum.split("+").reduce((a, b) => a + Number(b), 0)}\n`);

let right = 0;
let characters = 0;
const questions = 120;
for (let number = 0; number < questions; number++) {
  const numbers = Array.from({ length: 2 + (number % 4) }, (_, place) => ((number + 1) * (place + 3) * 37) % 900);
  const prompt = `${shown.join("")}Q: ${numbers.join(" + ")}`;
  const answer = await complete({ system, prompt, temperature, seed: number });
  if (Number(answer.slice(3)) === numbers.reduce((a, b) => a + b, 0)) right += 1;
  characters += system.length + prompt.length;
}
console.log(`characters sent: ${characters}`);
console.log(`accuracy: ${(right / questions).toFixed(4)}`);
