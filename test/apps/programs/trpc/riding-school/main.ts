// request: POST riders.enrol [x-guardian: g1] {"name":"TOKEN1","height":"TOKEN2"}
// request: POST riders.measure [x-guardian: g1] {"name":"TOKEN1","height":"TOKEN2"}
// request: POST riders.rename [x-guardian: g1] {"name":"TOKEN1","height":"TOKEN2"}
// request: POST shows.enter [x-guardian: g1] {"name":"TOKEN1","height":"TOKEN2"}
// request: POST shows.publish [x-guardian: g1] {"name":"TOKEN1","height":"TOKEN2"}
import { riders } from "./riders.js";
import { shows } from "./shows.js";
import { t } from "./trpc.js";

export { createContext } from "./trpc.js";
export const appRouter = t.router({ riders, shows });
