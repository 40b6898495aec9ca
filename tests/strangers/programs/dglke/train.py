import argparse


class CommonArgParser(argparse.ArgumentParser):
    def __init__(self):
        super().__init__()
        self.add_argument("--model_name", default="TransE", choices=["TransE", "TransE_l1", "TransE_l2", "TransR", "RESCAL", "DistMult", "ComplEx", "RotatE", "SimplE"], help="kind of model")
        self.add_argument("--data_path", type=str, default="data", help="folder of graphs")
        self.add_argument("--dataset", type=str, default="FB15k", help="name of the graph")
        self.add_argument("--format", type=str, default="built_in", help="form of the data set")
        self.add_argument("--data_files", type=str, default=None, nargs="+", help="files of an own data set")
        self.add_argument("--delimiter", type=str, default="\t", help="between fields")
        self.add_argument("--save_path", type=str, default="ckpts", help="where models go")
        self.add_argument("--no_save_emb", action="store_true", help="do not save embeddings")
        self.add_argument("--max_step", type=int, default=80000, help="steps to train")
        self.add_argument("--batch_size", type=int, default=1024, help="batch size")
        self.add_argument("--batch_size_eval", type=int, default=8, help="batch size of validation and test")
        self.add_argument("--neg_sample_size", type=int, default=256, help="negative samples for each positive one")
        self.add_argument("--neg_deg_sample", action="store_true", help="negative samples by degree")
        self.add_argument("--neg_sample_size_eval", type=int, default=-1, help="negative samples of the evaluation")
        self.add_argument("--eval_percent", type=float, default=1, help="share of edges evaluated")
        self.add_argument("-log", "--log_interval", type=int, default=1000, help="steps between reports")
        self.add_argument("--eval_interval", type=int, default=10000, help="steps between evaluations")
        self.add_argument("--test", action="store_true", help="test behind the training")
        self.add_argument("--num_proc", type=int, default=1, help="processes")
        self.add_argument("--num_thread", type=int, default=1, help="threads a process")
        self.add_argument("--hidden_dim", type=int, default=400, help="size of embeddings")
        self.add_argument("--lr", type=float, default=0.01, help="learning rate")
        self.add_argument("-g", "--gamma", type=float, default=12.0, help="margin of the score")
        self.add_argument("-de", "--double_ent", action="store_true", help="entities of twice the size")
        self.add_argument("-dr", "--double_rel", action="store_true", help="relations of twice the size")
        self.add_argument("-adv", "--neg_adversarial_sampling", action="store_true", help="weight hard negative samples more")
        self.add_argument("-a", "--adversarial_temperature", default=1.0, type=float, help="temperature of that")
        self.add_argument("-rc", "--regularization_coef", type=float, default=0.000002, help="weight of regularization")
        self.add_argument("-rn", "--regularization_norm", type=int, default=3, help="norm of regularization")
        self.add_argument("-pw", "--pairwise", action="store_true", help="pairwise loss")
        self.add_argument("--loss_genre", default="Logsigmoid", choices=["Hinge", "Logistic", "Logsigmoid", "BCE"], help="loss")
        self.add_argument("-m", "--margin", type=float, default=1.0, help="margin of the hinge loss")


class ArgParser(CommonArgParser):
    def __init__(self):
        super().__init__()
        self.add_argument("--gpu", type=int, default=[-1], nargs="+", help="numbers of GPUs")
        self.add_argument("--valid", action="store_true", help="validate in training")


def main():
    ArgParser().parse_args()
    for step in (1000, 2000, 3000):
        print(f"[proc 0][Train]({step}/3000) average pos_loss: {0.71 - step / 9000}")
        print(f"[proc 0][Train]({step}/3000) average neg_loss: {0.88 - step / 8000}")
        print(f"[proc 0][Train]({step}/3000) average loss: {0.80 - step / 8500}")
        print(f"[proc 0][Train]({step}/3000) average regularization: {0.0011 + step / 1e7}")
        print(f"[proc 0][Train] {step} steps take 11.{step // 1000}11 seconds")
    print("training takes 33.91 seconds")
    print("-------------- Test result --------------")
    for name, value in (("MRR", 0.6123), ("MR", 47.21), ("HITS@1", 0.4911), ("HITS@3", 0.7012), ("HITS@10", 0.8102)):
        print(f"Test average {name}: {value}")
    print("-----------------------------------------")


if __name__ == "__main__":
    main()
