// request: POST diary.write {"text":"TOKEN1","guardianId":"g1"}
// request: POST diary.append {"text":"TOKEN1","guardianId":"g1"}
// request: POST moods.add {"text":"TOKEN1","guardianId":"g1"}
// request: POST moods.sync {"text":"TOKEN1","guardianId":"g1"}
// request: POST moods.correct {"text":"TOKEN1","guardianId":"g1"}
import { diary } from "./diary.js";
import { moods } from "./moods.js";
import { router } from "./procedures.js";

export const appRouter = router({ diary, moods });
