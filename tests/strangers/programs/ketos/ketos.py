import click


@click.group()
@click.option("-v", "--verbose", default=0, count=True)
def cli(verbose):
    """Trains and tests text recognition."""


@cli.command("test")
@click.option("-m", "--model", type=click.Path(), help="model to test")
@click.option("-B", "--batch-size", show_default=True, type=click.INT, default=1, help="batch size")
def test(model, batch_size):
    """Tests a model."""


@cli.command("train")
@click.option("-B", "--batch-size", show_default=True, type=click.INT, default=1, help="batch size")
@click.option("--pad", show_default=True, type=click.INT, default=16, help="padding left and right of lines")
@click.option("-o", "--output", show_default=True, type=click.Path(), default="model", help="where the model goes")
@click.option("-F", "--freq", show_default=True, default=1.0, type=click.FLOAT, help="epochs between reports")
@click.option("-q", "--quit", show_default=True, default="early", type=click.Choice(["early", "fixed"]), help="when to stop")
@click.option("-N", "--epochs", show_default=True, default=-1, help="epochs")
@click.option("--min-epochs", show_default=True, default=0, help="fewest epochs")
@click.option("--lag", show_default=True, default=10, help="evaluations without gain before the end")
@click.option("-d", "--device", show_default=True, default="cpu", help="device (cpu, cuda:0, ...)")
@click.option("--precision", show_default=True, default="32", type=click.Choice(["64", "32", "bf16", "16"]), help="precision of numbers")
@click.option("--optimizer", show_default=True, default="Adam", type=click.Choice(["Adam", "SGD", "RMSprop"]), help="optimizer")
@click.option("-r", "--lrate", show_default=True, default=1e-3, help="learning rate")
@click.option("-m", "--momentum", show_default=True, default=0.9, help="momentum")
@click.option("-w", "--weight-decay", show_default=True, type=float, default=0.0, help="weight decay")
@click.option("--warmup", show_default=True, type=int, default=0, help="steps up to the learning rate")
@click.option("--freeze-backbone", show_default=True, type=int, default=0, help="samples with a frozen backbone")
@click.option("--schedule", show_default=True, type=click.Choice(["constant", "1cycle", "exponential", "cosine", "step", "reduceonplateau"]), default="constant", help="schedule of the learning rate")
@click.option("-g", "--gamma", show_default=True, default=0.1, help="decay of schedules")
@click.option("-ss", "--step-size", show_default=True, default=10, help="evaluations between decays")
@click.option("-p", "--partition", show_default=True, default=0.9, help="share of training data")
@click.option("-u", "--normalization", show_default=True, type=click.Choice(["NFD", "NFKD", "NFC", "NFKC"]), default=None, help="normal form of the text")
@click.option("-n", "--normalize-whitespace/--no-normalize-whitespace", show_default=True, default=True, help="normalise blanks")
@click.option("--workers", show_default=True, default=1, type=click.IntRange(1), help="loaders")
@click.option("--augment/--no-augment", show_default=True, default=False, help="augment images")
@click.argument("ground_truth", nargs=-1, type=click.Path())
def train(ground_truth, **options):
    """Trains a model from pairs of images and text."""
    for stage, accuracy in enumerate((0.41231, 0.70121, 0.84402)):
        click.echo(f"\rstage {stage}/∞ ━━━━━━━━━━━━━━━━━━━━ 20/20 0:00:00 • 0:00:0{stage + 1} 9.11it/s val_accuracy: {accuracy:.3f} val_word_accuracy: {accuracy - 0.2:.3f} early_stopping: 0/10 {accuracy:.5f}")
    click.echo("Moving best model model_2.mlmodel (0.8440200090408325) to model_best.mlmodel")


if __name__ == "__main__":
    cli()
