import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultStudyName } from "./study-name.ts";

describe("defaultStudyName", () => {
  it.each([
    // The program itself, whatever files it is given.
    ["svm-train bc.svm", "svm-train"],
    ["svm-train-3.2 -c 1 bc.svm model.out", "svm-train-3.2"],
    ["./bin/solver.sh --x 3", "solver"],
    ["./build/train data.bin", "train"],
    ["echo loss=1", "echo"],
    ["C:\\tools\\Train.exe data.csv", "Train"],
    // Interpreters: the script.
    ["python train.py --lr 1 data.csv", "train"],
    ["python3.12 -u -W ignore src/train.py", "train"],
    ["/opt/venv/bin/python train.py", "train"],
    ["py -3 train.py", "train"],
    ["python -m pkg.train data.csv", "train"],
    ["python -m pkg", "pkg"],
    ["python -m pkg.__main__", "pkg"],
    ["python -c print(1)", "python"],
    ["Rscript --vanilla fit.R data.csv", "fit"],
    ["Rscript -e 1+1", "Rscript"],
    ["R --no-save -f fit.R", "fit"],
    ["R --no-save --file=fit.R", "fit"],
    ["julia --project -t 4 code/fit.jl ./data.csv", "fit"],
    ["node --import tsx train.mjs", "train"],
    ["bun run train.ts", "train"],
    ["bun train.ts", "train"],
    ["deno run --allow-read train.ts", "train"],
    ["ruby -I lib tune.rb", "tune"],
    ["perl -w anneal.pl in.txt", "anneal"],
    ["php -d memory_limit=1G tune.php", "tune"],
    ["octave-cli --quiet fit.m", "fit"],
    ["awk -f sim.awk data.txt", "sim"],
    ["bash -eu script.sh", "script"],
    ["java -Xmx2g -jar target/x.jar data.arff", "x"],
    ["java -cp weka.jar weka.classifiers.trees.J48 -t d.arff", "J48"],
    ["dotnet bin/Trainer.dll", "Trainer"],
    ["dotnet run --project src/Trainer.csproj -- --lr 1", "Trainer"],
    ["cargo run --release --bin tsp -- --alpha 1", "tsp"],
    ["cargo run --release", "cargo"],
    ["go run ./cmd/solve", "solve"],
    ["wine solver.exe", "solver"],
    ["cmd /c solver.exe", "solver"],
    // What runs another program.
    ["env -u A OMP_NUM_THREADS=1 python train.py", "train"],
    ["OMP_NUM_THREADS=1 python train.py", "train"],
    ["nice -n 10 ./solve in.txt", "solve"],
    ["time -p svm-train d.svm", "svm-train"],
    ["timeout -k 5 60 python train.py", "train"],
    ["taskset -c 0-3 ./solve", "solve"],
    ["nohup nice time python train.py", "train"],
    ["mpirun -np 4 ./lmp -in x.lmp", "lmp"],
    ["srun --gres=gpu:1 -n 1 python train.py", "train"],
    ["uv run train.py", "train"],
    ["uv run --with rich python -m pkg.train", "train"],
    ["uv run -m pkg.train", "train"],
    ["uvx black x.py", "black"],
    ["poetry run train --lr 1", "train"],
    ["conda run -n torch --no-capture-output python train.py", "train"],
    ["npx tsx train.ts", "train"],
    ["npm run train -- --lr 1", "train"],
    ["torchrun --standalone --nproc-per-node 2 train.py data", "train"],
    ["torchrun --unheard-of 2 train.py", "train"],
    ["python -m torch.distributed.run --nproc_per_node=2 train.py", "train"],
    ["accelerate launch --num_processes 2 train.py", "train"],
    ["accelerate launch -m pkg.finetune", "finetune"],
    ["deepspeed --num_gpus 2 train.py", "train"],
    ["spark-submit --master local[2] job.py", "job"],
    ["coverage run train.py", "train"],
    // Containers: the program that is started in them, else the image.
    ["docker run --rm -v /a:/b registry:5000/team/trainer:1.2 --lr 1", "trainer"],
    ["docker run --rm trainer data.csv", "trainer"],
    ["docker run --gpus all pytorch/pytorch python train.py", "train"],
    ["podman run img ./solve", "solve"],
    ["apptainer exec --nv image.sif python train.py", "train"],
    ["apptainer run image.sif", "image"],
    // Launchers that are told to do something else are programs like others.
    ["docker build .", "docker"],
    ["uv sync", "uv"],
    ["conda", "conda"],
    ["timeout 60", "timeout"],
    ["env", "env"],
  ])("names %s %s", (command, name) => {
    expect(defaultStudyName({ argv: command.split(" ") })).toBe(name);
  });

  it.each([
    ["cd work && OMP_NUM_THREADS=2 python train.py --lr 1 | tee log", "train"],
    ["'./my solver' in.txt; cat out", "my solver"],
    ["python train.py > log", "train"],
    // A program of one line is named by what runs it; quotes, places and words of the shell are no names.
    ["awk -v x={x: 0.0..1.0} 'BEGIN{print x; exit}'", "awk"],
    ["awk -F, -f prog.awk data.csv", "prog"],
    ["sed 's/a;b/c|d/' f", "sed"],
    ["if true; then ./go --n {n: 1..3}; fi", "go"],
    ["for k in 1 2; do sleep 1; ./step.sh $k; done", "step"],
    ["{ time ./fit {lr: 1e-5..1e-1 log}; }", "fit"],
    ["", "study"],
  ])("looks into a shell text: %s is %s", (text, name) => {
    expect(defaultStudyName({ shell: text })).toBe(name);
    if (text !== "") expect(defaultStudyName({ argv: ["bash", "-ec", text] })).toBe(name);
  });

  it("is some name for any words, and never that of a data file", () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), (before, shell) => {
        expect(defaultStudyName({ argv: before })).not.toBe("");
        expect(defaultStudyName({ shell })).not.toBe("");
        expect(defaultStudyName({ argv: ["solver", ...before, "data.csv"] })).toBe("solver");
      }),
    );
  });
});
