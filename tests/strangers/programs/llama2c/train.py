"""
Trains a small model: python train.py --batch_size=8
"""
# where things go
out_dir = "out"
eval_interval = 2000
log_interval = 1
eval_iters = 100
eval_only = False  # ends behind the first evaluation
init_from = "scratch"  # 'scratch' or 'resume'
wandb_log = False
# data
batch_size = 128  # of one micro-batch
max_seq_len = 256
vocab_source = "llama2"  # llama2|custom
vocab_size = 32000
# model
dim = 288
n_layers = 6
n_heads = 6
n_kv_heads = 6
multiple_of = 32
dropout = 0.0
# optimizer
gradient_accumulation_steps = 4
learning_rate = 5e-4
max_iters = 100000
weight_decay = 1e-1
beta1 = 0.9
beta2 = 0.95
grad_clip = 1.0  # 0.0 for none
decay_lr = True
warmup_iters = 1000
# system
device = "cpu"
dtype = "float32"  # float32|bfloat16|float16
compile = False

config_keys = [k for k, v in globals().items() if not k.startswith("_") and isinstance(v, (int, float, bool, str))]
exec(open("configurator.py").read())  # what the command line or a file says
config = {k: globals()[k] for k in config_keys}

print(f"tokens per iteration will be: {gradient_accumulation_steps * batch_size * max_seq_len:,}")
print("num decayed parameter tensors: 43, with 15,187,968 parameters")
for step in range(3):
    print(f"step {step * 2000}: train loss {9.1 / (step + 1):.4f}, val loss {9.2 / (step + 1):.4f}")
    print(f"{step * 2000} | loss {9.15 / (step + 1):.4f} | lr {learning_rate:e} | 412.{step}1ms | mfu 1{step}.21%")
