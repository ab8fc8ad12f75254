// request: POST /members {"name":"TOKEN1","phone":"TOKEN2","guardianId":"g1"}
// request: POST /members/wrapped {"name":"TOKEN1","phone":"TOKEN2","guardianId":"g1"}
// request: POST /members/soon {"name":"TOKEN1","phone":"TOKEN2","guardianId":"g1"}
// request: POST /members/both {"name":"TOKEN1","phone":"TOKEN2","guardianId":"g1"}
// request: POST /camps/summer {"name":"TOKEN1","phone":"TOKEN2","guardianId":"g1"}
// request: POST /camps/winter {"name":"TOKEN1","phone":"TOKEN2","guardianId":"g1"}
// request: POST /shop/orders {"name":"TOKEN1","phone":"TOKEN2","guardianId":"g1"}
import express, { type ErrorRequestHandler } from "express";
import { consentOf, rejectionsToNext, signed, signedSoon } from "./consent.js";
import { pool, type Member } from "./database.js";

export const app = express();
app.use(express.json());

app.post("/members", signed, async (req, res) => {
  const { name, phone }: Member = req.body;
  await pool.query("INSERT INTO members (name, phone) VALUES ($1, $2)", [name, phone]);
  res.status(201).end();
});

app.post(
  "/members/wrapped",
  rejectionsToNext(async (req, res) => {
    await consentOf(req.body.guardianId);
    const { name, phone }: Member = req.body;
    await pool.query("INSERT INTO members (name, phone) VALUES ($1, $2)", [name, phone]);
    res.status(201).end();
  }),
);

app.post("/members/soon", signedSoon, async (req, res) => {
  const { name, phone }: Member = req.body;
  await pool.query("INSERT INTO members (name, phone) VALUES ($1, $2)", [name, phone]); // expect: require-guardian-consent Member.name, Member.phone
  res.status(201).end();
});

app.post(
  "/members/both",
  rejectionsToNext(async (req, res) => {
    const { name, phone }: Member = req.body;
    await Promise.all([
      consentOf(req.body.guardianId),
      pool.query("INSERT INTO members (name, phone) VALUES ($1, $2)", [name, phone]), // expect: require-guardian-consent Member.name, Member.phone
    ]);
    res.status(201).end();
  }),
);

const camps = express.Router();
camps.post("/winter", async (req, res) => {
  const camper: Member = req.body;
  await pool.query("INSERT INTO campers (name, phone) VALUES ($1, $2)", [camper.name, camper.phone]); // expect: require-guardian-consent Member.name, Member.phone
  res.end();
});
// Too late for the routes above it.
camps.use(signed);
camps.post("/summer", async (req, res) => {
  const camper: Member = req.body;
  await pool.query("INSERT INTO campers (name, phone) VALUES ($1, $2)", [camper.name, camper.phone]);
  res.end();
});
app.use("/camps", camps);

// Carries on after an error. In Express 4 the rejection of `signed` never comes here, so the order is not reached.
const carryOn: ErrorRequestHandler = (_error, _req, _res, next) => next();
app.post("/shop/orders", signed);
app.use(carryOn);
app.post("/shop/orders", async (req, res) => {
  const buyer: Member = req.body;
  await pool.query("INSERT INTO orders (name, phone) VALUES ($1, $2)", [buyer.name, buyer.phone]);
  res.end();
});
