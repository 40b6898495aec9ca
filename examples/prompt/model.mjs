/**
 * A stand-in for a language model on this machine: it answers sums, better or worse by how it is asked, and always the same
 * for the same question, prompt, temperature and seed. `complete` has the place of a call to a real model.
 */
import { createHash } from "node:crypto";

/** Answers the last line of the prompt. Sums of more and larger numbers are harder, examples and working step by step help. */
export async function complete({ system, prompt, temperature, seed }) {
  const lines = prompt.trim().split("\n");
  const numbers = lines.at(-1).match(/\d+/g).map(Number);
  const right = numbers.reduce((sum, number) => sum + number, 0);
  const difficulty = 0.12 * numbers.length + 0.08 * Math.log10(right + 1);
  const examples = lines.filter((line) => line.startsWith("A:")).length;
  const help = 0.06 * Math.min(examples, 4) - 0.05 * Math.max(0, examples - 4) + skillOf(system);
  const slips = Math.max(0, difficulty - help) + 0.35 * temperature ** 2 + 0.1 * Math.max(0, 0.2 - temperature);
  const chance = fraction(`${seed} ${system} ${prompt} ${temperature}`);
  return chance < slips ? `A: ${right + 1 + Math.floor(chance * 100)}` : `A: ${right}`;
}

function skillOf(system) {
  const wording = [
    [/step by step/i, 0.35],
    [/check/i, 0.15],
    [/only the number/i, 0.05],
    [/pirate/i, -0.2],
  ];
  return wording.reduce((sum, [words, gain]) => sum + (words.test(system) ? gain : 0), 0);
}

/** A number in [0, 1) that follows from the text. */
function fraction(text) {
  return createHash("sha256").update(text).digest().readUInt32BE(0) / 2 ** 32;
}
