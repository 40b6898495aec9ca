import { storageContract } from "../storage.contract.ts";
import { MemoryStorage, MemoryStore } from "./memory-storage.ts";

storageContract("memory", async () => {
  const store = new MemoryStore();
  const another = async () => new MemoryStorage(store);
  return { storage: await another(), another, dispose: async () => undefined };
});
