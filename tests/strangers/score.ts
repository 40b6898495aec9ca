import { outputCases } from "./output-cases.ts";
import { scoreLines, scoreOutputs } from "./score-outputs.ts";

// node tests/strangers/score.ts: how many outputs of strangers' programs are read right.
for (const line of scoreLines(await scoreOutputs(outputCases()))) console.log(line);
