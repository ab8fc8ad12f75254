// request: POST /boards/1/drawings {"title":"TOKEN1","artist":"TOKEN2","guardianId":"g1"}
// request: POST /boards/1/drafts {"title":"TOKEN1","artist":"TOKEN2","guardianId":"g1"}
// request: POST /boards/1/prints {"title":"TOKEN1","artist":"TOKEN2","guardianId":"g1"}
// request: POST /contests/1/entries {"title":"TOKEN1","artist":"TOKEN2","guardianId":"g1"}
// request: PUT /contests/1/entries {"title":"TOKEN1","artist":"TOKEN2","guardianId":"g1"}
// request: POST /feedback {"title":"TOKEN1","artist":"TOKEN2","guardianId":"g1"}
import express from "express";
import { Pool } from "pg";
import { ConsentRegister } from "./domain/consent-register.js";
import { DrawingStore } from "./domain/drawing-store.js";
import { boards } from "./http/boards.js";
import { contests } from "./http/contests.js";
import { consentGate } from "./http/consent-gate.js";

const pool = new Pool();
const drawings = new DrawingStore(pool);
const gate = consentGate(new ConsentRegister(pool));

const app = express();
app.use(express.json());
app.use("/boards/:board", boards(drawings, gate));
app.use("/contests", contests(drawings, gate));
app.post("/feedback", (req, res, next) => {
  drawings.remark(req.body).then(() => res.sendStatus(204), next);
});
app.listen(process.env.PORT ?? 3000, () => console.log("drawing"));
