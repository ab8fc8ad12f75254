import { Redis } from "ioredis";
import { config } from "../config/index.js";

export const redis = new Redis(config.REDIS_URL, { lazyConnect: true, maxRetriesPerRequest: 3 });

export const minutes = (count: number): number => count * 60;
export const days = (count: number): number => count * 86_400;
