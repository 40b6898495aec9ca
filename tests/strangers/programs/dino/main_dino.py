import argparse
import sys


def bool_flag(text):
    if text.lower() in {"off", "false", "0"}:
        return False
    if text.lower() in {"on", "true", "1"}:
        return True
    raise argparse.ArgumentTypeError("no truth value")


def get_args_parser():
    parser = argparse.ArgumentParser("DINO", add_help=False)
    parser.add_argument("--arch", default="vit_small", type=str, choices=["vit_tiny", "vit_small", "vit_base", "deit_tiny", "deit_small", "resnet50"], help="architecture")
    parser.add_argument("--patch_size", default=16, type=int, help="pixels of a patch - default 16 (for 16x16 patches); below 16 switch half precision off")
    parser.add_argument("--out_dim", default=65536, type=int, help="size of the head's output")
    parser.add_argument("--norm_last_layer", default=True, type=bool_flag, help="normalise the head's last layer")
    parser.add_argument("--momentum_teacher", default=0.996, type=float, help="average's weight; for example 0.9995 with batches of 256")
    parser.add_argument("--use_bn_in_head", default=False, type=bool_flag, help="batch norm in the head (Default: False)")
    parser.add_argument("--warmup_teacher_temp", default=0.04, type=float, help="first temperature of the teacher: 0.04 mostly works")
    parser.add_argument("--teacher_temp", default=0.04, type=float, help="last temperature; above 0.07 is unstable")
    parser.add_argument("--warmup_teacher_temp_epochs", default=0, type=int, help="epochs of warm-up (Default: 30).")
    parser.add_argument("--use_fp16", type=bool_flag, default=True, help="half precision")
    parser.add_argument("--weight_decay", type=float, default=0.04, help="weight decay at first")
    parser.add_argument("--weight_decay_end", type=float, default=0.4, help="weight decay at last")
    parser.add_argument("--clip_grad", type=float, default=3.0, help="largest norm of gradients, 0 for none")
    parser.add_argument("--batch_size_per_gpu", default=64, type=int, help="images a GPU")
    parser.add_argument("--epochs", default=100, type=int, help="epochs")
    parser.add_argument("--freeze_last_layer", default=1, type=int, help="epochs with a fixed last layer")
    parser.add_argument("--lr", default=0.0005, type=float, help="learning rate behind the warm-up, for batches of 256")
    parser.add_argument("--warmup_epochs", default=10, type=int, help="epochs of warm-up")
    parser.add_argument("--min_lr", type=float, default=1e-6, help="learning rate at last")
    parser.add_argument("--optimizer", default="adamw", type=str, choices=["adamw", "sgd", "lars"], help="optimizer")
    parser.add_argument("--drop_path_rate", type=float, default=0.1, help="stochastic depth")
    parser.add_argument("--global_crops_scale", type=float, nargs="+", default=(0.4, 1.0), help="scales of large crops")
    parser.add_argument("--local_crops_number", type=int, default=8, help="small crops; 0 for none")
    parser.add_argument("--local_crops_scale", type=float, nargs="+", default=(0.05, 0.4), help="scales of small crops")
    parser.add_argument("--data_path", default="/path/to/train/", type=str, help="images")
    parser.add_argument("--output_dir", default=".", type=str, help="where logs go")
    parser.add_argument("--saveckp_freq", default=20, type=int, help="epochs between checkpoints")
    parser.add_argument("--seed", default=0, type=int, help="seed")
    parser.add_argument("--num_workers", default=10, type=int, help="loaders a GPU")
    parser.add_argument("--dist_url", default="env://", type=str, help="address of the group")
    parser.add_argument("--local_rank", default=0, type=int, help="ignore")
    return parser


if __name__ == "__main__":
    parser = argparse.ArgumentParser("DINO", parents=[get_args_parser()])
    args = parser.parse_args()
    print("\n".join("%s: %s" % (key, value) for key, value in sorted(vars(args).items())))
    for epoch, loss in enumerate((10.841204, 9.902117, 9.330548)):
        for it in (0, 10):
            value = loss + 0.2 - it / 100
            print(f"Epoch: [{epoch}/3]  [{it:2d}/20]  eta: 0:00:0{9 - it // 2}  loss: {value:.6f} ({value + 0.05:.6f})  lr: 0.000{it + 11} (0.000010)  wd: 0.040210 (0.040111)  time: 0.512301  data: 0.101210  max mem: 8121")
        print(f"Epoch: [{epoch}/3] Total time: 0:00:10 (0.522101 s / it)")
        print(f"Averaged stats: loss: {loss:.6f} ({loss:.6f})  lr: 0.000210 (0.000105)  wd: 0.040401 (0.040207)")
    print("Training time 0:00:31")
    sys.exit(0)
