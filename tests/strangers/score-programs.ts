import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type JudgedProgram, judgeProgram } from "./judge-program.ts";
import { programCases } from "./program-cases.ts";

// node tests/strangers/score-programs.ts FOLDER [NAME…]: what `init` and `try` make of strangers' programs. Packages of PyPI are
// installed into a virtual environment in that folder; those of Debian must be there, and are named when they are not.
const [environment, ...names] = process.argv.slice(2);
if (environment === undefined)
  throw new Error("Give the folder of a virtual environment, which is made when there is none.");
const isVerbose = process.env.VERBOSE === "1";
const all = programCases();
const cases = names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
if (!existsSync(environment)) {
  execFileSync("python3", ["-m", "venv", environment]);
  const packages = all.flatMap(({ pip }) => pip);
  execFileSync(join(environment, "bin/pip"), ["install", "-q", "--prefer-binary", ...packages], { stdio: "inherit" });
}

const isThere = (program: string): boolean => {
  try {
    execFileSync("sh", ["-c", `command -v ${program}`], {
      env: { ...process.env, PATH: `${join(environment, "bin")}:${process.env.PATH}` },
      stdio: "ignore",
    });
    return true;
  } catch {
    return false;
  }
};

const judged: JudgedProgram[] = [];
for (const one of cases) {
  if (!isThere(one.command[0]!)) {
    console.log(`${one.name}: left out, needs ${one.debian.join(", ")}`);
    continue;
  }
  const result = await judgeProgram(one, environment);
  judged.push(result);
  const right = result.options.filter(({ verdict }) => verdict === "right").length;
  const objective = result.isObjectiveFirst
    ? "objective found"
    : `objective not first: ${result.proposed.slice(0, 3).join(" | ")}`;
  console.log(`${one.name}: ${right} of ${result.options.length} options, ${objective}`);
  for (const { flag, verdict } of result.options) if (verdict !== "right") console.log(`    ${verdict}: ${flag}`);
  if (result.left.length > 0) console.log(`    init left files: ${result.left.join(" ")}`);
  if (isVerbose) console.log(result.draft, result.tried);
}
const options = judged.flatMap((one) => one.options);
const right = options.filter(({ verdict }) => verdict === "right").length;
const share = ((100 * right) / options.length).toFixed(1);
console.log(`init: ${right} of ${options.length} options right (${share} %)`);
console.log(
  `try: objective among the first three of ${judged.filter((one) => one.isObjectiveFirst).length} of ${judged.length}`,
);
