import { createApp } from "./app.js";
import { config } from "./config/index.js";
import { analyticsService } from "./container.js";
import { startJobs } from "./jobs/index.js";
import { logger, prisma, redis } from "./lib/index.js";

await redis.connect();
const stopJobs = startJobs();
const server = createApp().listen(config.PORT, () => {
  logger.info({ port: config.PORT }, "listening");
});

process.once("SIGTERM", () => {
  stopJobs();
  server.close(() => {
    void Promise.allSettled([analyticsService.close(), redis.quit(), prisma.$disconnect()]);
  });
});
