import { join } from "node:path";
import { expect, it } from "vitest";
import { epochsRun } from "../../bench/paused/epochs-run.ts";
import { openStudy } from "../../src/index.ts";
import { attune, folder, start } from "./attune.ts";

/** Tells nine epochs; with `keeps` it goes on from its checkpoint, to the step it is given, else it knows of nothing. */
const PROGRAM = `
step=0 until=9
if [ "$2" = keeps ]; then
  step=$(cat "$ATTUNE_RESUME_FROM/step" 2>/dev/null || echo 0)
  until=\${ATTUNE_UNTIL:-9}
fi
while [ "$step" -lt "$until" ]; do step=$((step + 1)); echo "epoch $step/9 loss=$1.$((9 - step))"; sleep 0.05; done
[ "$2" != keeps ] || echo "$step" > "$ATTUNE_CHECKPOINT_DIR/step"
`;

async function winnerAndEpochs(cwd: string) {
  const study = await openStudy({ name: "s", storage: join(cwd, "attune.db") });
  const { winner } = study.summary();
  const { params, values } = study.trial(winner!.number);
  const epochs = epochsRun(join(cwd, "attune.db.files", study.id), study.trials());
  await study.close();
  return { winner: { params, values }, epochs };
}

it.each(["keeps", "frozen"])(
  "the winner is the same though the tuner was killed, and no epoch is run twice without a reason in the record: %s",
  async (way) => {
    const study = {
      minimize: "loss",
      sampler: "grid",
      scheduler: { name: "asha", largest: 9, smallest: 1 },
      space: { level: { choice: [5, 3, 8, 1, 9, 2, 7, 4, 6] } },
      command: ["sh", "program.sh", "${level}", way],
    };
    const files = { "program.sh": PROGRAM, "s.json": JSON.stringify(study) };
    const run = ["run", "s.json", "--trials", "9", "--grace", "2"];
    const alone = folder(files);
    expect((await attune(alone, run)).code).toBe(0);
    const undisturbed = await winnerAndEpochs(alone);
    expect(undisturbed.epochs.again).toBe(0);

    const killed = folder(files);
    for (const place of ["trial   2  paused", "trial   5  paused"]) {
      const tuner = start(killed, run);
      await tuner.wrote(place);
      tuner.child.kill("SIGKILL");
      await tuner.ended;
    }
    expect((await attune(killed, run)).code).toBe(0);
    const disturbed = await winnerAndEpochs(killed);
    expect(disturbed.winner).toEqual(undisturbed.winner);
    expect(disturbed.epochs.explained).toBe(disturbed.epochs.again);
  },
  120_000,
);
