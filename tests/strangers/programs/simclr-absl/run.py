from absl import app, flags

FLAGS = flags.FLAGS
flags.DEFINE_float("learning_rate", 0.3, "Learning rate for batches of 256.")
flags.DEFINE_enum("learning_rate_scaling", "linear", ["linear", "sqrt"], "How the learning rate grows with the batch.")
flags.DEFINE_float("warmup_epochs", 10, "Epochs of warm-up.")
flags.DEFINE_float("weight_decay", 1e-6, "Weight decay.")
flags.DEFINE_float("batch_norm_decay", 0.9, "Decay of batch norm.", lower_bound=0.0, upper_bound=1.0)
flags.DEFINE_integer("train_batch_size", 512, "Batch size of training.")
flags.DEFINE_integer("train_epochs", 100, "Epochs.")
flags.DEFINE_integer("eval_batch_size", 256, "Batch size of evaluation.")
flags.DEFINE_string("model_dir", None, "Where the model goes.")
flags.DEFINE_string("data_dir", None, "Data.")
flags.DEFINE_bool("use_tpu", False, "Use a TPU.")
flags.DEFINE_enum("optimizer", "lars", ["momentum", "adam", "lars"], "Optimizer.")
flags.DEFINE_float("momentum", 0.9, "Momentum.")
flags.DEFINE_float("temperature", 0.1, "Temperature of the loss.")
flags.DEFINE_boolean("hidden_norm", True, "Normalise hidden vectors.")
flags.DEFINE_enum("proj_head_mode", "nonlinear", ["none", "linear", "nonlinear"], "Kind of head.")
flags.DEFINE_integer("proj_out_dim", 128, "Size of the head.")
flags.DEFINE_integer("num_proj_layers", 3, "Layers of the head.")
flags.DEFINE_float("color_jitter_strength", 1.0, "Strength of colour changes.")
flags.DEFINE_boolean("use_blur", True, "Blur images.")
flags.DEFINE_integer("image_size", 224, "Pixels of an image.")


def main(argv):
    for step in (100, 200, 300):
        print(f"I0611 10:0{step // 100}:00.11{step} 4021 run.py:411] Completed: {step} / 300 steps")
        print(f"I0611 10:0{step // 100}:00.12{step} 4021 metrics.py:44] Step: [{step}] train/contrast_loss = {6.1 - step / 100:f}")
        print(f"I0611 10:0{step // 100}:00.12{step} 4021 metrics.py:44] Step: [{step}] train/contrast_acc = {0.1 + step / 600:f}")
    print("I0611 10:05:00.124300 4021 metrics.py:44] Step: [300] eval/label_top_1_accuracy = 0.712500")
    print("I0611 10:05:00.124301 4021 metrics.py:44] Step: [300] eval/label_top_5_accuracy = 0.951250")


if __name__ == "__main__":
    app.run(main)
