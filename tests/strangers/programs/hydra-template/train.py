import hydra
from omegaconf import DictConfig


@hydra.main(version_base=None, config_path="configs", config_name="train")
def main(cfg: DictConfig) -> None:
    for epoch in range(2):
        print(f"Epoch {epoch}: 100%|██████████| 20/20 [00:01<00:00, 18.2it/s, v_num=0, train/loss={0.6 - epoch / 5:.3f}, val/loss=0.{5 - epoch}11, val/acc=0.{81 + epoch * 5}2]")
    print("┏━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━━━━┓")
    print("┃        Test metric        ┃       DataLoader 0        ┃")
    print("┡━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━━━━┩")
    print("│         test/acc          │    0.8640000224113464     │")
    print("│         test/loss         │    0.4410212337970734     │")
    print("└───────────────────────────┴───────────────────────────┘")


if __name__ == "__main__":
    main()
