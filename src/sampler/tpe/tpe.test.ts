import { samplerContract } from "../sampler.contract.ts";
import { createTpe } from "./tpe.ts";

samplerContract("tpe", { make: (space) => createTpe({}, space) });
